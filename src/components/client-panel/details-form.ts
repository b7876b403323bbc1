import { msg } from '@lit/localize';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Client } from '../../contract/index.js';
import { CrmClientUpdateEvent } from '../events.js';
import { patchOf, valuesOfClient, type FieldValues } from './client-fields.js';
import { FieldsForm } from './fields-form.js';

/**
 * The details of a client as fields, in the place of the words.
 *
 * @internal
 * @tag crm-details-form
 * @fires {Event} done - Saved, or given up (internal, does not bubble).
 */
export class CrmDetailsForm extends FieldsForm {
  protected override readonly idPrefix = 'details';

  @property({ attribute: false })
  client?: Client;

  /** What was typed and not saved, by client: it outlives a look at another conversation. */
  @property({ attribute: false })
  kept = new Map<string, FieldValues>();

  #filledFor = '';

  protected override willUpdate(_changed: PropertyValues): void {
    // A colleague's change must not wipe what is being typed: only another client fills the fields anew.
    if (!this.client || this.client.id === this.#filledFor) return;
    this.#filledFor = this.client.id;
    this.fill(this.kept.get(this.client.id) ?? valuesOfClient(this.client));
  }

  protected override firstUpdated(): void {
    this.querySelector('input')?.focus();
  }

  protected override render(): TemplateResult {
    return html`<form
      novalidate
      aria-label=${msg('Edit details')}
      @submit=${this.#onSubmit}
      @keydown=${this.#onKey}
      @input=${this.#keep}
    >
      <div class="fields">${this.fieldsTemplate(false)}</div>
      <div class="acts">
        <button class="btn" type="button" ?disabled=${this.busy} @click=${this.#done}>${msg('Cancel')}</button>
        <button class="btn btn--tonal" type="submit" aria-disabled=${this.busy ? 'true' : nothing}>
          ${this.busy ? msg('Saving…') : msg('Save')}
        </button>
      </div>
    </form>`;
  }

  #done = (): void => {
    if (this.client) this.kept.delete(this.client.id);
    this.emit(new Event('done'));
  };

  #keep = (): void => {
    if (this.client) this.kept.set(this.client.id, this.values);
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || this.busy) return;
    event.stopPropagation(); // one layer at a time
    this.#done();
  };

  #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { client, store } = this;
    if (this.busy || !client || !store || !(await this.passes())) return;
    const patch = patchOf(client, this.values);
    const before = new CrmClientUpdateEvent({ clientId: client.id, patch });
    if (Object.keys(patch).length === 0 || !this.emit(before)) return this.#done();
    this.problem = '';
    this.busy = true;
    const outcome = await store.updateClient(client.id, patch);
    this.busy = false;
    if (outcome.ok) this.#done();
    else await this.take(outcome);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'crm-details-form': CrmDetailsForm;
  }
}
