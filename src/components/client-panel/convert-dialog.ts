import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { Prospect } from '../../contract/index.js';
import { plainLabel } from '../bits/plain-label.js';
import { CrmProspectConvertEvent } from '../events.js';
import { dataOf, valuesOfProspect } from './client-fields.js';
import { FieldsForm } from './fields-form.js';

/**
 * Asks for what a client record needs, prefilled with what the prospect already told. What was typed stays until it was
 * accepted, also when the dialog is closed and opened again.
 *
 * @internal
 * @tag crm-convert-dialog
 * @fires {Event} converted - The server has accepted (internal, does not bubble).
 * @fires {Event} kept - It is kept and goes out later (internal, does not bubble).
 */
export class CrmConvertDialog extends FieldsForm {
  protected override readonly idPrefix = 'convert';

  @state()
  private prospect?: Prospect;

  @query('dialog')
  private readonly dialog!: HTMLDialogElement | null;

  /** Opens it for one prospect. */
  async open(prospect: Prospect): Promise<void> {
    if (this.prospect?.id !== prospect.id) this.fill(valuesOfProspect(prospect));
    this.prospect = prospect;
    await this.updateComplete;
    if (this.isConnected && !this.dialog?.open) this.dialog?.showModal();
  }

  /** Closes it; what was typed stays. */
  close(): void {
    this.dialog?.close();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { prospect } = this;
    if (!prospect) return nothing;
    const name = plainLabel(prospect.name ?? '')
      .trim()
      .split(/\s+/u)[0];
    return html`<dialog
      class="dialog dialog--form"
      part="dialog"
      aria-label=${msg('Convert to client')}
      @keydown=${(event: Event) => event.stopPropagation() /* the panels' own keys */}
      @cancel=${this.#onCancel}
      @close=${() => this.requestUpdate()}
    >
      <form novalidate @submit=${this.#onSubmit}>
        <div class="dialog__h">
          <h3>${name ? msg(str`Convert ${name} to a client`) : msg('Convert to client')}</h3>
          <p>${msg('The conversations stay with the new client record.')}</p>
        </div>
        <div class="fields">${this.fieldsTemplate(true)}</div>
        <div class="dialog__f">
          <button class="btn" type="button" ?disabled=${this.busy} @click=${this.close}>${msg('Cancel')}</button>
          <button class="btn btn--pri" type="submit" aria-disabled=${this.busy ? 'true' : nothing}>
            ${this.busy ? msg('Converting…') : msg('Convert')}
          </button>
        </div>
      </form>
    </dialog>`;
  }

  #onCancel = (event: Event): void => {
    // Closing now would hide the answer.
    if (this.busy) event.preventDefault();
  };

  #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { prospect, store } = this;
    if (this.busy || !prospect || !store || !(await this.passes())) return;
    const clientData = dataOf(this.values);
    this.problem = '';
    if (!this.emit(new CrmProspectConvertEvent({ prospectId: prospect.id, clientData }))) {
      this.close(); // the host converts in its own way
      return;
    }
    this.busy = true;
    const outcome = await store.convertProspectToClient(prospect.id, clientData);
    this.busy = false;
    if (!outcome.ok) return this.take(outcome);
    this.close();
    this.prospect = undefined;
    this.emit(new Event(outcome.waiting ? 'kept' : 'converted'));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'crm-convert-dialog': CrmConvertDialog;
  }
}
