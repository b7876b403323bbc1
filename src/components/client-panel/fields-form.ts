import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Outcome } from '../../store/state.js';
import { icon, iconAlert } from '../bits/icons.js';
import { fieldRefusalWords, refusalWords } from '../bits/refusal-words.js';
import { StorePart } from '../bits/store-part.js';
import {
  fieldErrors,
  fieldOf,
  FIELDS,
  isFieldName,
  type FieldErrors,
  type FieldName,
  type FieldValues,
} from './client-fields.js';

/**
 * The five fields of a client and what is wrong with them: shared by the convert dialog and by editing the details.
 * Nothing is judged before the first attempt to save; after it, each field as it is left.
 */
export abstract class FieldsForm extends StorePart {
  /** Tells the fields of two forms in one shadow root apart. */
  protected abstract readonly idPrefix: string;

  @state()
  protected values: FieldValues = { firstName: '', lastName: '', email: '', phone: '', company: '' };
  @state()
  protected errors: FieldErrors = {};
  /** What went wrong with the whole, not with one field. */
  @state()
  protected problem = '';
  @state()
  protected busy = false;

  #tried = false;

  /** Begins anew with these values. */
  protected fill(values: FieldValues): void {
    this.values = { ...values };
    this.errors = {};
    this.problem = '';
    this.#tried = false;
  }

  /** True when everything may be sent; else the first wrong field has the focus and says why. */
  protected async passes(): Promise<boolean> {
    this.#tried = true;
    this.errors = fieldErrors(this.values);
    return !(await this.#focusWrong());
  }

  /** Puts a refusal where it belongs: under the field it is about, else above the buttons. */
  protected async take(outcome: Extract<Outcome<unknown>, { ok: false }>): Promise<void> {
    const { code, field } = outcome.error;
    const name = fieldOf(field);
    if (name) this.errors = { ...this.errors, [name]: fieldRefusalWords(outcome.error) };
    else
      this.problem =
        code === 'OFFLINE'
          ? msg('Not saved, there is no connection. What you wrote is still here.')
          : code === 'TIMEOUT'
            ? msg('The server did not answer, so it is not certain that this was saved. What you wrote is still here.')
            : refusalWords(outcome.error);
    await this.#focusWrong();
  }

  protected fieldsTemplate(focusFirst: boolean): TemplateResult {
    const [first, last, ...rest] = FIELDS.map((field, at) => this.#field(field, focusFirst && at === 0));
    return html`<div class="two">${first}${last}</div>
      ${rest}
      ${this.problem ? html`<p class="problem" role="alert">${icon(iconAlert, 16)}<span>${this.problem}</span></p>` : nothing}`;
  }

  #field({ name, label, type, inputMode }: (typeof FIELDS)[number], focusFirst: boolean): TemplateResult {
    const wrong = this.errors[name];
    const id = `${this.idPrefix}-${name}`;
    return html`<label class="field ${wrong ? 'is-bad' : ''}" part="field"
      ><span>${label()}</span
      ><input
        name=${name}
        type=${type}
        inputmode=${inputMode}
        autocomplete="off"
        maxlength="500"
        dir=${type === 'text' ? 'auto' : 'ltr'}
        ?autofocus=${focusFirst}
        .value=${live(this.values[name])}
        aria-required=${name === 'firstName' ? 'true' : nothing}
        aria-invalid=${wrong ? 'true' : nothing}
        aria-describedby=${wrong ? id : nothing}
        @input=${this.#onInput}
        @blur=${this.#onBlur}
      />${wrong ? html`<small id=${id}>${wrong}</small>` : nothing}</label
    >`;
  }

  #onInput = (event: InputEvent): void => {
    const { name, value } = event.target as HTMLInputElement;
    if (isFieldName(name)) this.values = { ...this.values, [name]: value };
  };

  #onBlur = (event: FocusEvent): void => {
    const { name } = event.target as HTMLInputElement;
    if (!this.#tried || !isFieldName(name)) return;
    const { [name]: _before, ...others } = this.errors;
    const wrong = fieldErrors(this.values)[name];
    this.errors = wrong ? { ...others, [name]: wrong } : others;
  };

  async #focusWrong(): Promise<boolean> {
    const wrong: FieldName | undefined = FIELDS.find(({ name }) => this.errors[name])?.name;
    if (!wrong) return false;
    await this.updateComplete;
    this.querySelector<HTMLInputElement>(`input[name="${wrong}"]`)?.focus();
    return true;
  }
}
