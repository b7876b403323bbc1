import { expect } from '@open-wc/testing';
import * as v from 'valibot';
import { clientEvents, serverEvents, type ClientEventName } from '../contract/index.js';
import { readAnswer, type LinkStatus } from '../transport/index.js';
import {
  createDesk,
  DEMO_AGENT,
  demoDesk,
  deskTransport,
  inspectableVault,
  testWorld,
  type AckStyle,
  type Desk,
  type DeskOptions,
} from './index.js';

/** One browser at the desk: what it heard, and a way to ask. */
function visitor(desk: Desk, agentId = 'agent-1', world = testWorld()) {
  const events: { name: string; payload: Record<string, unknown> }[] = [];
  const states: LinkStatus['state'][] = [];
  const transport = deskTransport(desk, { agentId, after: (ms, run) => world.after(ms, run) });
  transport.open({
    event: (name, payload) => events.push({ name, payload: payload as Record<string, unknown> }),
    status: ({ state }) => states.push(state),
  });
  const ask = async (name: string, payload?: unknown): Promise<Record<string, unknown>> => {
    await world.settle();
    const answer = transport.request(name, payload, 8000).then(
      (raw) => raw as Record<string, unknown>,
      (error: Error) => ({ failed: error.message }),
    );
    await world.settle();
    await world.advance(8000);
    return answer;
  };
  return { transport, world, events, states, ask };
}

const data = (answer: unknown) => (answer as { data: Record<string, never> }).data;
const seedSend = { content: 'Hi', messageType: 'text', senderType: 'agent', status: 'sent' };

describe('Desk: what it says fits the contract', () => {
  it('answers every ask of the demo inbox in the shape of its schema, and tells only events of theirs', async () => {
    const desk = demoDesk({ now: Date.UTC(2026, 10, 22, 10, 32) });
    const { ask, events } = visitor(desk, DEMO_AGENT);
    const asks: [ClientEventName, unknown][] = [
      ['load_conversations', undefined],
      ['load_prospects', {}],
      ['load_clients', {}],
      ['load_messages', { conversationId: 'camila' }],
      ['send_message', { conversationId: 'camila', content: 'Hi', messageType: 'text', clientMessageId: 'k1' }],
      ['mark_as_read', { conversationId: 'camila' }],
      [
        'convert_prospect',
        {
          prospectId: 'contact-camila',
          clientData: { firstName: 'Camila', lastName: 'F', email: '', phone: '' },
          opId: 'o',
        },
      ],
      ['add_client_note', { clientId: 'client-amelie', content: 'Called' }],
      ['update_chat_settings', { conversationId: 'camila', botEnabled: true }],
      ['load_agents', {}],
      ['update_client', { clientId: 'client-amelie', patch: { company: 'New' } }],
    ];
    for (const [name, payload] of asks) {
      const answer = await ask(name, payload);
      expect(answer.ok, name).to.equal(true);
      const checked = v.safeParse(clientEvents[name].reply, answer.data);
      expect(
        checked.issues?.map((issue) => v.getDotPath(issue)),
        name,
      ).to.equal(undefined);
    }
    desk.customerTypes('camila');
    desk.setStatus('camila-1', 'failed', { code: 'PLATFORM_REJECTED', message: 'No such number' });
    await visitor(desk).world.settle();
    expect(events.map(({ name }) => name)).to.include.members(['new_message', 'typing', 'prospect_updated']);
    for (const { name, payload } of events) {
      const checked = v.safeParse(serverEvents[name as keyof typeof serverEvents], payload);
      expect(checked.success, name).to.equal(true);
    }
  });

  it('numbers every change of a conversation once, without holes', async () => {
    const desk = createDesk();
    const { id } = desk.addConversation();
    const { ask, events, world } = visitor(desk);
    await world.settle();
    desk.customerSays(id, 'one');
    await ask('send_message', { ...seedSend, conversationId: id, clientMessageId: 'k' });
    await ask('mark_as_read', { conversationId: id });
    desk.assign(id, 'agent-2');
    desk.setStatus('message-2', 'read');
    await world.settle();
    const revs = events.map(({ payload }) => (payload._sync as { r: number }).r);
    expect(revs).to.deep.equal([1, 2, 3, 4, 5]);
    expect(events.map(({ name }) => name).join(' ')).to.equal(
      'new_message new_message conversation_updated conversation_updated new_message',
    );
  });

  it('tells what was missed: since a head, and since a revision', async () => {
    const desk = createDesk();
    const first = desk.addConversation();
    desk.addConversation();
    const { ask } = visitor(desk);
    const { epoch, head } = (await ask('load_conversations')).sync as { epoch: string; head: number };
    desk.customerSays(first.id, 'late');
    const changed = data(await ask('load_conversations', { since: { epoch, head } })).conversations as { id: string }[];
    expect(changed.map(({ id }) => id)).to.deep.equal([first.id]);
    expect(data(await ask('load_messages', { conversationId: first.id, sinceRev: 0 })).messages).to.have.length(1);
    desk.forgetChanges(first.id);
    expect(data(await ask('load_messages', { conversationId: first.id, sinceRev: 0 })).reset).to.equal(true);
    desk.restart();
    expect(data(await ask('load_conversations', { since: { epoch, head } })).reset).to.equal(true);
  });

  it('pages history without gaps or repeats', async () => {
    const desk = createDesk();
    const { id } = desk.addConversation();
    for (let n = 0; n < 7; n++) desk.addMessage(id);
    const { ask } = visitor(desk);
    const seqs = (answer: unknown) => (data(answer).messages as { seq: number }[]).map(({ seq }) => seq);
    expect(seqs(await ask('load_messages', { conversationId: id, limit: 3 }))).to.deep.equal([5, 6, 7]);
    expect(seqs(await ask('load_messages', { conversationId: id, limit: 3, before: 5 }))).to.deep.equal([2, 3, 4]);
    const last = await ask('load_messages', { conversationId: id, limit: 3, before: 2 });
    expect(seqs(last)).to.deep.equal([1]);
    expect(data(last).hasMore).to.equal(false);
  });
});

describe('Desk: one key, one message', () => {
  it('answers a repeated send with the stored message and tells nobody again', async () => {
    const desk = createDesk();
    const { id } = desk.addConversation();
    const { ask, events } = visitor(desk);
    const payload = { ...seedSend, conversationId: id, clientMessageId: 'k' };
    desk.dropAckOf('send_message');
    expect(await ask('send_message', payload)).to.deep.equal({ failed: 'timeout' });
    expect(data(await ask('send_message', payload)).duplicate).to.equal(true);
    expect(desk.messages(id)).to.have.length(1);
    expect(events).to.have.length(1);
    const other = await ask('send_message', { ...payload, content: 'Other' });
    expect(other).to.have.nested.property('error.code', 'CONFLICT');
  });
});

describe('Desk: it misbehaves on demand', () => {
  it('refuses, holds, loses and goes away', async () => {
    const desk = createDesk();
    const { id } = desk.addConversation();
    const { ask, events, states, transport, world } = visitor(desk);
    await world.settle();
    desk.failNext('mark_as_read', 'FORBIDDEN');
    expect(await ask('mark_as_read', { conversationId: id })).to.have.nested.property('error.code', 'FORBIDDEN');

    desk.hold('load_agents');
    let answered = false;
    void transport.request('load_agents', {}, 8000).then(() => (answered = true));
    await world.settle();
    expect(answered).to.equal(false);
    desk.release('load_agents');
    await world.settle();
    expect(answered).to.equal(true);

    desk.dropNextEvent();
    desk.customerSays(id, 'lost');
    desk.customerSays(id, 'heard');
    await world.settle();
    expect(events.map(({ payload }) => payload.content)).to.deep.equal(['heard']);

    const underWay = transport.request('load_agents', {}, 8000).catch((error: Error) => error.message);
    desk.goOffline();
    expect(await underWay).to.equal('timeout');
    const refused = transport.request('load_agents', {}, 8000).catch((error: Error) => error.message);
    expect(await refused).to.equal('offline');
    desk.goOnline();
    await world.settle();
    desk.refuse('TOKEN_EXPIRED', 'Expired');
    expect(states).to.deep.equal(['connecting', 'open', 'down', 'open', 'refused']);
  });

  it('says no to a payload that does not fit, and changes nothing', async () => {
    const desk = createDesk();
    const { id } = desk.addConversation();
    const answer = await visitor(desk).ask('send_message', { conversationId: id, content: 7, messageType: 'text' });
    expect(answer).to.have.nested.property('error.code', 'BAD_PAYLOAD');
    expect(answer).to.have.nested.property('error.field', 'content');
    expect(desk.messages(id)).to.have.length(0);
  });
});

describe('Desk: older servers', () => {
  const styles: AckStyle[] = ['ours', 'success', 'error-field', 'bare', 'wrapped'];
  for (const ack of styles) {
    it(`level 1, ${ack}: the list can be read, and no counter gives it away`, async () => {
      const desk = createDesk({ level: 1, ack });
      const { id } = desk.addConversation();
      desk.addMessage(id);
      const raw = await visitor(desk).ask('load_messages', { conversationId: id });
      const answer = readAnswer(raw);
      expect(answer).to.include({ ok: true }).and.not.to.have.property('sync');
      expect(JSON.stringify(raw))
        .to.include('"content":"Hello"')
        .and.not.to.match(/"(seq|rev|lastSeq|readSeq|_sync)"/);
    });
  }

  const silent: [DeskOptions, string][] = [
    [{ level: 1, ack: 'none' }, 'load_messages'],
    [{ level: 0 }, 'load_messages'],
    [{ level: 0, ack: 'event' }, 'messages'],
  ];
  for (const [options, name] of silent) {
    it(`${JSON.stringify(options)}: lists come as the event "${name}"`, async () => {
      const desk = createDesk(options);
      const { id } = desk.addConversation();
      desk.addMessage(id);
      const { ask, events } = visitor(desk);
      const answer = await ask('load_messages', { conversationId: id });
      expect(answer).to.deep.equal(options.level === 0 ? { failed: 'timeout' } : undefined);
      expect(events[0]).to.have.property('name', name);
      expect(events[0]?.payload).to.have.nested.property('messages[0].content', 'Hello');
    });
  }

  it('echoes a send with an id of its own, moves the conversation, and knows no extension', async () => {
    for (const echoKey of [true, false]) {
      const desk = createDesk({ level: 0, echoKey });
      const { id } = desk.addConversation();
      const { ask, events } = visitor(desk);
      await ask('send_message', { ...seedSend, conversationId: id, id: 'k', metadata: { clientMessageId: 'k' } });
      await ask('view_conversation', { conversationId: id });
      expect(events.map(({ name }) => name)).to.deep.equal(['new_message', 'conversation_updated']);
      const echo = events[0]?.payload as { id: string; metadata?: { clientMessageId?: string } };
      expect(echo.id).to.not.equal('k');
      expect(echo.metadata?.clientMessageId).to.equal(echoKey ? 'k' : undefined);
    }
  });
});

describe('Test world', () => {
  it('runs timers at their time and lets everything settle in between', async () => {
    const world = testWorld({ now: 0 });
    const heard: string[] = [];
    world.after(20, () => heard.push(`b${world.now()}`));
    world.after(10, () => {
      heard.push(`a${world.now()}`);
      void Promise.resolve().then(() => world.after(5, () => heard.push(`c${world.now()}`)));
    });
    const cancel = world.after(12, () => heard.push('never'));
    cancel();
    await world.advance(20);
    expect(heard).to.deep.equal(['a10', 'c15', 'b20']);
  });

  it('repeats its chance, and its keys sort by time', () => {
    const [one, two] = [testWorld({ seed: 7 }), testWorld({ seed: 7 })];
    const keys = [one.uuid(), one.uuid()];
    expect(keys).to.deep.equal([two.uuid(), two.uuid()]);
    one.jump(1);
    keys.push(one.uuid());
    expect([...keys].sort()).to.deep.equal(keys);
    expect(keys[0]).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('keeps what was written until the next page opens the vault', async () => {
    const vault = inspectableVault();
    await vault.putDraft('c', 'half a sen');
    vault.failing = true;
    const refused = await vault.putDraft('c', 'lost').then(
      () => false,
      () => true,
    );
    expect(refused).to.equal(true);
    expect(await vault.open()).to.deep.equal({ durable: true, outbox: [], drafts: { c: 'half a sen' } });
  });
});
