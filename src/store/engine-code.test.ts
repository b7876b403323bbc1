import { expect } from '@open-wc/testing';
import { waitUntil } from '../testing/stage.js';
import type { Sink, Transport } from '../transport/index.js';
import { browserWorld } from './browser-world.js';
import { createChatStore } from './create-chat-store.js';
import { memoryVault } from './memory-vault.js';
import { loadEngine, engineNow } from './engine-code.js';

const AT = '2026-11-22T10:00:00.000Z';
const conversation = {
  id: 'one',
  prospectId: 'ana',
  platform: 'whatsapp',
  status: 'active',
  lastActivity: AT,
  unreadCount: 1,
  tags: [],
  isClientConverted: false,
  createdAt: AT,
  updatedAt: AT,
};
const message = {
  id: 'm1',
  conversationId: 'one',
  senderId: 'ana',
  senderType: 'prospect',
  content: 'Hello?',
  messageType: 'text',
  platform: 'whatsapp',
  timestamp: AT,
  status: 'delivered',
};

/** A server that acks; without a desk, because a desk brings the code along. */
function wire() {
  const asked: [name: string, payload: unknown][] = [];
  const replies: Record<string, unknown> = {
    load_conversations: { conversations: [conversation] },
    load_messages: { messages: [message] },
    load_prospects: { prospects: [] },
  };
  const transport: Transport = {
    open: (sink: Sink) => sink.status({ state: 'open' }),
    request: (name, payload) => {
      asked.push([name, payload]);
      return Promise.resolve({ ok: true, data: replies[name] ?? {} });
    },
    notify: () => undefined,
    close: () => undefined,
  };
  return { transport, asks: (name: string) => asked.filter(([one]) => one === name).map(([, payload]) => payload) };
}

describe('a store before the code of its engine is here', () => {
  // First of all: later the code is here.
  it('takes what the agent does, in order, and sends nothing that is not kept', async () => {
    expect(engineNow(), 'its code is here').to.equal(undefined);
    const { transport, asks } = wire();
    const vault = memoryVault();
    const put = vault.putRow.bind(vault);
    const kept: string[] = [];
    vault.putRow = async (row, spent) => {
      expect(asks('send_message'), 'sent before it was kept').to.have.length(kept.length);
      await put(row, spent);
      kept.push(row.key);
    };
    const store = createChatStore({ transport, vault, world: browserWorld(), agentId: 'marta' });
    store.$inbox.listen(() => undefined);
    store.setDraft('one', 'Hi Ana');
    const key = store.sendMessage('one', 'Hi Ana');
    expect(store.thread('one').messages.$ids.get(), 'shown before it was kept').to.deep.equal([]);
    expect(engineNow()).to.equal(undefined);
    const id = await key;
    expect(store.thread('one').messages.get(id)?.content).to.equal('Hi Ana');
    expect(kept).to.deep.equal([id]);
    await waitUntil(() => asks('send_message').length === 1, 'it leaves');
    expect(asks('send_message')[0]).to.include({ content: 'Hi Ana', clientMessageId: id });
    expect(store.thread('one').$draft.get(), 'the draft whose words were sent').to.equal('');
    expect((await vault.open()).drafts).to.deep.equal({});
    store.disconnectSocket();
  });

  it('begins with it at once from then on', async () => {
    await loadEngine();
    const { transport, asks } = wire();
    const store = createChatStore({ transport, world: browserWorld(), agentId: 'marta' });
    store.setActiveConversation('one');
    store.thread('one').messages.$ids.listen(() => undefined);
    await waitUntil(() => store.thread('one').$first.get() === 'end', 'the thread is here');
    store.markAsRead('one');
    await waitUntil(() => asks('mark_as_read').length === 1, 'the read mark leaves');
    store.disconnectSocket();
  });
});
