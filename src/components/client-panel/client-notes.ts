import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ClientNote } from '../../contract/index.js';
import { blocksOf, foldedPart } from '../bits/first-part.js';
import { icon, iconAlert } from '../bits/icons.js';
import { dateName } from '../bits/moments.js';
import { refusalWords, type Refusal } from '../bits/refusal-words.js';
import { StorePart } from '../bits/store-part.js';
import { CrmNoteAddEvent } from '../events.js';

/**
 * The team's notes about a client, newest first, and the field for a new one. What is being written is kept for each
 * client until it was accepted.
 *
 * @internal
 * @tag crm-client-notes
 * @fires {Event} written - A note was accepted (internal, does not bubble).
 * @fires {Event} kept - It is kept and goes out later (internal, does not bubble).
 */
export class CrmClientNotes extends StorePart {
  @property({ attribute: false })
  clientId = '';

  /** Is the field for a new note shown. */
  @property({ type: Boolean })
  writing = false;

  @property({ attribute: false })
  locale?: string;

  /** What is being written, by client id. The panel's own, because this element goes when a record is not there yet. */
  @property({ attribute: false })
  drafts = new Map<string, string>();

  @state()
  private busyFor = '';
  @state()
  private problem = '';

  /** How much of long notes the agent has asked for, by their ids. */
  readonly #steps = new Map<string, number>();

  protected override render(): TemplateResult | typeof nothing {
    const client = this.store && this.read(this.store.clients.at(this.clientId));
    if (!client) return nothing;
    const notes = client.notes.toSorted((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
    return html`${this.writing ? this.#writer() : nothing}${
      notes.length === 0 && !this.writing ? html`<p class="quiet">${msg('No notes yet.')}</p>` : nothing
    }${repeat(
      notes,
      ({ id }) => id,
      (note) => this.#note(note),
    )}`;
  }

  /** Puts the focus into the field for a new note. */
  async focusField(): Promise<void> {
    await this.updateComplete;
    this.querySelector('textarea')?.focus();
  }

  #note(note: ClientNote): TemplateResult {
    const author = note.authorName ?? (this.store && this.read(this.store.agents.at(note.authorId))?.name);
    const steps = this.#steps.get(note.id) ?? 0;
    const text = steps > 0 ? blocksOf(note.content, steps).join('') : foldedPart(note.content);
    const cut = text.length < note.content.length;
    return html`<div class="pnote" part="note">
      <p dir="auto">${text}${cut ? '…' : nothing}</p>
      ${
        cut
          ? html`<button class="link" type="button" @click=${() => this.#unfold(note.id)}>${msg('Show more')}</button>`
          : nothing
      }
      <small
        >${author ? html`<bdi>${author}</bdi> · ` : nothing}<bdi
          >${dateName(note.createdAt, Date.now(), this.locale)}</bdi
        ></small
      >
    </div>`;
  }

  #unfold(id: string): void {
    this.#steps.set(id, (this.#steps.get(id) ?? 0) + 1);
    this.requestUpdate();
  }

  #writer(): TemplateResult {
    const busy = this.busyFor === this.clientId;
    const text = this.drafts.get(this.clientId) ?? '';
    return html`<form class="note-form" @submit=${this.#onSubmit} @keydown=${this.#onKey}>
      <textarea
        rows="3"
        dir="auto"
        maxlength="20000"
        aria-label=${msg('Note')}
        placeholder=${msg('Only your team sees it')}
        aria-describedby=${this.problem ? 'note-problem' : nothing}
        .value=${live(text)}
        @input=${this.#onInput}
      ></textarea>
      ${
        this.problem
          ? html`<p class="problem" id="note-problem" role="alert">
              ${icon(iconAlert, 16)}<span>${this.problem}</span>
            </p>`
          : nothing
      }
      <div class="acts">
        <button class="btn" type="button" @click=${this.#close}>${msg('Cancel')}</button>
        <button class="btn btn--tonal" type="submit" aria-disabled=${busy || !text.trim() ? 'true' : nothing}>
          ${busy ? msg('Adding…') : msg('Add note')}
        </button>
      </div>
    </form>`;
  }

  #onInput = (event: InputEvent): void => {
    this.drafts.set(this.clientId, (event.target as HTMLTextAreaElement).value);
    this.requestUpdate();
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation(); // one layer at a time
      this.#close();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void this.#add();
  };

  #close = (): void => {
    this.problem = '';
    this.emit(new Event('close'));
  };

  #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#add();
  };

  async #add(): Promise<void> {
    const { clientId, store } = this;
    const content = (this.drafts.get(clientId) ?? '').trim();
    if (!store || !content || this.busyFor) return;
    this.problem = '';
    let told = 'written';
    if (this.emit(new CrmNoteAddEvent({ clientId, content }))) {
      this.busyFor = clientId;
      const outcome = await store.addClientNote(clientId, content);
      this.busyFor = '';
      if (!outcome.ok) {
        this.problem = this.#words(outcome.error);
        return;
      }
      if (outcome.waiting) told = 'kept';
    }
    this.drafts.delete(clientId);
    if (clientId === this.clientId) this.emit(new Event(told));
  }

  #words(refusal: Refusal): string {
    const { code } = refusal;
    if (code === 'OFFLINE') return msg('Not added, there is no connection. Your note is still here.');
    if (code === 'TIMEOUT') return msg('The server did not answer, so it is not certain that the note was added.');
    return refusalWords(refusal);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'crm-client-notes': CrmClientNotes;
  }
}
