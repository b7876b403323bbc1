import { msg } from '@lit/localize';
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { ChatStore } from '../../store/chat-store.js';
import { icon, iconBot } from '../bits/icons.js';
import { CrmBotToggleEvent } from '../events.js';

const UNDO_MS = 6000;

export interface BotHost extends ReactiveControllerHost {
  readonly store?: ChatStore | undefined;
  readonly conversationId: string;
  dispatchEvent(event: Event): boolean;
  focusComposer(): void;
}

/** Who writes in a conversation that the bot answers pauses the bot, once, and may take it back for a moment. */
export class BotPause implements ReactiveController {
  readonly #host: BotHost;
  #pausedOnce = false;
  #offersUndo = false;
  #timer?: ReturnType<typeof setTimeout>;

  constructor(host: BotHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#endUndo();
  }

  /** Another conversation, or another store. */
  reset(): void {
    this.#pausedOnce = false;
    this.#endUndo();
  }

  /** The agent began to write to the contact. */
  wrote(): void {
    const { store, conversationId } = this.#host;
    if (this.#pausedOnce || !store?.botEnabled(conversationId)) return;
    this.#pausedOnce = true;
    if (!this.#set(false)) return;
    this.#offersUndo = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#endUndo(), UNDO_MS);
  }

  /** The host reads `$settings` while it renders this. */
  strip(): TemplateResult | typeof nothing {
    const { store, conversationId } = this.#host;
    if (this.#offersUndo) {
      return html`<div class="strip" part="strip" role="status">
        ${icon(iconBot, 16)}<span class="grow">${msg('Bot paused for this conversation.')}</span>
        <button type="button" @click=${this.#undo}>${msg('Undo')}</button>
      </div>`;
    }
    if (!store?.botEnabled(conversationId)) return nothing;
    return html`<div class="strip" part="strip">
      ${icon(iconBot, 16)}<span class="grow"
        >${
          this.#pausedOnce
            ? msg('The bot is answering.')
            : msg('The bot is answering. Typing here pauses it for this conversation.')
        }</span
      >
      <button type="button" @click=${this.#takeOver}>${msg('Take over')}</button>
    </div>`;
  }

  /** False when a host took the act over. */
  #set(enabled: boolean): boolean {
    const { store, conversationId } = this.#host;
    if (!store || !this.#host.dispatchEvent(new CrmBotToggleEvent({ conversationId, enabled }))) return false;
    if (store.botEnabled(conversationId) !== enabled) void store.toggleBot(conversationId);
    return true;
  }

  readonly #takeOver = (): void => {
    if (this.#set(false)) this.#host.focusComposer(); // the button goes away
  };

  readonly #undo = (): void => {
    this.#endUndo();
    this.#set(true);
    this.#host.focusComposer();
  };

  #endUndo(): void {
    clearTimeout(this.#timer);
    if (!this.#offersUndo) return;
    this.#offersUndo = false;
    this.#host.requestUpdate();
  }
}
