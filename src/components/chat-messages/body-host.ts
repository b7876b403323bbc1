import type { CSSResult, TemplateResult } from 'lit';
import type { ReadableAtom } from 'nanostores';
import type { ChannelSheet } from '../../contract/index.js';
import type { ChatStore } from '../../store/chat-store.js';
import type { Message, Outcome } from '../../store/state.js';
import type { AudioPlayer } from './audio-player.js';
import type { WordsHost } from './rich-text.js';

/** What a body needs from the row that shows it. */
export interface BodyHost extends WordsHost {
  readonly locale: string | undefined;
  readonly chat: ChatStore;
  readonly player: AudioPlayer;
  readonly markup: ChannelSheet['markup'];
  read<T>(atom: ReadableAtom<T>): T;
  /** A picture that did not load. */
  isBroken(url: string): boolean;
  broke(url: string): void;
  /** Asks for the message anew, because a link of it does not hold any more. `NOT_FOUND`: the server did not give it again. */
  reload(): Promise<Outcome>;
  /** Something in this message that can be opened and closed; remembered while the row is out of sight. */
  isOpen(what: string): boolean;
  toggle(what: string): void;
  /** Brings styles that came with code on its way. */
  adopt(styles: CSSResult): void;
  requestUpdate(): void;
  /** Does the meta line carry the button of the transcript. */
  readonly hasMeta: boolean;
  /** Shows one of the message's pictures large. */
  view(at: number, from: HTMLElement): void;
  /** The way to answer this very message; undefined where there is none. */
  readonly reply: (() => void) | undefined;
  /** The message's file is not at the server yet: how far it is (0 to 1), and the way to stop it. */
  readonly leaving: { readonly part: number; cancel(): void } | undefined;
}

/** The contents of one bubble; `wide` ones bring their own padding. */
export interface Body {
  readonly content: TemplateResult;
  readonly look?: 'img' | 'mail';
}

export type MakeBody = (message: Message, host: BodyHost) => Body;
