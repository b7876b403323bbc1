import type { ChatStore } from '../../store/chat-store.js';
import type { Gap, Message, Thread } from '../../store/state.js';
import type { AudioPlayer } from './audio-player.js';
import type { MessageActs } from './message-acts.js';
import type { ChatRenderers, RendererName } from './renderers.js';

/** The contact as rows name them. */
export interface Contact {
  readonly id: string;
  readonly name: string;
  /** First name; the whole identifier when there is no name. */
  readonly first: string;
}

/** Where a message stands in its conversation. */
export interface RowPlace {
  readonly at: number;
  readonly of: number;
}

/** What all rows of one log share. */
export interface RowFrame {
  readonly store: ChatStore;
  readonly thread: Thread;
  readonly contact: Contact;
  readonly player: AudioPlayer;
  readonly acts: MessageActs;
  /** What the agent has opened, by message and part: remembered while rows are out of sight. */
  readonly opened: Map<string, number>;
  readonly renderers: ChatRenderers | undefined;
  now(): number;
  /** Something that decides about the groups has changed. */
  regroup(): void;
  /** A message that was on its way has failed. */
  failed(message: Message): void;
  /** Loads what is missing between messages. */
  fill(gap: Gap): void;
  /** Leads to a message, by its id. */
  jump(messageId: string): void;
  rendererFailed(renderer: RendererName, error: unknown): void;
}
