import { expect } from '@open-wc/testing';
import { deskTransport, openOffice, transcript, type Office } from '../testing/index.js';
import { TransportError } from '../transport/index.js';
import { createChatStore } from './create-chat-store.js';

/** What an agent fears of an outbox: lost, doubled, out of order, or silent. */
describe('delivery at level 2', () => {
  let office: Office;
  let id: string;

  beforeEach(async () => {
    office = await openOffice({ prepare: (desk) => void (id = desk.addConversation().id) });
    office.desk.addMessage(id, { content: 'Hi' });
    office.store.setActiveConversation(id);
    await office.world.settle();
  });

  const stored = () =>
    office.desk
      .messages(id)
      .filter(({ senderType }) => senderType === 'agent')
      .map(({ content }) => content);
  const settle = () => office.world.settle();

  it('shows the bubble only once it is kept safe', async () => {
    const letGo = office.vault.hold();
    const sending = office.store.sendMessage(id, 'One');
    await settle();
    expect(transcript(office.store, id)).to.deep.equal(['prospect: Hi (delivered)']);
    letGo();
    await sending;
    await settle();
    expect(transcript(office.store, id)).to.deep.equal(['prospect: Hi (delivered)', 'agent: One (sent)']);
    expect(office.vault.rows.size).to.equal(0);
  });

  it('keeps one key, and so one bubble, from sending to confirmed', async () => {
    office.desk.hold('send_message');
    const key = await office.store.sendMessage(id, 'One');
    await settle();
    const { messages } = office.store.thread(id);
    expect(messages.get(key)?.delivery).to.equal('sent'); // the broadcast came before the ack
    office.desk.release('send_message');
    await settle();
    expect(messages.get(key)?.id).to.equal(office.desk.messages(id).at(-1)!.id);
    expect(messages.size).to.equal(2);
  });

  it('queues while offline, says so, and sends in order when the link is back', async () => {
    office.desk.goOffline();
    await settle();
    for (const text of ['One', 'Two', 'Three']) await office.store.sendMessage(id, text);
    expect(transcript(office.store, id).slice(1)).to.deep.equal([
      'agent: One (queued)',
      'agent: Two (queued)',
      'agent: Three (queued)',
    ]);
    office.desk.goOnline();
    await settle();
    expect(stored()).to.deep.equal(['One', 'Two', 'Three']);
    expect(
      transcript(office.store, id)
        .slice(1)
        .every((line) => line.endsWith('(sent)')),
    ).to.equal(true);
  });

  it('stores a message once when its ack was lost', async () => {
    office.desk.dropAckOf('send_message');
    office.desk.dropNextEvent('new_message');
    await office.store.sendMessage(id, 'Once');
    await office.world.advance(60_000);
    expect(stored()).to.deep.equal(['Once']);
    expect(office.desk.asks('send_message')).to.have.length(2);
    expect(transcript(office.store, id).at(-1)).to.equal('agent: Once (sent)');
  });

  it('sends again when the request itself was lost', async () => {
    office.desk.dropAsk('send_message');
    await office.store.sendMessage(id, 'Again');
    await office.world.advance(60_000);
    expect(stored()).to.deep.equal(['Again']);
  });

  it('survives closing the page before anything was sent', async () => {
    office.desk.goOffline();
    await settle();
    await office.store.sendMessage(id, 'Kept');
    office.desk.goOnline();
    office.desk.goOffline();
    const store = await office.reopen();
    store.setActiveConversation(id);
    await settle();
    expect(transcript(store, id).at(-1)).to.equal('agent: Kept (queued)');
    office.desk.goOnline();
    await settle();
    expect(stored()).to.deep.equal(['Kept']);
  });

  it('says why a message was refused for good, and lets the next one go', async () => {
    office.desk.failNext('send_message', { code: 'FORBIDDEN', message: 'Not your conversation any more.' });
    const key = await office.store.sendMessage(id, 'No');
    await office.store.sendMessage(id, 'Yes');
    await settle();
    const { messages } = office.store.thread(id);
    expect(messages.get(key)?.failure?.message).to.equal('Not your conversation any more.');
    expect(stored()).to.deep.equal(['Yes']);
    expect(transcript(office.store, id).slice(1)).to.deep.equal(['agent: No (failed)', 'agent: Yes (sent)']);
  });

  it('retries a failed message under the same key, and takes one back', async () => {
    office.desk.failNext('send_message', 'FORBIDDEN');
    const key = await office.store.sendMessage(id, 'Later');
    await settle();
    office.store.retryMessage(id, key);
    await settle();
    expect(stored()).to.deep.equal(['Later']);
    expect(office.store.thread(id).messages.get(key)?.delivery).to.equal('sent');

    office.desk.failNext('send_message', 'FORBIDDEN');
    const other = await office.store.sendMessage(id, 'Never');
    await settle();
    office.store.deleteMessage(id, other);
    await settle();
    expect(transcript(office.store, id)).to.have.length(2);
    expect(office.vault.rows.size).to.equal(0);
  });

  it('sends a message that the channel refused as a new attempt', async () => {
    const key = await office.store.sendMessage(id, 'Refused by the channel');
    await settle();
    office.desk.setStatus(office.desk.messages(id).at(-1)!.id, 'failed', {
      code: 'PLATFORM_REJECTED',
      message: 'Number unknown',
    });
    await settle();
    expect(office.store.thread(id).messages.get(key)?.delivery).to.equal('failed');
    office.store.retryMessage(id, key);
    await settle();
    expect(office.desk.asks('send_message').at(-1)).to.include({ attempt: 1, clientMessageId: key });
    expect(office.store.thread(id).messages.size).to.equal(2);
  });

  it('waits as long as the server asks before it tries again', async () => {
    office.desk.failNext('send_message', { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 20_000 });
    await office.store.sendMessage(id, 'Slow');
    await office.world.advance(19_000);
    expect(stored()).to.deep.equal([]);
    await office.world.advance(2_000);
    expect(stored()).to.deep.equal(['Slow']);
  });

  it('warns when nothing can be kept, and sends all the same', async () => {
    office.vault.failing = true;
    await office.store.sendMessage(id, 'Unsafe');
    await settle();
    expect(office.store.$storage.get()).to.equal('memory');
    expect(stored()).to.deep.equal(['Unsafe']);
  });

  it('keeps the draft through a reload, and clears it when the message is safe', async () => {
    office.store.setDraft(id, 'Half a sent');
    await office.world.advance(1000);
    const store = await office.reopen();
    expect(store.thread(id).$draft.get()).to.equal('Half a sent');
    await store.sendMessage(id, 'Something a host sends');
    expect(store.thread(id).$draft.get(), 'not the words that were sent').to.equal('Half a sent');
    store.setDraft(id, 'Half a sentence');
    await store.sendMessage(id, 'Half a sentence');
    await office.world.advance(1000);
    expect(store.thread(id).$draft.get()).to.equal('');
    expect(office.vault.drafts.size).to.equal(0);
  });

  it('keeps the last words of a draft without waiting for a pause', async () => {
    office.store.setDraft(id, 'Half a wo');
    await settle();
    expect(Object.fromEntries(office.vault.drafts)).to.deep.equal({ [id]: 'Half a wo' });
  });

  it('shows the state in the list row as in the bubble', async () => {
    office.desk.goOffline();
    await settle();
    await office.store.sendMessage(id, 'Row');
    const last = () => office.store.conversations.get(id)!.lastMessage!;
    expect(last()).to.include({ content: 'Row', delivery: 'queued' });
    office.desk.goOnline();
    await settle();
    expect(last()).to.include({ content: 'Row', status: 'sent' });
    expect(last()).not.to.have.property('delivery');
  });

  it('keeps what waits when the thread is loaded anew, and when the conversation goes and comes back', async () => {
    office.desk.goOffline();
    await settle();
    for (const text of ['One', 'Two']) await office.store.sendMessage(id, text);
    office.desk.customerSays(id, 'Meanwhile');
    office.desk.forgetChanges(id);
    office.desk.goOnline();
    await office.world.advance(1000);
    expect(stored()).to.deep.equal(['One', 'Two']);

    office.desk.hold('send_message');
    await office.store.sendMessage(id, 'Three');
    await office.store.sendMessage(id, 'Four');
    office.desk.emitRaw('conversation_removed', { id });
    await settle();
    office.desk.release('send_message');
    await settle();
    expect(stored()).to.deep.equal(['One', 'Two', 'Three', 'Four']);
    expect(office.vault.rows.size).to.equal(0);
  });

  it('sends one at a time in a conversation, in the order of writing', async () => {
    office.desk.hold('send_message');
    for (const text of ['One', 'Two', 'Three']) await office.store.sendMessage(id, text);
    await settle();
    expect(office.desk.asks('send_message')).to.have.length(1);
    office.desk.release('send_message');
    await settle();
    expect(stored()).to.deep.equal(['One', 'Two', 'Three']);
  });

  it('puts new words behind those that an earlier page left', async () => {
    office.desk.goOffline();
    await settle();
    await office.store.sendMessage(id, 'From before');
    await office.store.sendMessage(id, 'And this');
    await office.reopen();
    await office.store.sendMessage(id, 'From now');
    office.desk.goOnline();
    await office.world.advance(60_000);
    expect(stored()).to.deep.equal(['From before', 'And this', 'From now']);
  });

  it('leaves alone what is on its way, what is there, and what it does not keep', async () => {
    const { desk, store, world } = office;
    desk.hold('send_message');
    const key = await store.sendMessage(id, 'On its way');
    await world.settle();
    store.deleteMessage(id, key);
    store.retryMessage(id, key);
    desk.release('send_message');
    await world.advance(1000);
    store.deleteMessage(id, key);
    store.retryMessage(id, key);
    store.deleteMessage(id, 'nothing of that name');
    store.retryMessage(id, 'nothing of that name');
    await world.advance(1000);
    expect(transcript(store, id).at(-1)).to.equal('agent: On its way (sent)');
    expect(desk.asks('send_message')).to.have.length(1);
    expect(store.attachedFile(key)).to.equal(undefined);
  });

  it('does not send after a day what nobody asked for again', async () => {
    office.desk.goOffline();
    await settle();
    const key = await office.store.sendMessage(id, 'Too late');
    await office.world.advance(25 * 3_600_000);
    office.desk.goOnline();
    await office.world.advance(1000);
    expect(stored()).to.deep.equal([]);
    expect(office.store.thread(id).messages.get(key)).to.include({ delivery: 'failed' });
  });

  it('gives up a large message that breaks the connection each time, and lets the next one go', async () => {
    for (let cut = 0; cut < 3; cut++) office.desk.dropAsk('send_message');
    const key = await office.store.sendMessage(id, 'x'.repeat(60_000));
    await office.store.sendMessage(id, 'Small');
    for (let cut = 0; cut < 3; cut++) {
      await settle();
      office.desk.goOffline(); // the server cuts whoever sends so much
      await settle();
      office.desk.goOnline();
      await settle();
    }
    expect(office.store.thread(id).messages.get(key)?.failure?.code).to.equal('TOO_LARGE');
    expect(stored()).to.deep.equal(['Small']);
  });

  it('leaves nothing of the last agent behind, even of what was just being sent', async () => {
    const { desk, world, vault } = office;
    const inner = deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) });
    let answerLate: () => void = () => undefined;
    // A transport of a host's own may answer after it was closed.
    const late = new Promise<never>((_, reject) => (answerLate = () => reject(new TransportError('timeout'))));
    const store = createChatStore({
      world,
      vault,
      transport: {
        open: (sink) => inner.open(sink),
        request: (name, payload, ms) => (name === 'send_message' ? late : inner.request(name, payload, ms)),
        notify: () => undefined,
        close: () => inner.close(),
      },
    });
    await world.advance(1);
    await store.sendMessage(id, 'Secret');
    await settle();
    await store.reset();
    answerLate();
    await world.advance(60_000);
    expect(store.thread(id).messages.size).to.equal(0);
    expect(vault.rows.size).to.equal(0);
  });
});
