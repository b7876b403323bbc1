/** A message whose file travels, or did not arrive: its name, how many bytes are there, and the way to stop it. */
import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import type { Message } from '../../store/state.js';
import { icon, iconX } from '../bits/icons.js';
import { iconFile, iconImage } from '../bits/more-icons.js';
import { plainLabel } from '../bits/plain-label.js';
import { fileSize } from '../bits/quantities.js';
import type { Body, BodyHost } from './body-host.js';
import { richText } from './rich-text.js';

export function uploadBody(message: Message, host: BodyHost): Body {
  const leaving = host.leaving;
  const name = plainLabel(message.metadata?.fileName ?? msg('File'));
  const size = message.metadata?.fileSize ?? 0;
  const part = leaving?.part ?? 0;
  const total = fileSize(size, host.locale);
  const stuck = message.delivery === 'failed';
  const detail = stuck || part === 0 ? total : msg(str`${fileSize(size * part, host.locale)} of ${total}`);
  const drawing = message.messageType === 'image' ? iconImage : iconFile;
  return {
    content: html`<div class="filerow">
        <span class="filerow__i">${icon(drawing, 20)}</span>
        <div class="grow">
          <b class="cut" title=${name}><bdi>${name}</bdi></b
          ><small><bdi>${detail}</bdi></small>
        </div>
        ${
          stuck || !leaving
            ? nothing
            : html`<button
                type="button"
                class="ib"
                part="upload-cancel"
                aria-label=${msg('Cancel upload')}
                title=${msg('Cancel upload')}
                @click=${() => leaving.cancel()}
              >
                ${icon(iconX)}
              </button>`
        }
      </div>
      ${
        stuck
          ? nothing
          : html`<progress
              class="prog"
              part="upload-progress"
              max="1"
              .value=${part}
              aria-label=${msg(str`Upload of ${name}`)}
            ></progress>`
      }${message.content ? html`<div class="under">${richText(message.content, host, { markup: host.markup })}</div>` : nothing}`,
  };
}
