import type { DraftMode } from '../../contract/index.js';
import type { ChatStore } from '../../store/chat-store.js';

/** What the parts around the field know of it and may do with it: buttons, strips, pop-ups. */
export interface Writing {
  readonly store?: ChatStore | undefined;
  readonly conversationId: string;
  readonly mode: DraftMode;
  /** Null while the channel takes no words. */
  readonly field: HTMLTextAreaElement | null;
  /** The region under the log; pop-ups stand in it, above the box. */
  readonly region: HTMLElement | null;
  /** BCP 47; undefined means the browser's. */
  readonly locale: string | undefined;
  /** Puts words in the place of what is selected, or of what stands from `from` to `to`, as if they had been typed. */
  insert(text: string, from?: number, to?: number): void;
  /** Puts keyboard focus into the field. */
  focusComposer(): void;
  /** Sends one public event. False when a host took the act over. */
  dispatchEvent(event: Event): boolean;
  requestUpdate(): void;
}
