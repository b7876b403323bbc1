/** The cases of level 2: numbers, keys, cursors. */
import type { Answered } from './line.js';
import { messageOf, messagesIn, news, page, send, seqOf, skip, type Case } from './trial.js';

export const SYNC_CASES: readonly Case[] = [
  {
    id: 'sync',
    level: 2,
    title: 'load_conversations says sync.v, epoch and head',
    without: 'After every reconnect the open conversation is loaded again, and the others when they are opened.',
    check: async ({ sync }) => (sync && sync.v >= 1 ? undefined : 'there is no sync in the ack'),
  },
  {
    id: 'conversation-numbers',
    level: 2,
    title: 'conversations carry rev, lastSeq and readSeq',
    without: 'Missed changes are not noticed.',
    check: async ({ conversations }) => {
      if (conversations.length === 0) return skip('there is no conversation');
      const lacking = ['rev', 'lastSeq', 'readSeq'].filter((name) =>
        conversations.some((one) => typeof one[name] !== 'number'),
      );
      return lacking.length ? `${lacking.join(', ')} missing` : undefined;
    },
  },
  {
    id: 'seq-without-holes',
    level: 2,
    writes: true,
    title: 'messages sent at once get numbers in the order of sending, without holes',
    without: 'Messages may stand in another order than they were written.',
    check: async (trial) => {
      const answers = await Promise.all(
        Array.from({ length: 5 }, (_, n) => send(trial.a, trial, `Conformance: order ${n}`)),
      );
      const seqs = answers.map((answer) => seqOf(messageOf(answer)));
      const good = seqs.every((seq, at) => typeof seq === 'number' && (at === 0 || seq === seqs[at - 1]! + 1));
      return good ? undefined : `the numbers are ${seqs.join(', ')}`;
    },
  },
  {
    id: 'same-key-twice',
    level: 2,
    writes: true,
    title: 'the same key again finds the stored message: duplicate, and no second event',
    without: 'A message whose answer got lost is sent twice.',
    check: async (trial) => {
      const key = trial.uuid();
      const content = `Conformance: once ${key}`;
      const first = await send(trial.a, trial, content, key);
      const second = await send(trial.a, trial, content, key);
      if (!second.ok) return `the second was refused: ${second.error?.code}`;
      if (messageOf(first)?.id !== messageOf(second)?.id) return 'another message was stored';
      if (second.data.duplicate !== true) return 'the second ack does not say duplicate: true';
      await page(trial.b, trial, { limit: 1 });
      const told = new Set(news(trial.b, content).map(({ payload }) => payload.id));
      return told.size === 1 && news(trial.b, content).length === 1
        ? undefined
        : `it was told ${news(trial.b, content).length} times`;
    },
  },
  {
    id: 'same-key-at-once',
    level: 2,
    writes: true,
    title: 'the same key from two connections at the same moment is one message',
    without: 'Two tabs can send a message twice.',
    check: async (trial) => {
      const key = trial.uuid();
      const content = `Conformance: race ${key}`;
      const answers = await Promise.all(
        [trial.a, trial.b, trial.a, trial.b].map((line) => send(line, trial, content, key)),
      );
      const ids = new Set(answers.map((answer) => messageOf(answer)?.id));
      const times = messagesIn(await page(trial.a, trial)).filter((message) => message.content === content).length;
      return ids.size === 1 && times === 1 ? undefined : `${ids.size} ids in the acks, ${times} messages stored`;
    },
  },
  {
    id: 'key-with-other-text',
    level: 2,
    writes: true,
    title: 'the same key with another text is refused with CONFLICT',
    without: 'An edited message may be lost without a word.',
    check: async (trial) => {
      const key = trial.uuid();
      await send(trial.a, trial, `Conformance: first ${key}`, key);
      const second = await send(trial.a, trial, `Conformance: other ${key}`, key);
      return second.error?.code === 'CONFLICT' ? undefined : `answered ${second.ok ? 'ok' : second.error?.code}`;
    },
  },
  {
    id: 'events-numbered',
    level: 2,
    writes: true,
    title: 'events carry _sync, and each change is one revision further',
    without: 'A lost event is noticed only by the next digest.',
    check: async (trial) => {
      const contents = [1, 2].map((n) => `Conformance: rev ${n} ${trial.uuid()}`);
      for (const content of contents) await send(trial.a, trial, content);
      if (!(await trial.b.until(() => contents.every((content) => news(trial.b, content).length > 0))))
        return 'no new_message came';
      const [first, second] = contents.map(
        (content) => news(trial.b, content)[0]!.payload._sync as { e?: string; r?: number; s?: number } | undefined,
      );
      if (typeof first?.r !== 'number' || typeof second?.r !== 'number') return 'there is no _sync in the event';
      if (first.e !== trial.sync?.epoch) return 'the epoch is another than in the list';
      return second.r === first.r + 1 ? undefined : `revisions ${first.r} and ${second.r} are not neighbours`;
    },
  },
  {
    id: 'since-rev',
    level: 2,
    writes: true,
    title: 'load_messages({sinceRev}) tells what changed since, and only that',
    without: 'Gaps are filled by loading the conversation anew.',
    check: async (trial) => {
      const before = messageOf(await send(trial.a, trial, `Conformance: before ${trial.uuid()}`));
      const content = `Conformance: since ${trial.uuid()}`;
      await send(trial.a, trial, content);
      const answer = await page(trial.a, trial, { sinceRev: before?.rev ?? 0 });
      const told = messagesIn(answer).map((message) => message.content);
      if (answer.data.reset === true) return 'it was answered with reset';
      if (told.length !== 1 || told[0] !== content) return `${told.length} messages were told`;
      return typeof answer.data.rev === 'number' ? undefined : 'rev is missing in the answer';
    },
  },
  {
    id: 'digest',
    level: 2,
    writes: true,
    title: 'load_conversations({since}) tells what changed since',
    without: 'A change whose event got lost is shown late.',
    check: async (trial) => {
      const { sync } = await trial.a.ask('load_conversations');
      if (!sync) return 'there is no sync in the ack';
      await send(trial.a, trial, `Conformance: digest ${trial.uuid()}`);
      const answer = await trial.a.ask('load_conversations', { since: { epoch: sync.epoch, head: sync.head } });
      const told = Array.isArray(answer.data.conversations) ? (answer.data.conversations as { id?: string }[]) : [];
      return told.some(({ id }) => id === trial.conversationId) ? undefined : 'the changed conversation was not told';
    },
  },
  {
    id: 'other-epoch',
    level: 2,
    title: 'a cursor of another history is answered with reset: true',
    without: 'After a restored backup the inbox may mix two histories.',
    check: async (trial) => {
      const answer = await trial.a.ask('load_conversations', { since: { epoch: 'another history', head: 1 } });
      return answer.ok && answer.data.reset === true ? undefined : 'there is no reset in the answer';
    },
  },
  {
    id: 'pages',
    level: 2,
    writes: true,
    title: 'load_messages answers pages: limit, before, hasMore',
    without: 'Long conversations are loaded whole.',
    check: async (trial) => {
      const newest = await page(trial.a, trial, { limit: 2 });
      const seqs = messagesIn(newest).map(seqOf);
      if (seqs.length !== 2 || seqs[1] !== seqs[0]! + 1) return `a page of two has ${seqs.join(', ')}`;
      const older = messagesIn(await page(trial.a, trial, { limit: 2, before: seqs[0] })).map(seqOf);
      if (newest.data.hasMore !== seqs[0]! > 1) return `hasMore is ${String(newest.data.hasMore)}`;
      return seqs[0] === 1 || older.at(-1) === seqs[0]! - 1 ? undefined : `before ${seqs[0]} came ${older.join(', ')}`;
    },
  },
  {
    id: 'read-forward',
    level: 2,
    writes: true,
    title: 'the read marker never goes back and never past the end',
    without: 'Read messages may count as unread again.',
    check: async (trial) => {
      const last = seqOf(messageOf(await send(trial.a, trial, `Conformance: read ${trial.uuid()}`))) ?? 0;
      const mark = async (seq: number) =>
        (await trial.a.ask('mark_as_read', { conversationId: trial.conversationId!, upTo: { seq } })).data.readSeq;
      const [past, back] = [await mark(last + 1000), await mark(1)];
      return past === last && back === last
        ? undefined
        : `past the end gives ${String(past)}, back gives ${String(back)}, the end is ${last}`;
    },
  },
  {
    id: 'refusal-shape',
    level: 2,
    title: 'a refusal names code, message and whether it may be repeated',
    without: 'Every refusal is final, and shown in the server’s own words.',
    check: async (trial) => {
      const { ok, error, by } = await trial.a.ask('load_messages', { conversationId: `no-such-${trial.uuid()}` });
      if (by === 'none') return 'no ack came';
      if (ok) return 'a conversation that does not exist was answered';
      return error && ['NOT_FOUND', 'FORBIDDEN'].includes(error.code)
        ? undefined
        : `the code is ${error?.code ?? 'missing'}`;
    },
  },
  {
    id: 'operation-once',
    level: 2,
    writes: true,
    title: 'the same opId again is answered as the first time',
    without: 'A note whose answer got lost is added twice.',
    check: async (trial) => {
      const clientId = trial.clients[0]?.id;
      if (typeof clientId !== 'string') return skip('there is no client');
      const ask = { clientId, content: `Conformance: note ${trial.uuid()}`, opId: trial.uuid() };
      const [first, second] = [await trial.a.ask('add_client_note', ask), await trial.a.ask('add_client_note', ask)];
      const id = ({ data }: Answered) => (data.note as { id?: string } | undefined)?.id;
      return id(first) !== undefined && id(first) === id(second) ? undefined : 'two notes were made, or none';
    },
  },
];
