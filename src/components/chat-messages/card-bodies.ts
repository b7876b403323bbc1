/** Places and contact cards. */
import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { ContactCard } from '../../contract/index.js';
import type { Message } from '../../store/state.js';
import { safeUrl } from '../bits/addresses.js';
import { icon, iconUser } from '../bits/icons.js';
import { iconExternal, iconMail, iconPhone, iconPin } from '../bits/more-icons.js';
import { plainLabel } from '../bits/plain-label.js';
import type { Body, BodyHost } from './body-host.js';
import { otherBody } from './other-body.js';
import { richText } from './rich-text.js';

/** Cards that are shown before somebody asks for the rest. */
const CARDS = 3;

function degrees(value: number, locale: string | undefined): string {
  try {
    return value.toLocaleString(locale, { maximumFractionDigits: 5 });
  } catch {
    return String(value);
  }
}

/** A pin, the place's name and address, and the way to a map: nobody is told where the agent looks before a click. */
export function locationBody(message: Message, host: BodyHost): Body {
  const { latitude, longitude, placeName, address } = message.metadata ?? {};
  const known = latitude !== undefined && longitude !== undefined;
  const words = message.content.trim();
  const name = plainLabel(placeName ?? '') || msg('Location');
  const lines = [
    plainLabel(address ?? '').slice(0, 300),
    known ? `${degrees(latitude, host.locale)}, ${degrees(longitude, host.locale)}` : '',
  ].filter(Boolean);
  const map = known
    ? `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`
    : undefined;
  return {
    content: html`<div class="filerow">
        <span class="filerow__i">${icon(iconPin, 20)}</span>
        <div class="grow">
          <b class="cut" title=${name}><bdi>${name}</bdi></b
          >${lines.map((line) => html`<small><bdi>${line}</bdi></small>`)}
        </div>
        ${
          map
            ? html`<a
                class="ib"
                part="map"
                href=${map}
                target="_blank"
                rel="noopener noreferrer nofollow"
                aria-label=${msg(str`Show ${name} on a map`)}
                title=${msg('Show on a map')}
                >${icon(iconExternal)}</a
              >`
            : nothing
        }
      </div>
      ${words && words !== placeName ? html`<div class="under">${richText(words, host)}</div>` : nothing}`,
  };
}

export function contactBody(message: Message, host: BodyHost): Body {
  const cards = message.metadata?.contacts ?? [];
  if (cards.length === 0) return otherBody(message, host);
  const shown = host.isOpen('cards') ? cards : cards.slice(0, CARDS);
  return {
    content: html`<div class="cards">${shown.map(contactCard)}</div>
      ${
        cards.length > CARDS
          ? html`<button
              type="button"
              class="link unfold"
              aria-expanded=${host.isOpen('cards') ? 'true' : 'false'}
              @click=${() => host.toggle('cards')}
            >
              ${host.isOpen('cards') ? msg('Show less') : msg(str`Show ${cards.length - CARDS} more`)}
            </button>`
          : nothing
      }`,
  };
}

function contactCard(card: ContactCard): TemplateResult {
  const name = plainLabel(card.name).trim() || msg('Contact card');
  const organization = plainLabel(card.organization ?? '');
  return html`<div class="filerow filerow--top">
    <span class="filerow__i filerow__i--round">${icon(iconUser, 20)}</span>
    <div class="grow">
      <b class="cut" title=${name}><bdi>${name}</bdi></b>
      ${organization ? html`<small class="cut"><bdi>${organization}</bdi></small>` : nothing}
      ${(card.phones ?? []).map((phone) => reach(`tel:${phone.replace(/[^\d+]/gu, '')}`, phone, iconPhone))}
      ${(card.emails ?? []).map((email) => reach(`mailto:${email}`, email, iconMail))}
    </div>
  </div>`;
}

const REACHED: ReadonlySet<string> = new Set(['tel:', 'mailto:']);
const REACHES = /^(?:tel:\+?\d{3,}|mailto:[^\s@?&]+@[^\s@?&]+)$/u;

/** A number or an address to use; what is neither is words. */
function reach(address: string, given: string, drawing: typeof iconPhone): TemplateResult {
  const words = plainLabel(given);
  const href = REACHES.test(address) ? safeUrl(address, REACHED) : undefined;
  return html`<small class="reach"
    >${icon(drawing, 14)}${
      href ? html`<a class="lnk cut" href=${href}><bdi>${words}</bdi></a>` : html`<bdi class="cut">${words}</bdi>`
    }</small
  >`;
}
