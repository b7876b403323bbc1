import { msg } from '@lit/localize';
import { html, svg, type TemplateResult } from 'lit';
import type { ChannelSheet } from '../../contract/index.js';
import { glyphEmail, glyphFacebook, glyphInstagram, glyphSms, glyphTelegram, glyphWhatsapp } from './channel-glyphs.js';
import { plainLabel } from './plain-label.js';

const GLYPHS: Readonly<Record<string, TemplateResult<2>>> = {
  whatsapp: glyphWhatsapp,
  instagram: glyphInstagram,
  facebook: glyphFacebook,
  telegram: glyphTelegram,
  email: glyphEmail,
  sms: glyphSms,
};

/** What a badge shows of a channel. */
export type ChannelLook = Pick<ChannelSheet, 'id' | 'label' | 'icon' | 'color'>;

// A host's own sheets pass no schema: what is not an outline or a colour is not drawn.
const OUTLINE = /^[MmLlHhVvCcSsQqTtAaZz0-9 ,.\-+eE]{1,4000}$/;
const COLOR = /^#[0-9a-f]{6}$/i;

/**
 * A channel as agents read it. The built-in ones are names of products, the same in every language; a label of the host's
 * or the server's own stands in the middle of sentences, so nothing in it may turn them around.
 */
export const channelName = ({ id, label }: Pick<ChannelSheet, 'id' | 'label'>): string =>
  id === 'email' && label === 'Email' ? msg('Email') : plainLabel(label);

/** The channel's disc; always with the channel's name for assistive technology. */
export function channelBadge({ id, label, icon, color }: ChannelLook): TemplateResult {
  const outline = icon && OUTLINE.test(icon) ? svg`<path fill="currentColor" d=${icon} />` : undefined;
  const drawing = outline ?? (Object.hasOwn(GLYPHS, id) ? GLYPHS[id] : undefined);
  const name = channelName({ id, label });
  const kind = `ch ch--${Object.hasOwn(GLYPHS, id) ? id : 'other'}`;
  const sign = drawing
    ? html`<svg viewBox="0 0 24 24" aria-hidden="true">${drawing}</svg>`
    : html`<span class="ch__letter" aria-hidden="true">${[...name.trim()][0]?.toLocaleUpperCase() ?? ''}</span>`;
  if (!color || !COLOR.test(color)) return html`<span class=${kind} role="img" aria-label=${name}>${sign}</span>`;
  // As a property: strict hosts forbid the attribute.
  const tint = `background:${color};color:${inkOn(color)}`;
  return html`<span class=${kind} role="img" aria-label=${name} .style=${tint}>${sign}</span>`;
}

/** Black or white, whichever can be told from the colour better: never less than 4.5 to 1. */
function inkOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  // 0.179 is as far from black as from white.
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000' : '#fff';
}
