/** Approved messages of the channel: found, filled in, looked at, sent. */
import { msg, str } from '@lit/localize';
import { css, html, nothing, render, type TemplateResult } from 'lit';
import type { Template } from '../../contract/index.js';
import { adoptStyles } from '../bits/adopt-styles.js';
import { channelName } from '../bits/channel-badge.js';
import { icon, iconAlert, iconBack, iconX } from '../bits/icons.js';
import { iconTemplate } from '../bits/more-icons.js';
import { plainLabel } from '../bits/plain-label.js';
import { CrmMessageSendEvent } from '../events.js';
import { knownValues } from './known-values.js';
import { standPop } from './pop.js';
import { folded } from './suggestions.js';
import { fieldName, prefilled, templateText, variablesOf } from './template-fields.js';
import type { OpenPopup, Popup, Writing } from './writing.js';

const styles = css`
  .pop--form {
    inline-size: min(440px, 100% - 2 * var(--gut));
    max-block-size: min(460px, var(--room, 460px));
  }
  .pop--form .pop__h .ib {
    margin-block: -4px;
  }
  .pop--form .pop__h .grow {
    font-size: var(--_fs-md);
    line-height: 20px;
    color: var(--_text);
  }
  .pop--form input {
    inline-size: 100%;
    block-size: var(--_h-field);
    padding-inline: var(--_s3);
    border: 0;
    border-radius: var(--_r);
    box-shadow: inset 0 0 0 1px var(--_line-control);
    background: var(--_bg);
  }
  .pop--form input::placeholder {
    color: var(--_text-3);
    opacity: 1;
  }
  .pop--form input:focus-visible {
    outline-offset: -1px;
  }
  .pop--form [aria-invalid='true'] {
    box-shadow: inset 0 0 0 1px var(--_crit-text);
  }
  .pop__find {
    flex: none;
    padding: 0 var(--_s3) var(--_s2);
  }
  .pop--form [role='option'] {
    min-block-size: 48px;
  }
  .pop--form [role='option'] .grow > span {
    display: block;
  }
  .pop--form form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s3);
    padding: var(--_s1) var(--_s3) var(--_s3);
    overflow-y: auto;
    min-block-size: 0;
    scrollbar-width: thin;
  }
  .pop--form label {
    display: grid;
    gap: 4px;
    font-weight: var(--_fw-m);
    overflow-wrap: anywhere;
  }
  .pop--form form small {
    display: flex;
    gap: 4px;
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_crit-text);
  }
  .pop__bubble {
    padding: var(--_s2) var(--_s3);
    border-radius: var(--_r-lg);
    background: var(--_accent-wash);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .pop__go {
    display: flex;
    justify-content: flex-end;
    gap: var(--_s2);
  }
  @container crm-chat (width < 480px) {
    .pop--form {
      inline-size: calc(100% - 2 * var(--gut));
    }
  }
  @media (forced-colors: active) {
    .pop--form input,
    .pop__bubble {
      border: 1px solid CanvasText;
    }
  }
`;

const ID = 'templates';
const MOVES: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

class TemplatePicker implements Popup {
  readonly #writing: Writing;
  readonly #closed: () => void;
  readonly #opener: HTMLElement | undefined;
  readonly #box: HTMLElement;
  readonly #conversationId: string;
  readonly #platform: string;
  #templates: readonly Template[] | undefined;
  #failed = false;
  #query = '';
  #at = 0;
  #chosen: Template | undefined;
  #values: Record<string, string> = {};
  /** Send was pressed: fields are judged from now on. */
  #tried = false;
  #sending = false;
  #problem = '';

  constructor(writing: Writing, closed: () => void, opener: HTMLElement | undefined) {
    this.#writing = writing;
    this.#closed = closed;
    this.#opener = opener;
    this.#conversationId = writing.conversationId;
    this.#platform = writing.store?.conversations.get(writing.conversationId)?.platform ?? '';
    this.#box = standPop(writing, 'templates', 'dialog', msg('Templates'));
    this.#box.classList.add('pop--form');
    const root = this.#box.getRootNode();
    if (root instanceof ShadowRoot) adoptStyles(root, styles);
    this.#box.addEventListener('keydown', (event) => this.#pressed(event));
    this.#draw();
    this.#focus('input');
    void this.#load();
  }

  close(): void {
    const within = this.#box.contains(focusedIn(this.#box));
    this.#box.remove();
    if (!within) return;
    if (this.#opener?.isConnected) this.#opener.focus();
    else this.#writing.focusComposer();
  }

  #leave(): void {
    if (!this.#box.isConnected) return;
    this.close();
    this.#closed();
  }

  async #load(): Promise<void> {
    this.#failed = false;
    const answer = await this.#writing.store?.loadTemplates(this.#platform);
    this.#failed = !answer?.ok;
    this.#templates = answer?.ok ? this.#inTheirLanguage(answer.data) : undefined;
    this.#draw();
  }

  /** Those in the contact's language first, as far as it is known. */
  #inTheirLanguage(templates: readonly Template[]): readonly Template[] {
    const { store } = this.#writing;
    const contact = store?.prospects.get(store.conversations.get(this.#conversationId)?.prospectId ?? '');
    const wanted = contact?.language?.slice(0, 2).toLowerCase();
    const isTheirs = ({ language }: Template) => wanted !== undefined && language?.toLowerCase().startsWith(wanted);
    return [...templates.filter(isTheirs), ...templates.filter((one) => !isTheirs(one))];
  }

  get #shown(): readonly Template[] {
    const word = folded(this.#query.trim());
    return (this.#templates ?? []).filter(({ name, body }) =>
      folded(`${fieldName(name)} ${name} ${body}`).includes(word),
    );
  }

  #focus(selector: string): void {
    this.#box.querySelector<HTMLElement>(selector)?.focus();
  }

  #pressed(event: KeyboardEvent): void {
    event.stopPropagation(); // the panel's own keys
    if (event.isComposing || event.key !== 'Escape') return;
    event.preventDefault();
    if (this.#chosen) this.#back();
    else this.#leave();
  }

  readonly #back = (): void => {
    this.#chosen = undefined;
    this.#draw();
    this.#focus('input');
  };

  #choose(template: Template | undefined): void {
    const { store } = this.#writing;
    if (!template || !store) return;
    this.#chosen = template;
    this.#tried = false;
    this.#problem = '';
    this.#values = prefilled(variablesOf(template), knownValues(store, this.#conversationId));
    this.#draw();
    const empty = variablesOf(template).findIndex((name) => !this.#values[name]);
    this.#focus(empty >= 0 ? `#${ID}-value-${empty}` : '[type=submit]');
  }

  async #send(template: Template): Promise<void> {
    const { store } = this.#writing;
    if (!store || this.#sending) return;
    this.#tried = true;
    this.#draw();
    const names = variablesOf(template);
    const missing = names.findIndex((name) => !this.#values[name]?.trim());
    if (missing >= 0) return this.#focus(`#${ID}-value-${missing}`);
    const variables = Object.fromEntries(names.map((name) => [name, this.#values[name]!.trim()]));
    const content = templateText(template, variables);
    const metadata = { templateId: template.id, variables };
    const conversationId = this.#conversationId;
    const before = new CrmMessageSendEvent({ conversationId, content, messageType: 'text', metadata });
    if (!this.#writing.dispatchEvent(before)) return this.#leave();
    this.#sending = true;
    try {
      await store.sendMessage(conversationId, content, 'text', { metadata });
      this.#leave();
    } catch {
      this.#problem = msg('This template could not be sent. Try again.');
      this.#draw();
    } finally {
      this.#sending = false;
    }
  }

  #draw(): void {
    render(this.#chosen ? this.#form(this.#chosen) : this.#list(), this.#box);
  }

  #list(): TemplateResult {
    const shown = this.#shown;
    this.#at = Math.max(0, Math.min(this.#at, shown.length - 1));
    const channel = this.#writing.store?.channel(this.#platform);
    const label = channel ? channelName(channel) : plainLabel(this.#platform);
    return html`<div class="pop__h">
        <span class="grow cut">${msg(str`Templates for ${label}`)}</span>
        ${this.#button(iconX, msg('Close'), () => this.#leave())}
      </div>
      <div class="pop__find">
        <input
          type="text"
          role="combobox"
          autocomplete="off"
          aria-label=${msg('Find a template')}
          placeholder=${msg('Find a template')}
          aria-expanded=${shown.length > 0 ? 'true' : 'false'}
          aria-controls=${shown.length > 0 ? ID : nothing}
          aria-activedescendant=${shown.length > 0 ? `${ID}-${this.#at}` : nothing}
          aria-autocomplete="list"
          @input=${this.#typed}
          @keydown=${this.#walked}
        />
      </div>
      ${shown.length > 0 ? this.#options(shown) : this.#nothing()}`;
  }

  readonly #typed = (event: Event): void => {
    this.#query = (event.target as HTMLInputElement).value;
    this.#at = 0;
    this.#draw();
  };

  readonly #walked = (event: KeyboardEvent): void => {
    const move = Object.hasOwn(MOVES, event.key) ? MOVES[event.key] : undefined;
    if (event.isComposing || (!move && event.key !== 'Enter')) return;
    event.preventDefault();
    const shown = this.#shown;
    if (!move) return this.#choose(shown[this.#at]);
    if (shown.length > 0) this.#at = (this.#at + move + shown.length) % shown.length;
    this.#draw();
    this.#box.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  };

  #options(shown: readonly Template[]): TemplateResult {
    return html`<div class="pop__list" role="listbox" id=${ID} aria-label=${msg('Templates')}>
      ${shown.map(
        (template, at) =>
          html`<div
            role="option"
            id="${ID}-${at}"
            aria-selected=${at === this.#at ? 'true' : 'false'}
            @pointerdown=${(event: Event) => event.preventDefault()}
            @click=${() => this.#choose(template)}
          >
            ${icon(iconTemplate)}<span class="grow"
              ><span class="cut"><b>${named(template)}</b></span
              ><span class="cut" dir="auto"><small>${template.body}</small></span></span
            >${template.language ? html`<span class="chip"><bdi>${plainLabel(template.language)}</bdi></span>` : nothing}
          </div>`,
      )}
    </div>`;
  }

  #nothing(): TemplateResult {
    if (this.#failed)
      return html`<div class="pop__say" role="alert">
        <span>${msg('Templates did not load.')}</span
        ><button type="button" class="link" @click=${this.#again}>${msg('Try again')}</button>
      </div>`;
    const words = !this.#templates
      ? msg('Loading…')
      : this.#templates.length === 0
        ? msg('There is no approved template for this channel.')
        : msg(str`No template for “${this.#query}”.`);
    return html`<div class="pop__say" role="status">${words}</div>`;
  }

  readonly #again = (): void => {
    this.#focus('input'); // the button goes away
    this.#failed = false;
    this.#draw();
    void this.#load();
  };

  #form(template: Template): TemplateResult {
    const names = variablesOf(template);
    const submitted = (event: Event) => {
      event.preventDefault();
      void this.#send(template);
    };
    return html`<div class="pop__h">
        ${this.#button(iconBack, msg('Back to templates'), this.#back, 'flip')}
        <span class="grow cut">${named(template)}</span>
        ${this.#button(iconX, msg('Close'), () => this.#leave())}
      </div>
      <form novalidate @submit=${submitted}>
        ${names.map((name, at) => this.#field(name, at))}
        <p
          class="pop__bubble"
          part="preview"
          dir="auto"
          aria-label=${msg('Preview')}
          role="group"
          .textContent=${templateText(template, this.#values)}
        ></p>
        ${this.#problem ? html`<small role="alert">${icon(iconAlert, 16)}${this.#problem}</small>` : nothing}
        <div class="pop__go"><button type="submit" class="btn btn--pri">${msg('Send template')}</button></div>
      </form>`;
  }

  #field(name: string, at: number): TemplateResult {
    const isMissing = this.#tried && !this.#values[name]?.trim();
    const id = `${ID}-value-${at}`;
    const typed = (event: Event) => {
      this.#values = { ...this.#values, [name]: (event.target as HTMLInputElement).value };
      this.#draw();
    };
    return html`<label
      ><bdi>${fieldName(name)}</bdi
      ><input
        id=${id}
        type="text"
        required
        dir="auto"
        autocomplete="off"
        .value=${this.#values[name] ?? ''}
        aria-invalid=${isMissing ? 'true' : 'false'}
        aria-describedby=${isMissing ? `${id}-e` : nothing}
        @input=${typed}
      />${
        isMissing ? html`<small id="${id}-e">${icon(iconAlert, 16)}${msg('This value is needed')}</small>` : nothing
      }</label
    >`;
  }

  #button(drawing: typeof iconX, words: string, run: () => void, extra = ''): TemplateResult {
    return html`<button type="button" class="ib" aria-label=${words} title=${words} @click=${run}>
      ${icon(drawing, 16, extra)}
    </button>`;
  }
}

const named = ({ name }: Template): TemplateResult => html`<bdi>${fieldName(plainLabel(name))}</bdi>`;

function focusedIn(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
}

export const open: OpenPopup = (writing, closed, _trigger, opener) => new TemplatePicker(writing, closed, opener);
