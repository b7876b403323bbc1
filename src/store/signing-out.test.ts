import { expect } from '@open-wc/testing';
import { createDesk, deskTransport, testWorld } from '../testing/index.js';
import { createChatStore } from './create-chat-store.js';

describe('signing out', () => {
  it('forgets who was signed in, so that nothing of theirs passes for the next agent’s', async () => {
    const [desk, world] = [createDesk(), testWorld()];
    const line = (agentId: string) => deskTransport(desk, { agentId, after: (ms, run) => world.after(ms, run) });
    const store = createChatStore({ world, transport: line('agent-1') });
    await world.advance(10);
    expect(store.$me.get()).to.equal('agent-1');
    await store.reset();
    expect(store.$me.get()).to.equal(undefined);
    store.connect(line('agent-2'));
    expect(store.$me.get(), 'nobody has said so yet').to.equal(undefined);
    await world.advance(10);
    expect(store.$me.get()).to.equal('agent-2');
  });

  it('leaves what the host has said to the next connection, where the server tells nothing', async () => {
    const [desk, world] = [createDesk({ level: 1 }), testWorld()];
    const line = () => deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) });
    const store = createChatStore({ world, transport: line(), agentId: 'agent-1' });
    await world.advance(10);
    await store.reset();
    expect(store.$me.get()).to.equal(undefined);
    store.connect(line());
    expect(store.$me.get()).to.equal('agent-1');
  });
});
