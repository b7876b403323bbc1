/** Where a host draws parts of the messages itself. */
import { render, type TemplateResult } from 'lit';
import { Directive, directive, type DirectiveResult, type PartInfo } from 'lit/directive.js';
import type { Conversation, DraftMode } from '../../contract/index.js';
import type { ChatStore } from '../../store/chat-store.js';
import type { Message } from '../../store/state.js';

/** What a renderer gives: a Lit template, a DOM node (the same one again keeps it), or undefined for the built-in look. */
export type Rendered = TemplateResult | Node | undefined;

/** What every renderer may want to know. */
export interface RendererContext {
  readonly store: ChatStore;
  /** The open conversation; null when there is none. */
  readonly conversationId: string | null;
  /** BCP 47, for dates and numbers; undefined means the browser's. */
  readonly locale: string | undefined;
}

/** For renderers of one message. */
export interface MessageContext extends RendererContext {
  /** The message's own key in `store.thread(conversationId).messages`. */
  readonly key: string;
  /** The contact's name as the panel writes it. */
  readonly contactName: string;
  /** `in` the contact, `out` the team, `bot`, `note` for the team only. */
  readonly side: 'in' | 'out' | 'bot' | 'note';
  /** What would stand there without the renderer. */
  builtIn(): TemplateResult;
}

/** For the buttons under the reply field. */
export interface ComposerContext extends RendererContext {
  /** The open conversation. */
  readonly conversationId: string;
  /** Whether a reply or a note for the team is being written. */
  readonly mode: DraftMode;
  /** Puts words where the caret is, in place of what is selected, as if they had been typed. */
  insert(text: string): void;
  /** Our own buttons, as they would stand there without the renderer. */
  builtIn(): TemplateResult;
}

/**
 * Renderers of the host, for `<crm-chat-messages>.renderers`. Each is called with plain data while the region is drawn;
 * one that throws shows the built-in look and is told once with `crm-renderer-error`.
 *
 * @example
 * panel.renderers = { messageBody: (message) => message.messageType === 'order' ? html`<my-order .order=${message.metadata}></my-order>` : undefined };
 */
export interface ChatRenderers {
  /** Inside the bubble, instead of the message's contents. */
  readonly messageBody?: (message: Message, context: MessageContext) => Rendered;
  /** The line under a group: name, time, state. */
  readonly messageMeta?: (message: Message, context: MessageContext) => Rendered;
  /** In the header, where the slot `header-actions` is empty. */
  readonly headerActions?: (conversation: Conversation | undefined, context: RendererContext) => Rendered;
  /**
   * The buttons in the bar under the reply field, instead of ours; `context.builtIn()` draws ours among them. Controls
   * that only come on top are easier put into the slot `composer-actions`.
   */
  readonly composerActions?: (conversation: Conversation | undefined, context: ComposerContext) => Rendered;
  /** While no conversation is open, where the slot `empty` is empty. */
  readonly empty?: (data: undefined, context: RendererContext) => Rendered;
}

export type RendererName = keyof ChatRenderers;

/** Draws what a host's renderer gives into a box of its own, so that whatever goes wrong in there stays in there. */
class Hosted extends Directive {
  #box?: HTMLElement | undefined;
  /** What failed is not asked again until the host gives another renderer. */
  #failed?: (() => Rendered) | unknown;

  constructor(part: PartInfo) {
    super(part);
  }

  render(
    renderer: unknown,
    draw: (() => Rendered) | undefined,
    builtIn: () => unknown,
    failed: (error: unknown) => void,
  ): unknown {
    if (!draw || this.#failed === renderer) return builtIn();
    try {
      const made = draw();
      if (made === undefined || made === null) return builtIn();
      if (!this.#box) {
        this.#box = document.createElement('div');
        this.#box.className = 'hosted';
      }
      render(made, this.#box);
      return this.#box;
    } catch (error) {
      this.#box = undefined;
      this.#failed = renderer;
      failed(error);
      return builtIn();
    }
  }
}

/** `renderer`: the host's function, to know it again; `draw`: calls it; `builtIn`: what stands there without it. */
export const hosted: (...given: Parameters<Hosted['render']>) => DirectiveResult<typeof Hosted> = directive(Hosted);
