import { expect } from '@open-wc/testing';
import { transcript } from '../testing/index.js';
import { openPages, vaultWith, door } from './stage.js';

/** Pages hear of each other late, twice, or not at all: nothing is shown or sent for it that was not written. */
describe('pages that hear late of each other', () => {
  it('find that another page was faster than their own storage, and show the message once', async () => {
    const { id, world, vault, open, stored } = await openPages();
    const first = await open();
    const gate = door();
    const slow = vaultWith(vault, {
      putRow: async (...written) => {
        await vault.putRow(...written);
        await gate.through();
      },
    });
    const second = await open(slow);
    gate.close();
    const sending = second.store.sendMessage(id, 'Kept, and not handed over');
    await world.advance(3000);
    expect(stored()).to.deep.equal(['Kept, and not handed over']);
    gate.open();
    await sending;
    await world.advance(100);
    for (const { store } of [first, second])
      expect(transcript(store, id)).to.deep.equal([
        'prospect: Hi (delivered)',
        'agent: Kept, and not handed over (sent)',
      ]);
    expect(vault.rows.size).to.equal(0);
  });

  it('take nothing back of what the server has said, whatever another page or a broken link says', async () => {
    const { desk, id, world, vault, open, stranger, stored } = await openPages();
    const [first, second] = [await open(), await open()];
    const expectSent = () => {
      for (const { store } of [first, second])
        expect(transcript(store, id).at(-1)).to.equal('agent: Stored, not answered (sent)');
    };
    desk.hold('send_message');
    desk.dropNextEvent('new_message');
    const key = await first.store.sendMessage(id, 'Stored, not answered');
    await world.settle();
    const row = vault.rows.get(key)!;
    world.wake('visible'); // both learn from the digest what they missed; the answer is still on its way
    await world.advance(10);
    expectSent();
    const tabs = stranger();
    tabs.tell('row', { row });
    tabs.tell('shown', { key, conversationId: id, delivery: 'queued' });
    await world.settle();
    expectSent();
    desk.goOffline();
    await world.settle();
    expectSent();
    desk.release('send_message');
    desk.goOnline();
    await world.advance(5000);
    expectSent();
    expect(stored()).to.deep.equal(['Stored, not answered']);
    expect(vault.rows.size).to.equal(0);
  });

  it('send nothing again that the server has, and miss nothing that was never here', async () => {
    const { desk, id, world, vault, open, stranger } = await openPages();
    const { store } = await open();
    desk.goOffline();
    const key = await store.sendMessage(id, 'Once');
    const row = vault.rows.get(key)!;
    desk.goOnline();
    await world.advance(100);
    const tabs = stranger();
    tabs.tell('row', { row });
    tabs.tell('removed', { key: 'nothing of that name', order: 1 });
    await world.advance(5000);
    expect(transcript(store, id)).to.deep.equal(['prospect: Hi (delivered)', 'agent: Once (sent)']);
    expect(desk.asks('send_message')).to.have.length(1);
    // After a thousand others nobody remembers it: then the storage is asked, and does not have it.
    for (let at = 0; at < 1000; at++) tabs.tell('settled', { key: `other ${at}`, order: 1 });
    tabs.tell('row', { row });
    await world.advance(5000);
    expect(transcript(store, id)).to.deep.equal(['prospect: Hi (delivered)', 'agent: Once (sent)']);
    expect(desk.asks('send_message')).to.have.length(1);
  });

  it('send by themselves what their own storage did not take, also while another page leads', async () => {
    const { id, world, vault, open, stored } = await openPages();
    await open();
    const { store } = await open(vaultWith(vault, { putRow: () => Promise.reject(new Error('full')) }));
    await store.sendMessage(id, 'From memory');
    await world.advance(100);
    expect(stored()).to.deep.equal(['From memory']);
    expect(transcript(store, id).at(-1)).to.equal('agent: From memory (sent)');
  });
});

describe('two pages that mark the same as read', () => {
  const setUp = async () => {
    const pages = await openPages();
    const [first, second] = [await pages.open(), await pages.open()];
    pages.desk.hold('mark_as_read');
    /** The second one marks while the first one's question is on its way, and knows nothing of it. */
    const markBoth = async () => {
      const { id, world } = pages;
      second.page.asleep = true;
      first.store.markAsRead(id);
      await world.advance(10);
      second.page.asleep = false;
      second.store.markAsRead(id);
      await world.advance(10);
      pages.desk.release('mark_as_read');
      await world.advance(1000);
    };
    return { ...pages, first, second, markBoth };
  };

  it('are right when the first question is refused and the second is not', async () => {
    const { desk, id, vault, first, second, markBoth } = await setUp();
    desk.failNext('mark_as_read', { code: 'NOT_FOUND', message: 'Not yours for a moment.' });
    await markBoth();
    expect(desk.conversation(id)).to.include({ unreadCount: 0, readSeq: 1 });
    for (const { store } of [first, second]) expect(store.conversations.get(id)).to.include({ unreadCount: 0 });
    expect(vault.rows.size).to.equal(0);
  });

  it('are right when the first question is answered after the second was written', async () => {
    const { desk, id, vault, first, second, markBoth } = await setUp();
    desk.dropNextEvent('conversation_updated');
    await markBoth();
    expect(desk.asks('mark_as_read')).to.have.length(2);
    for (const { store } of [first, second]) expect(store.conversations.get(id)).to.include({ unreadCount: 0 });
    expect(vault.rows.size).to.equal(0);
  });

  it('keep what the one marks that has seen more', async () => {
    const { desk, id, world, vault, open } = await openPages();
    const [first, second] = [await open(), await open()];
    second.store.disconnectSocket();
    desk.customerSays(id, 'More');
    await world.advance(10);
    desk.goOffline();
    await world.settle();
    second.page.asleep = true;
    first.store.markAsRead(id);
    await world.advance(10);
    second.page.asleep = false;
    second.store.markAsRead(id);
    await world.advance(10);
    expect(vault.rows.size, 'the one that has seen less makes the other not needless').to.equal(2);
    desk.goOnline();
    await world.advance(2000);
    expect(desk.conversation(id)).to.include({ unreadCount: 0, readSeq: 2 });
    expect(vault.rows.size).to.equal(0);
  });
});

describe('pages in front of a server that acknowledges nothing', () => {
  it('all show a message as sent when its silence is taken for consent', async () => {
    const { desk, id, world, open } = await openPages({ level: 0, ack: 'none' });
    const [first, second] = [await open(), await open()];
    desk.dropNextEvent('new_message');
    desk.dropNextEvent('conversation_updated');
    await first.store.sendMessage(id, 'Taken for stored');
    await world.advance(9000);
    expect(transcript(second.store, id).at(-1)).to.equal('agent: Taken for stored (sending)');
    await world.advance(2000);
    for (const { store } of [first, second])
      expect(transcript(store, id).at(-1)).to.equal('agent: Taken for stored (sent)');
  });

  it('say that a message is in doubt when the page that sent it died, and do not repeat it', async () => {
    const { desk, id, world, vault, open } = await openPages({ level: 0, ack: 'none' });
    const gate = door();
    const first = await open(
      vaultWith(vault, { changeRow: async (...all) => (await gate.through(), vault.changeRow(...all)) }),
    );
    const second = await open();
    desk.dropNextEvent('new_message');
    desk.dropNextEvent('conversation_updated');
    await first.store.sendMessage(id, 'Who knows');
    await world.advance(1000);
    gate.close(); // a page that is dead writes nothing any more
    first.die();
    await world.advance(60_000);
    expect(transcript(second.store, id).at(-1)).to.equal('agent: Who knows (uncertain)');
    expect(desk.asks('send_message')).to.have.length(1);
  });

  it('send again once what was not found, where the host wants it, however many pages look for it', async () => {
    const { desk, id, world, vault, open, stored } = await openPages({
      level: 0,
      ack: 'none',
      l0AutoRetry: 'ifAbsent',
    });
    await open();
    const second = await open();
    desk.dropAsk('send_message');
    await second.store.sendMessage(id, 'Lost once');
    await world.advance(1000);
    desk.goOffline();
    await world.settle();
    await open(); // it knows of the message as one that is in doubt, as the page does that sent it
    desk.goOnline();
    await world.advance(30_000);
    expect(stored()).to.deep.equal(['Lost once']);
    expect(desk.asks('send_message')).to.have.length(1);
    expect(vault.rows.size).to.equal(0);
  });
});
