/**
 * The cases of levels 0 and 1. Each is one promise of the contract (docs/protocol.md), and what the agent loses where a
 * server does not keep it.
 */
import { ChatMessage, Client, Conversation, Prospect } from '../contract/index.js';
import { misfit, type Answered } from './line.js';
import { SYNC_CASES } from './sync-cases.js';
import { each, keyIn, messageOf, messagesIn, news, page, send, sending, skip, type Case } from './trial.js';

const GIVEN_CASES: readonly Case[] = [
  {
    id: 'list-conversations',
    level: 0,
    title: 'load_conversations answers with conversations as agreed, by ack or by event',
    without: 'Conversations that are not as agreed are left out of the list.',
    check: async ({ list }) =>
      list.by === 'none' ? 'no ack and no event came' : each(Conversation, list.data.conversations),
  },
  {
    id: 'list-prospects',
    level: 0,
    title: 'load_prospects answers with contacts as agreed',
    without: 'Conversations show identifiers instead of names.',
    check: async ({ a }) => each(Prospect, (await a.ask('load_prospects')).data.prospects),
  },
  {
    id: 'list-clients',
    level: 0,
    title: 'load_clients answers with clients as agreed',
    without: 'The contact panel has no client card, notes or quotes.',
    check: async (trial) => {
      const { data } = await trial.a.ask('load_clients');
      if (Array.isArray(data.clients)) trial.clients.push(...(data.clients as Record<string, unknown>[]));
      return each(Client, data.clients);
    },
  },
  {
    id: 'list-messages',
    level: 0,
    title: 'load_messages answers with the messages of the conversation, as agreed',
    without: 'Messages that are not as agreed are not shown.',
    check: async (trial) => {
      const id = trial.conversationId ?? (trial.conversations[0]?.id as string | undefined);
      if (id === undefined) return skip('there is no conversation');
      const { data } = await trial.a.ask('load_messages', { conversationId: id });
      const strange = messagesIn({ data } as Answered).find(({ conversationId }) => conversationId !== id);
      return strange ? `a message of ${String(strange.conversationId)} came too` : each(ChatMessage, data.messages);
    },
  },
  {
    id: 'send',
    level: 0,
    writes: true,
    title: 'send_message is told as new_message to the other connections',
    without: 'Colleagues and other tabs see a sent message only after they load again.',
    check: async (trial) => {
      const content = `Conformance: sent ${trial.uuid()}`;
      const answer = await send(trial.a, trial, content);
      if (!answer.ok && answer.by === 'ack') return `refused: ${answer.error?.message ?? 'no reason'}`;
      if (!(await trial.b.until(() => news(trial.b, content).length > 0)))
        return 'no new_message came to another connection';
      return misfit(ChatMessage, news(trial.b, content)[0]!.payload);
    },
  },
  {
    id: 'stored',
    level: 0,
    writes: true,
    title: 'what was sent is in the next load_messages, once',
    without: 'Sent messages are gone after a reload, or are there twice.',
    check: async (trial) => {
      const content = `Conformance: stored ${trial.uuid()}`;
      await send(trial.a, trial, content);
      const times = messagesIn(await page(trial.b, trial)).filter((message) => message.content === content).length;
      return times === 1 ? undefined : `it is there ${times} times`;
    },
  },
  {
    id: 'read',
    level: 0,
    writes: true,
    title: 'mark_as_read is taken',
    without: 'Unread counters come back after a reload.',
    check: async (trial) => {
      const answer = await trial.a.ask('mark_as_read', { conversationId: trial.conversationId! });
      return answer.by === 'ack' && !answer.ok ? `refused: ${answer.error?.message}` : undefined;
    },
  },
  {
    id: 'acks',
    level: 1,
    title: 'asks are acknowledged',
    without:
      'A message counts as sent ten seconds after it left; when the link breaks before, the agent is asked whether to send it again.',
    check: async ({ list }) => (list.by === 'ack' ? undefined : 'load_conversations was not acknowledged with a list'),
  },
  {
    id: 'ack-message',
    level: 1,
    writes: true,
    title: 'the ack of send_message carries the stored message',
    without: 'The time of a sent message is the browser’s until the next load.',
    check: async (trial) => {
      const message = messageOf(await send(trial.a, trial, `Conformance: acked ${trial.uuid()}`));
      return message ? misfit(ChatMessage, message) : 'there is no message in the ack';
    },
  },
  {
    id: 'ack-refusal',
    level: 1,
    writes: true,
    title: 'what cannot be done is refused in the ack',
    without: 'A message that cannot be sent looks sent.',
    check: async (trial) => {
      const answer = await trial.a.ask('send_message', {
        ...sending(trial, 'Conformance: nowhere'),
        conversationId: `no-such-${trial.uuid()}`,
      });
      if (answer.by === 'none') return 'no ack came';
      return answer.ok ? 'a message to a conversation that does not exist was taken' : undefined;
    },
  },
  {
    id: 'key-comes-back',
    level: 1,
    writes: true,
    title: 'the client’s key comes back with the message',
    without: 'The echo of a message is recognised by its text alone.',
    check: async (trial) => {
      const key = trial.uuid();
      const content = `Conformance: keyed ${key}`;
      await send(trial.a, trial, content, key);
      if (!(await trial.b.until(() => news(trial.b, content).length > 0))) return 'no new_message came';
      const { payload } = news(trial.b, content)[0]!;
      return keyIn(payload) === key || payload.id === key ? undefined : 'the event does not carry it';
    },
  },
];

export const CASES: readonly Case[] = [...GIVEN_CASES, ...SYNC_CASES];
