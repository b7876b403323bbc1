/** What opens above the field: one at a time, each with its code on its first use. */
import { msg } from '@lit/localize';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Later } from '../../controllers/later.js';
import type { OpenPopup, Popup, PopupName, Trigger, Writing } from './writing.js';

const POPUPS = {
  'quick-replies': new Later(() => import('./quick-replies.js')),
  templates: new Later(() => import('./template-picker.js')),
  emoji: new Later(() => import('./emoji-picker.js')),
  'send-keys': new Later(() => import('./send-menu.js')),
  voice: new Later(() => import('./voice-note.js')),
  mentions: new Later(() => import('./mentions.js')),
} satisfies Record<PopupName, Later<{ open: OpenPopup }>>;

/** `/` or `@` at the start of a word, and what follows it up to the caret. */
const CALL = /(?:^|\s)([/@])(\S{0,40})$/u;
const CALLED: Readonly<Record<string, PopupName>> = { '/': 'quick-replies', '@': 'mentions' };
/** More than the longest match. */
const LOOK = 50;

/** Of all that can have it in the field's own root. */
const hasFocus = (field: HTMLElement | null): boolean => {
  const root = field?.getRootNode();
  return (root instanceof ShadowRoot || root instanceof Document) && root.activeElement === field;
};

export class Popups implements ReactiveController {
  readonly #host: Writing & ReactiveControllerHost;
  #name: PopupName | undefined;
  #popup: Popup | undefined;
  /** The agent closed the list that is called from here; it stays closed until the call is another one. */
  #refused = -1;

  constructor(host: Writing & ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.close();
  }

  isOpen(name: PopupName): boolean {
    return this.#name === name;
  }

  /** A button's way: opens at the caret, or closes. */
  toggle(name: PopupName, opener?: HTMLElement): void {
    if (this.#name === name) return this.close();
    const start = this.#host.field?.selectionStart ?? 0;
    void this.#open(name, { start, skip: 0 }, opener);
  }

  close(): void {
    this.#popup?.close();
    this.#end();
  }

  typed(): void {
    if (this.#popup?.typed) return this.#popup.typed();
    const call = this.#call();
    if (!call || call.start !== this.#refused) this.#refused = -1;
    if (call && !this.#name && this.#refused < 0) void this.#open(call.name, { start: call.start, skip: 1 });
  }

  pressed(event: KeyboardEvent): boolean {
    return this.#popup?.pressed?.(event) ?? false;
  }

  #call(): { name: PopupName; start: number } | undefined {
    const { field, store, mode } = this.#host;
    const caret = field?.selectionEnd ?? 0;
    const [, sign = '', word = ''] = CALL.exec(field?.value.slice(Math.max(0, caret - LOOK), caret) ?? '') ?? [];
    const name = CALLED[sign];
    const isThere =
      name === 'mentions'
        ? mode === 'note' && (store?.agents.size || store?.$features.get().agents)
        : mode === 'reply' && store?.$features.get().quick_replies;
    return name && isThere ? { name, start: caret - word.length - 1 } : undefined;
  }

  async #open(name: PopupName, trigger: Trigger, opener?: HTMLElement): Promise<void> {
    this.close();
    this.#name = name;
    this.#host.requestUpdate();
    const later: Later<{ open: OpenPopup }> = POPUPS[name];
    const code = later.now ?? (await later.load());
    // Meanwhile another one was opened, or nothing any more.
    if (this.#name !== name || this.#popup) return;
    // Or the agent went on to something else: what was called by writing must not open behind their back.
    if (trigger.skip > 0 && !hasFocus(this.#host.field)) return this.#end();
    if (!code) {
      this.#end();
      return this.#host.complain(msg('This part did not load.'));
    }
    const closed = () => {
      if (trigger.skip) this.#refused = trigger.start;
      this.#end();
    };
    const popup = code.open(this.#host, closed, trigger, opener);
    if (this.#name === name) this.#popup = popup;
  }

  #end(): void {
    if (!this.#name) return;
    this.#name = this.#popup = undefined;
    this.#host.requestUpdate();
  }
}
