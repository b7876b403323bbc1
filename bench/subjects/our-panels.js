/** The real panels of the built library on the real store, with a server in the page behind the real transport interface. */
import 'crm-chat-elements/chat-messages';
import 'crm-chat-elements/conversation-list';
import { createChatStore } from 'crm-chat-elements/store';
import { Level2Server } from '../pages/level2-server.js';
import { conversationsOf, prospectsOf } from '../pages/workload.js';

/** Slowness put in on purpose, by `?plant=`: a metric that cannot be made to miss measures nothing. */
export const plant = new URLSearchParams(location.search).get('plant') ?? '';

export function burn(ms) {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

export class OurPanels {
  constructor(conversations = 1, messageBudget = Infinity) {
    this.server = new Level2Server();
    this.server.conversations = conversationsOf(conversations);
    this.server.prospects = prospectsOf(Math.min(conversations, 500));
    this.store = createChatStore({ transport: this.server.transport, agentId: 'agent-1', messageBudget });
  }

  showMessages(box) {
    this.panel = document.createElement('crm-chat-messages');
    this.panel.store = this.store;
    this.panel.style.cssText = 'display:block;block-size:100%';
    box.append(this.panel);
  }

  showList(box) {
    this.list = document.createElement('crm-conversation-list');
    this.list.store = this.store;
    this.list.style.cssText = 'display:block;block-size:100%';
    box.append(this.list);
  }

  /** Makes a conversation's messages known to the store, without showing them. `first`: how many of the newest. */
  async know(conversationId, messages, first = messages.length) {
    await this.#online();
    this.server.histories.set(conversationId, { messages: [...messages], first });
    if (!this.server.conversations.some(({ id }) => id === conversationId)) {
      const [like] = this.server.conversations;
      const newest = messages.at(-1);
      const conversation = {
        ...like,
        id: conversationId,
        lastMessage: newest,
        lastActivity: newest.timestamp,
        unreadCount: 0,
        readSeq: newest.seq,
        lastSeq: newest.seq,
        rev: newest.rev,
      };
      this.server.conversations.push(conversation);
      this.server.tell('conversation_updated', conversation);
    }
    const thread = this.store.thread(conversationId);
    const stop = thread.messages.$ids.listen(() => {});
    while (thread.messages.size < first) await new Promise((resolve) => setTimeout(resolve, 5));
    stop();
  }

  /** The store's engine comes beside the first paint: nothing can be told before it is here and connected. */
  async #online() {
    while (this.store.$link.get().status !== 'online') await new Promise((resolve) => setTimeout(resolve, 5));
  }

  get scroller() {
    return this.panel.shadowRoot.querySelector('[role=log]');
  }

  get rows() {
    return [...this.panel.shadowRoot.querySelectorAll('crm-message-row')];
  }
}
