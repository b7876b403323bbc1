import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { channelBadge, type ChannelLook } from './channel-badge.js';
import { icon, iconBot, iconUser } from './icons.js';
import { plainLabel } from './plain-label.js';

/** One of the eight tints, the same for the same id for ever. */
export function hue(id: string): string {
  let hash = 0;
  for (let at = 0; at < id.length; at++) hash = (Math.imul(hash, 31) + id.charCodeAt(at)) >>> 0;
  // The lowest bits of such a hash hardly differ between short words: the high ones are folded in.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return `hue-${(hash ^ (hash >>> 16)) & 7}`;
}

/** Up to two letters. A name without letters (a phone number) has none. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/u)
    .filter((word) => /^\p{L}/u.test(word));
  const first = words[0];
  if (!first) return '';
  const last = words.length > 1 ? words[words.length - 1] : '';
  const letter = (word: string | undefined) => (word ? ([...word][0] ?? '').toLocaleUpperCase() : '');
  return letter(first) + letter(last);
}

export type AvatarSize = 16 | 20 | 24 | 32 | 48 | 'list';

/** A contact: tinted by id, with the channel at its foot when one is given. `list` follows the density. */
export function contactAvatar(
  contact: { id: string; name?: string | undefined },
  size: AvatarSize,
  channel?: ChannelLook,
): TemplateResult {
  const letters = initials(contact.name ?? '');
  return html`<span class="av ${size === 'list' ? '' : `av--${size}`} ${hue(contact.id)}"
    >${letters ? html`<span aria-hidden="true">${letters}</span>` : icon(iconUser, size === 'list' || size === 48 ? 20 : 16)}${
      channel ? channelBadge(channel) : nothing
    }</span
  >`;
}

/** A colleague: neutral grey, so that team and contacts are never confused. */
export function teamAvatar(name: string, size: AvatarSize): TemplateResult {
  return html`<span class="av av--${size} av--team" title=${plainLabel(name)}
    ><span aria-hidden="true">${initials(plainLabel(name))}</span></span
  >`;
}

/** The bot: an outline. */
export function botAvatar(size: AvatarSize): TemplateResult {
  return html`<span class="av av--${size} av--bot" title=${msg('Bot')}>${icon(iconBot, size === 16 ? 12 : 16)}</span>`;
}
