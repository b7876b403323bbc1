/**
 * Says wrong things, to the store and to the servers, and looks: nothing is thrown that nobody catches, what does not fit
 * its schema changes nothing, the next good thing works, and `Object.prototype` is as it was.
 */
import * as v from 'valibot';
import { clientEvents, serverEvents, type ClientEventName, type ServerEventName } from '../../src/contract/index.js';
import { readAnswer } from '../../src/transport/read-answer.js';
import { createDesk } from '../../src/testing/desk.js';
import { parseAsk } from '../../server/src/realtime/parse.js';
import { Refusal } from '../../server/src/refusal.js';
import { Chance } from '../sim/chance.js';
import { FuzzStage, goodMessages } from './stage.js';
import { generate, spoil } from './generate.js';

export interface FuzzReport {
  cases: number;
  /** Payloads that did not fit their schema. */
  bad: number;
  byTarget: Record<string, number>;
  failed: { seed: number; target: string; words: string; payload: string } | undefined;
}

const SERVER_EVENTS = Object.keys(serverEvents) as ServerEventName[];
const CLIENT_EVENTS = Object.keys(clientEvents) as ClientEventName[];
/** Asks that the store makes of itself when told to, and how to make it ask. */
const ACKS: Readonly<Partial<Record<ClientEventName, (stage: FuzzStage) => unknown>>> = {
  load_conversations: ({ sink }) => sink.status({ state: 'open' }),
  load_messages: ({ store }) => store.loadThread('c2'),
  send_message: ({ store }) => store.sendMessage('c1', 'hello'),
  mark_as_read: ({ store }) => store.markAsRead('c1'),
  convert_prospect: ({ store }) =>
    store.convertProspectToClient('p1', { firstName: 'A', lastName: '', email: '', phone: '' }),
  add_client_note: ({ store }) => store.addClientNote('k1', 'note'),
  update_client: ({ store }) => store.updateClient('k1', { firstName: 'B' }),
  update_chat_settings: ({ store }) => store.updateSettings({ botEnabled: true }),
};
const ACK_NAMES = Object.keys(ACKS) as ClientEventName[];

class Wrong extends Error {}
const insist = (truth: boolean, words: string) => {
  if (!truth) throw new Wrong(words);
};

/** The shape of every built-in prototype that poisoned keys could reach. */
const prototypes = () =>
  JSON.stringify(
    [Object.prototype, Array.prototype, Function.prototype].map((one) => Object.getOwnPropertyNames(one).sort()),
  );

type Target = (
  seed: number,
  chance: Chance,
  cases: number,
  note: (bad: boolean, payload: unknown) => void,
) => Promise<void>;

const hearEvents: Target = async (_seed, chance, cases, note) => {
  const stage = new FuzzStage(chance);
  await stage.open();
  for (let at = 0; at < cases; at++) {
    const name = chance.pick(SERVER_EVENTS);
    const schema = serverEvents[name] as v.GenericSchema;
    const good = generate(schema, chance);
    const payload = chance.happens(0.9) ? spoil(good, chance) : good;
    const bad = !v.safeParse(schema, payload).success;
    note(bad, payload);
    if (bad) await stage.clock.advance(0);
    const before = bad ? stage.look() : '';
    const told = stage.problems.length;
    stage.sink.event(name, payload);
    await stage.clock.advance(bad ? 0 : 2);
    if (!bad) continue;
    insist(stage.look() === before, `a bad ${name} changed what the store knows`);
    insist(stage.problems.length === told + 1, `a bad ${name} was reported ${stage.problems.length - told} times`);
  }
  const fresh = {
    ...goodMessages('c1')[0]!,
    id: 'after',
    content: 'still here',
    seq: undefined,
    rev: undefined,
    timestamp: '2026-11-22T12:00:00.000Z',
  };
  stage.sink.event('new_message', fresh);
  await stage.clock.advance(2);
  insist(
    stage.store.thread('c1').messages.get('after')?.content === 'still here',
    'the next good event was not applied',
  );
  stage.store.disconnectSocket();
};

const hearAcks: Target = async (_seed, chance, cases, note) => {
  let stage = new FuzzStage(chance);
  await stage.open();
  for (let at = 0; at < cases; at++) {
    const name = chance.pick(ACK_NAMES);
    const schema = clientEvents[name].reply as v.GenericSchema;
    const data = chance.happens(0.2) ? generate(schema, chance) : spoil(generate(schema, chance), chance);
    const dress = chance.pick<(data: unknown) => unknown>([
      (it) => ({ ok: true, data: it }),
      (it) => ({ ok: true, data: it, sync: { v: 1, epoch: 'e1', head: 10 } }),
      (it) => ({ success: true, data: it }),
      (it) => it,
      (it) => spoil({ ok: true, data: it, sync: { v: 1, epoch: 'e1', head: 10 } }, chance),
      (it) => spoil({ ok: false, error: { code: 'INTERNAL', message: 'no', retryable: false }, data: it }, chance),
    ]);
    const answer = dress(data);
    const read = readAnswer(answer);
    const bad = !read.ok || !v.safeParse(schema, read.data).success;
    note(bad, { name, answer });
    stage.next.set(name, answer);
    const asked = ACKS[name]!(stage);
    await stage.clock.advance(20);
    void asked;
    stage.look();
    if (at % 50 !== 49) continue;
    stage.next.clear();
    stage.sink.status({ state: 'down' });
    stage.sink.status({ state: 'open' });
    await stage.clock.advance(60_000);
    stage.store.loadThread('c1');
    await stage.clock.advance(60_000);
    insist(stage.store.$link.get().status === 'online', 'the store does not come back');
    insist(stage.store.conversations.get('c1') !== undefined, 'the next good list was not taken in');
    stage.store.disconnectSocket();
    stage = new FuzzStage(chance);
    await stage.open();
  }
  stage.store.disconnectSocket();
};

const askDesk: Target = async (_seed, chance, cases, note) => {
  const desk = createDesk();
  for (let n = 0; n < 2; n++) desk.addMessage(desk.addConversation({ id: `c${n + 1}` }).id, { id: `m${n + 1}` });
  const books = () => {
    const { threads, prospects, clients, settings } = desk.books;
    return JSON.stringify([
      [...threads.values()].map(({ conversation, messages }) => [conversation, messages]),
      [...prospects.values()],
      [...clients.values()],
      settings,
    ]);
  };
  const link = { agentId: 'agent-1', event: () => undefined, cut: () => undefined, back: () => undefined };
  for (let at = 0; at < cases; at++) {
    const name = chance.pick(CLIENT_EVENTS);
    const payload = spoil(generate(clientEvents[name].ask, chance), chance);
    const bad = !v.safeParse(clientEvents[name].ask, payload ?? {}).success;
    note(bad, { name, payload });
    const before = bad ? books() : '';
    let answer: { ok?: boolean } | undefined;
    desk.ask(link, name, payload, (told) => (answer = told as { ok?: boolean }));
    if (!bad) continue;
    insist(answer === undefined || answer.ok === false, `a bad ${name} was not refused`);
    insist(books() === before, `a bad ${name} changed the books`);
  }
  let good: { ok?: boolean } | undefined;
  desk.ask(
    link,
    'send_message',
    { conversationId: 'c1', content: 'still here', messageType: 'text' },
    (told) => (good = told as { ok?: boolean }),
  );
  insist(good?.ok === true, 'the next good ask was refused');
};

/** The reference server's door: either a payload that fits, or a refusal in words. */
const knockAtServer: Target = async (_seed, chance, cases, note) => {
  for (let at = 0; at < cases; at++) {
    const name = chance.pick(CLIENT_EVENTS);
    const payload = spoil(generate(clientEvents[name].ask, chance), chance);
    let refused = false;
    try {
      const parsed = parseAsk(name, payload);
      insist(v.safeParse(clientEvents[name].ask, parsed).success, `${name}: what was let in does not fit`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused = true;
      insist(
        error.error.retryable === false && error.error.message.length < 1000,
        `${name}: refused in too many words`,
      );
    }
    note(refused, { name, payload });
  }
};

const TARGETS: Readonly<Record<string, Target>> = { hearEvents, hearAcks, askDesk, knockAtServer };
/** Cases for one store or desk: then it is a new one, so that what it has learned stays small. */
const ROUND = 250;

export async function fuzz(first: number, cases: number): Promise<FuzzReport> {
  const report: FuzzReport = { cases: 0, bad: 0, byTarget: {}, failed: undefined };
  const clean = prototypes();
  let uncaught: unknown;
  const catchIt = (error: unknown) => (uncaught ??= error);
  process.on('unhandledRejection', catchIt);
  const names = Object.keys(TARGETS);
  for (let seed = first; report.cases < cases && !report.failed; seed++) {
    const target = names[seed % names.length]!;
    let last: unknown;
    try {
      await TARGETS[target]!(seed, new Chance(seed), Math.min(ROUND, cases - report.cases), (bad, payload) => {
        last = payload;
        report.cases++;
        report.byTarget[target] = (report.byTarget[target] ?? 0) + 1;
        if (bad) report.bad++;
      });
      await new Promise((resolve) => setImmediate(resolve));
      if (uncaught) throw uncaught;
      insist(
        prototypes() === clean && ({} as { polluted?: unknown }).polluted === undefined,
        'a prototype was changed',
      );
    } catch (error) {
      const words =
        error instanceof Wrong
          ? error.message
          : error instanceof Error
            ? (error.stack ?? error.message)
            : String(error);
      report.failed = { seed, target, words, payload: (JSON.stringify(last) ?? 'undefined').slice(0, 600) };
    }
  }
  process.off('unhandledRejection', catchIt);
  return report;
}
