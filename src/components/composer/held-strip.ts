import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { ChatStore } from '../../store/chat-store.js';
import type { Held } from '../../store/state.js';
import { icon, iconAlert } from '../bits/icons.js';
import { iconFile } from '../bits/more-icons.js';
import { plainLabel } from '../bits/plain-label.js';
import { CrmMessageDiscardEvent, CrmMessageEditEvent, CrmMessageSendEvent } from '../events.js';
import type { Writing } from './writing.js';

/** A reply that was not sent because somebody answered meanwhile: their answer, and what its author can do. */
export function heldStrip(
  store: ChatStore,
  held: Held,
  writing: Pick<Writing, 'conversationId' | 'dispatchEvent' | 'focusComposer' | 'writeReply'>,
  canNote: boolean,
): TemplateResult {
  const { conversationId } = writing;
  const { key, content, visibility } = held;
  const act = (before: () => Event, run: () => void) => () => {
    if (!writing.dispatchEvent(before())) return;
    run();
    writing.focusComposer(); // the buttons go away
  };
  const sends = (to = visibility) =>
    new CrmMessageSendEvent({ conversationId, ...leaving(store, held), ...(to ? { visibility: to } : {}) });
  const sendAnyway = act(
    () => sends(),
    () => store.sendHeld(conversationId, key),
  );
  const discard = act(
    () => new CrmMessageDiscardEvent({ conversationId, key, content }),
    () => store.discardHeld(conversationId, key),
  );
  const edit = () => {
    if (!writing.dispatchEvent(new CrmMessageEditEvent({ conversationId, key, content }))) return;
    store.editHeld(conversationId, key);
    writing.writeReply();
  };
  const keepAsNote = act(
    () => sends('internal'),
    () => store.keepHeldAsNote(conversationId, key),
  );
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
        <button type="button" @click=${sendAnyway}>${msg('Send anyway')}</button>
        ${held.canEdit ? html`<button type="button" @click=${edit}>${msg('Edit')}</button>` : nothing}
        <button type="button" @click=${discard}>${msg('Discard')}</button>
        ${canNote ? html`<button type="button" @click=${keepAsNote}>${msg('Keep as note')}</button>` : nothing}
      </div>
    </div>
  </div>`;
}

/** The held message as its public event tells it. */
function leaving(store: ChatStore, { key, content, messageType, metadata, replyTo, answers }: Held) {
  const attachment = store.attachedFile(key);
  const { clientMessageId: _ours, ...more } = metadata ?? {};
  return {
    content,
    messageType,
    ...(Object.keys(more).length > 0 ? { metadata: more } : {}),
    ...(attachment ? { attachment } : {}),
    ...(replyTo ? { replyTo } : {}),
    held: { key, answers: answers.map(({ id }) => id) },
  };
}

/** Words, and the name of the file that goes with them or is all there is. */
function said(content: string, fileName: string | undefined): TemplateResult {
  const words = content.trim() === fileName ? '' : content.slice(0, 300);
  const file = fileName ? html`${icon(iconFile, 14)} <bdi>${plainLabel(fileName)}</bdi> ` : nothing;
  return html`${file}${words ? html`<bdi>${words}</bdi>` : nothing}`;
}
