import { expect } from '@open-wc/testing';
import { waitUntil } from '../testing/stage.js';
import type { Sink, Transport } from '../transport/index.js';
import { browserWorld } from './browser-world.js';
import { createChatStore } from './create-chat-store.js';
import { engineNow, loadEngine } from './engine-code.js';

/** A line that says it is open and counts how often it was. */
function line() {
  const told = { opened: 0, asked: [] as string[] };
  const transport: Transport = {
    open: (sink: Sink) => {
      told.opened++;
      sink.status({ state: 'open' });
    },
    request: (name) => {
      told.asked.push(name);
      return Promise.resolve({ ok: true, data: {} });
    },
    notify: () => undefined,
    close: () => undefined,
  };
  return { told, transport };
}

/** All in one moment: as soon as the code is here, it is here for everybody. */
describe('a store whose engine is on its way', () => {
  it('connects to what was wished for last, and to nothing when it was left meanwhile', async () => {
    expect(engineNow(), 'its code is here').to.equal(undefined);
    const lines = { kept: line(), replaced: line(), left: line(), disposed: line(), back: line() };
    const open = (transport: Transport) => createChatStore({ transport, world: browserWorld(), agentId: 'marta' });
    const kept = open(lines.replaced.transport);
    kept.connect(lines.kept.transport);
    const left = open(lines.left.transport);
    left.disconnectSocket();
    const disposed = open(lines.disposed.transport);
    disposed.dispose();
    const back = open(lines.disposed.transport);
    back.dispose();
    back.connect(lines.back.transport);
    kept.setActiveConversation('one');

    expect(kept.$link.get().status).to.equal('connecting');
    expect(kept.$activeId.get(), 'which one is open shows at once').to.equal('one');
    for (const store of [left, disposed]) expect(store.$link.get().status).to.equal('closed');

    await loadEngine();
    await waitUntil(() => lines.kept.told.asked.includes('load_messages'), 'the open conversation is loaded');
    await waitUntil(() => lines.back.told.opened === 1, 'connecting brings a disposed store back');
    expect(lines.kept.told.opened).to.equal(1);
    for (const { told } of [lines.replaced, lines.left, lines.disposed]) expect(told.opened).to.equal(0);
    for (const store of [kept, left, disposed, back]) store.dispose();
  });
});
