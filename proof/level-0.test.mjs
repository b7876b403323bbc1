/** A server that only sends and receives events: nothing it may have stored is said again, and each echo finds its bubble. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openOffice } from '../src/testing/index.ts';
import { Chance } from './sim/chance.ts';

/** `SENDS=10000` is what docs/delivery.md gives the figures of. */
const SENDS = Number(process.env.SENDS ?? 1000);
const CONVERSATIONS = 20;
/** Few texts, so that most of them are said many times. */
const TEXTS = ['Yes', 'OK', 'Thank you', 'One moment please'];
/** Longer than silence takes to be consent. */
const TRUST_MS = 11_000;

for (const echoKey of [true, false])
  test(`a level 0 server that ${echoKey ? 'keeps' : 'forgets'} our key: every echo is matched, nothing is sent twice`, async (t) => {
    const chance = new Chance(1);
    const ids = [];
    const { desk, store, world } = await openOffice({
      level: 0,
      ack: 'none',
      echoKey,
      prepare: (desk) => {
        for (let at = 0; at < CONVERSATIONS; at++) ids.push(desk.addConversation().id);
      },
    });
    for (const id of ids) {
      store.setActiveConversation(id);
      await world.advance(10);
    }
    let cuts = 0;
    for (let n = 0; n < SENDS; n++) {
      const breaks = chance.happens(0.02);
      const isLost = breaks && chance.happens(0.5);
      if (isLost) desk.dropAsk('send_message');
      await store.sendMessage(chance.pick(ids), chance.pick(TEXTS));
      // Else the line breaks in the very moment in which the message would leave.
      if (isLost) await world.settle();
      else if (chance.happens(0.1)) await world.advance(chance.below(3000));
      if (!breaks) continue;
      cuts++;
      desk.goOffline();
      await world.advance(chance.below(5000));
      desk.goOnline();
      await world.advance(100);
    }
    await world.advance(TRUST_MS);
    for (const id of ids) {
      store.setActiveConversation(id);
      await world.advance(TRUST_MS);
    }
    const stored = ids.flatMap((id) => desk.messages(id)).filter(({ senderId }) => senderId === 'agent-1');
    const { length: asked } = desk.asks('send_message');
    assert.equal(stored.length, asked, 'nothing arrived twice');
    const open = [];
    for (const id of ids) {
      const { messages } = store.thread(id);
      const shown = messages.$ids.get().map((key) => messages.get(key));
      open.push(...shown.filter(({ delivery }) => delivery !== 'sent'));
      assert.deepEqual(
        shown.filter(({ delivery }) => delivery === 'sent').map(({ id, content }) => ({ id, content })),
        desk.messages(id).map(({ id, content }) => ({ id, content })),
        'every echo has its bubble',
      );
    }
    // What the line took with it when it broke is asked about, and never said again.
    assert.ok(open.every(({ delivery }) => delivery === 'uncertain'));
    assert.equal(stored.length + open.length, SENDS);
    assert.ok(open.length > 0 && open.length < cuts, `${cuts} breaks, ${open.length} in doubt`);
    t.diagnostic(
      `${SENDS} sends of ${TEXTS.length} texts, ${cuts} breaks: ${stored.length} matched, ${open.length} asked about, none sent twice`,
    );
  });
