import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../store/state.js';
import { safeMedia } from '../bits/addresses.js';
import type { Body, BodyHost } from './body-host.js';
import { caption } from './caption.js';
import { fileBody, fileRows } from './file-row.js';
import { picturesOf, type Picture } from './pictures.js';
import { richText } from './rich-text.js';

/** Tiles of a gallery; the last one says how many more there are. */
const TILES = 4;

/** One picture, or a gallery. Its box is reserved, whatever the picture's size; what does not load is a file. */
export function pictureBody(message: Message, host: BodyHost): Body {
  const pictures = picturesOf(message);
  const shown = pictures.filter(({ source }) => !host.isBroken(source));
  const broken = (message.metadata?.attachments ?? []).filter(({ url }) => {
    const source = safeMedia(url, 'image');
    return source !== undefined && host.isBroken(source);
  });
  if (shown.length === 0 && broken.length === 0) return fileBody(message, host, pictures.length > 0);
  const words = caption(message);
  const text = words ? html`<p>${richText(words, host, { markup: host.markup })}</p>` : nothing;
  if (shown.length === 0) return { content: html`${fileRows(broken, host, true)}${text}` };
  if (pictures.length === 1) return { look: 'img', content: html`${shot(shown[0]!, 0, 0, host)}${text}` };
  const more = shown.length - TILES;
  return {
    look: 'img',
    content: html`<div
        class="gallery gallery--${Math.min(shown.length, TILES)}"
        role="group"
        aria-label=${msg(str`${shown.length} photos`)}
      >
        ${shown
          .slice(0, TILES)
          .map((picture, at) => shot(picture, pictures.indexOf(picture), at === TILES - 1 ? more : 0, host))}
      </div>
      ${broken.length > 0 ? html`<p>${fileRows(broken, host, true)}</p>` : nothing}${text}`,
  };
}

function shot(picture: Picture, at: number, more: number, host: BodyHost): TemplateResult {
  const image = html`<img
      src=${picture.source}
      alt=${picture.words || picture.name || msg('Photo')}
      loading="lazy"
      decoding="async"
      referrerpolicy="no-referrer"
      draggable="false"
      @error=${() => host.broke(picture.source)}
    />${more > 0 ? html`<span class="shot__more" aria-label=${msg(str`and ${more} more`)}><bdi dir="ltr">+${more}</bdi></span>` : nothing}`;
  // A link, so that the browser's own ways (new tab, save, copy the address) stay; a plain click opens it large.
  return picture.address
    ? html`<a
        class="shot"
        part="image"
        href=${picture.address}
        target="_blank"
        rel="noopener noreferrer nofollow"
        @click=${(event: MouseEvent) => {
          if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          host.view(at, event.currentTarget as HTMLElement);
        }}
        >${image}</a
      >`
    : html`<button
        type="button"
        class="shot"
        part="image"
        @click=${(event: MouseEvent) => host.view(at, event.currentTarget as HTMLElement)}
      >
        ${image}
      </button>`;
}
