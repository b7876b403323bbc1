/** What the cases of the conformance kit are made of, and what they share. */
import type { Features, Sync } from '../contract/index.js';
import type { GenericSchema } from 'valibot';
import { misfit, type Answered, type Line } from './line.js';

/** What the cases share and find out for each other. */
export interface Trial {
  a: Line;
  /** Another browser of the same agent. */
  b: Line;
  /** The first answer to `load_conversations`. */
  list: Answered;
  sync: Sync | undefined;
  features: Features;
  /** Where test messages may be written; undefined: nowhere. */
  conversationId: string | undefined;
  conversations: Record<string, unknown>[];
  clients: Record<string, unknown>[];
  uuid(): string;
  now(): string;
}

export interface Case {
  id: string;
  level: 0 | 1 | 2;
  title: string;
  /** What the agent sees less of where this is not kept. */
  without: string;
  /** It writes: skipped when nothing may be written. */
  writes?: true;
  /** Undefined: kept. A text: what is wrong. `skip:` before it: it could not be tried. */
  check(trial: Trial): Promise<string | undefined>;
}

export const skip = (why: string) => `skip:${why}`;
export const seqOf = (message: unknown) => (message as { seq?: number } | undefined)?.seq;
export const messageOf = ({ data }: Answered) =>
  data.message as (Record<string, unknown> & { id?: string; seq?: number; rev?: number }) | undefined;

export function each(schema: GenericSchema, items: unknown): string | undefined {
  if (!Array.isArray(items)) return 'there is no list in the answer';
  const bad = items.map((item) => misfit(schema, item)).filter((words) => words !== undefined);
  return bad.length > 0 ? `${bad.length} of ${items.length} are not as agreed: ${bad[0]}` : undefined;
}

/** A message as servers in the field receive it, with our key in its three spellings. */
export function sending(trial: Trial, content: string, key = trial.uuid()) {
  return {
    conversationId: trial.conversationId!,
    content,
    messageType: 'text',
    senderType: 'agent' as const,
    timestamp: trial.now(),
    status: 'sent' as const,
    id: key,
    clientMessageId: key,
    metadata: { clientMessageId: key },
  };
}
export const send = (line: Line, trial: Trial, content: string, key?: string) =>
  line.ask('send_message', sending(trial, content, key));

export const keyIn = (payload: Record<string, unknown>) =>
  payload.clientMessageId ?? (payload.metadata as { clientMessageId?: unknown } | undefined)?.clientMessageId;
export const news = (line: Line, content: string) =>
  line.heard.filter(({ name, payload }) => name === 'new_message' && payload.content === content);
export const page = async (line: Line, trial: Trial, more: object = {}) =>
  line.ask('load_messages', { conversationId: trial.conversationId!, ...more });
export const messagesIn = ({ data }: Answered) =>
  Array.isArray(data.messages) ? (data.messages as Record<string, unknown>[]) : [];
