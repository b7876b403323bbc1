import { msg } from '@lit/localize';
import type { ChatStore } from '../../store/chat-store.js';
import type { Message } from '../../store/state.js';
import type { AudioPlayer } from './audio-player.js';
import { MessageActs } from './message-acts.js';
import type { ChatRenderers, RendererName } from './renderers.js';
import type { Contact, RowFrame } from './row-frame.js';

/** What the rows of a log need from it. */
export interface FrameHost {
  readonly store: ChatStore;
  readonly conversationId: string;
  readonly contact: Contact;
  readonly renderers: ChatRenderers | undefined;
  readonly player: AudioPlayer;
  readonly opened: Map<string, number>;
  /** Where what is asked for is heard, and where it is. */
  readonly element: HTMLElement;
  /** Keyboard focus is on something in there. */
  hasFocus(within: string): boolean;
  focusLog(): void;
  compose(): void;
  regroup(): void;
  failed(message: Message): void;
  rendererFailed(renderer: RendererName, error: unknown): void;
}

/** What all rows of a conversation share. */
export function frameOf(host: FrameHost): RowFrame {
  const { store, conversationId, contact, renderers, player, opened } = host;
  return {
    store,
    thread: store.thread(conversationId),
    contact,
    player,
    opened,
    renderers,
    now: () => Date.now(),
    acts: actsOf(host),
    jump: (messageId) => store.showMessage(conversationId, messageId),
    fill: (gap) => store.fillGap(conversationId, gap),
    rendererFailed: (renderer, error) => host.rendererFailed(renderer, error),
    regroup: () => host.regroup(),
    failed: (message) => host.failed(message),
  };
}

function actsOf(host: FrameHost): MessageActs {
  const { store, conversationId, contact, element } = host;
  return new MessageActs({
    store,
    conversationId,
    root: element.getRootNode() as ShadowRoot | Document,
    emit: (event) => element.dispatchEvent(event),
    keepFocus: (within) => {
      if (host.hasFocus(within)) host.focusLog();
    },
    compose: () => host.compose(),
    focusLog: () => host.focusLog(),
    nameOf: (message) => (message.senderType === 'prospect' ? contact.name : message.senderName || msg('Your team')),
  });
}
