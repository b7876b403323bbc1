import type { DraftMode } from '../../contract/index.js';
import type { ChatStore } from '../../store/chat-store.js';

/** What the parts around the field know of it and may do with it: buttons, strips, pop-ups. */
export interface Writing {
  readonly store?: ChatStore | undefined;
  readonly conversationId: string;
  readonly mode: DraftMode;
  /** What sends here. */
  readonly sendKey: 'enter' | 'mod-enter';
  /** The channel takes no free replies now; its reply window is closed. */
  readonly isClosed: boolean;
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
  /** The same, for the reply to the contact, also from a note. */
  writeReply(): void;
  /** Says above the field what went wrong. */
  complain(words: string): void;
  /** Files of the message that is being written. */
  readonly files: { readonly canTake: boolean; readonly takesSound: boolean; choose(): void };
  /** What opens above the field, one at a time. */
  readonly popups: { isOpen(name: PopupName): boolean; toggle(name: PopupName, opener?: HTMLElement): void };
  /** Sends one public event. False when a host took the act over. */
  dispatchEvent(event: Event): boolean;
  requestUpdate(): void;
}

export type PopupName = 'quick-replies' | 'mentions' | 'templates' | 'send-keys' | 'emoji' | 'voice';

/** Where the words begin that a list completes, and how many of them only called it: the `/`, the `@`. */
export interface Trigger {
  readonly start: number;
  readonly skip: number;
}

/** Something open. It closes itself when it is done, and says so. */
export interface Popup {
  /** The agent wrote in the field. */
  typed?(): void;
  /** True: the key, pressed in the field, was for it. */
  pressed?(event: KeyboardEvent): boolean;
  close(): void;
}

/** `closed`: to be called once, when it has gone. `opener`: gets the focus back if the field had not got it. */
export type OpenPopup = (
  writing: Writing,
  closed: () => void,
  trigger: Trigger,
  opener: HTMLElement | undefined,
) => Popup;
