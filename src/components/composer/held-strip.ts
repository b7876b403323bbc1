import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { ChatStore } from '../../store/chat-store.js';
import type { Held } from '../../store/state.js';
import { icon, iconAlert, iconFile } from '../bits/icons.js';
import { plainLabel } from '../bits/plain-label.js';

/** A reply that was not sent because somebody answered meanwhile: their answer, and what its author can do. */
export function heldStrip(
  store: ChatStore,
  conversationId: string,
  held: Held,
  canNote: boolean,
  done: () => void,
): TemplateResult {
  const act = (run: () => void) => () => {
    run();
    done(); // the buttons go away
  };
  return html`<div class="strip strip--warn held" part="held" role="alert">
    ${icon(iconAlert, 16)}
    <div class="grow">
      <b>${msg('Somebody answered while you wrote. Your reply is not sent yet.')}</b>
      ${held.answers.map(
        ({ senderName, senderType, content, metadata }) =>
          html`<p>
            <bdi>${plainLabel(senderName ?? (senderType === 'bot' ? msg('Bot') : msg('A colleague')))}</bdi>:
            ${said(content, metadata?.fileName)}
          </p>`,
      )}
      <p class="held__own">${msg('You')}: ${said(held.content, held.fileName)}</p>
      <div class="held__acts">
        <button type="button" @click=${act(() => store.sendHeld(conversationId, held.key))}>
          ${msg('Send anyway')}
        </button>
        <button type="button" @click=${act(() => store.discardHeld(conversationId, held.key))}>
          ${msg('Discard')}
        </button>
        ${
          canNote
            ? html`<button type="button" @click=${act(() => store.keepHeldAsNote(conversationId, held.key))}>
                ${msg('Keep as note')}
              </button>`
            : nothing
        }
      </div>
    </div>
  </div>`;
}

/** Words, and the name of the file that goes with them or is all there is. */
function said(content: string, fileName: string | undefined): TemplateResult {
  const words = content.trim() === fileName ? '' : content.slice(0, 300);
  const file = fileName ? html`${icon(iconFile, 14)} <bdi>${plainLabel(fileName)}</bdi> ` : nothing;
  return html`${file}${words ? html`<bdi>${words}</bdi>` : nothing}`;
}
