import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatStore } from '../../store/chat-store.js';
import type { Change } from '../../store/state.js';
import { icon, iconAlert } from '../bits/icons.js';
import { refusalWords } from '../bits/refusal-words.js';

/** What each change is called, and the words in it that must not be lost. */
const NAMES: Readonly<Record<string, () => string>> = {
  convert_prospect: () => msg('Convert to client'),
  add_client_note: () => msg('Note'),
  update_client: () => msg('Details'),
};

/** Is this change about this contact. */
function isAbout({ ask }: Change, clientId: string | undefined, prospectId: string): boolean {
  const about = ask as { clientId?: string; prospectId?: string };
  return about.prospectId === prospectId || (clientId !== undefined && about.clientId === clientId);
}

/** The changes of this contact that wait for the connection, and those that the server refused meanwhile. */
export function waitingChanges(
  store: ChatStore,
  changes: readonly Change[],
  clientId: string | undefined,
  prospectId: string,
): TemplateResult | typeof nothing {
  const own = changes.filter((change) => isAbout(change, clientId, prospectId));
  if (own.length === 0) return nothing;
  return html`<div class="fields" part="waiting">
    ${repeat(
      own,
      ({ key }) => key,
      (change) => one(store, change),
    )}
  </div>`;
}

function one(store: ChatStore, { key, event, ask, failure }: Change): TemplateResult {
  const { content } = ask as { content?: string };
  return html`<div class="pnote" data-change=${key}>
    <p dir="auto">${content ?? NAMES[event]?.() ?? event}</p>
    ${
      failure
        ? html`<p class="problem" role="alert">${icon(iconAlert, 16)}<span>${refusalWords(failure)}</span></p>
            <div class="acts">
              <button class="btn" type="button" @click=${() => store.discardChange(key)}>${msg('Discard')}</button>
              <button class="btn btn--tonal" type="button" @click=${() => store.retryChange(key)}>
                ${msg('Try again')}
              </button>
            </div>`
        : html`<small>${msg('Waiting for connection')}</small>`
    }
  </div>`;
}
