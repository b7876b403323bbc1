import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { ChatStore } from '../../store/chat-store.js';
import type { Held } from '../../store/state.js';
import { icon, iconAlert } from '../bits/icons.js';
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
        ({ senderName, senderType, content }) =>
          html`<p>
            <bdi>${plainLabel(senderName ?? (senderType === 'bot' ? msg('Bot') : msg('A colleague')))}</bdi>:
            <bdi>${content.slice(0, 300)}</bdi>
          </p>`,
      )}
      <p class="held__own">${msg('You')}: <bdi>${held.content.slice(0, 300)}</bdi></p>
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
