/**
 * Says what is wrong with a run. Knows the promises (docs/delivery.md) and nothing of the code that keeps them: it sees
 * the calls that were made, what every tab showed, and what is in the database.
 */
import type { ChatMessage, Conversation } from '../../src/contract/index.js';
import type { Final, History, Screen, ScreenMessage, ScreenThread } from './history.js';

export interface Violation {
  promise: keyof typeof PROMISES;
  words: string;
}

type Check = (history: History, final: Final) => string[];

const keyOf = (message: ChatMessage) => message.clientMessageId ?? message.metadata?.clientMessageId ?? message.id;
const allStored = (final: Final) => [...final.stored.values()].flat();

/** How far a message has got; what a channel reports may only lead further. */
const RANK: Readonly<Record<string, number>> = {
  queued: 0,
  sending: 0,
  uncertain: 0,
  sent: 1,
  failed: 2,
  delivered: 3,
  read: 4,
};

const acknowledgedIsStored: Check = ({ written }, final) => {
  const keys = new Set(allStored(final).map(keyOf));
  return written
    .filter(({ key, acknowledged }) => key && acknowledged && !keys.has(key))
    .map(({ key, text }) => `${text} (${key}) was shown as sent and is not in the database`);
};

const writtenIsStored: Check = ({ written }, final) => {
  const keys = new Set(allStored(final).map(keyOf));
  return written
    .filter((one) => one.key && !one.warned && !one.withdrawn && !keys.has(one.key) && !final.keptAsFailed.has(one.key))
    .map(({ key, text }) => `${text} (${key}) was kept and shown, and is neither stored nor kept as failed`);
};

const saidIsStored: Check = ({ said }, final) =>
  said
    .filter(({ conversationId, text }) => !final.stored.get(conversationId)?.some(({ content }) => content === text))
    .map(({ text }) => `the customer's "${text}" is not in the database`);

const onceEach: Check = (_history, final) => {
  const found: string[] = [];
  const times = new Map<string, number>();
  for (const message of allStored(final)) {
    if (message.senderType !== 'agent') continue;
    for (const name of new Set([`key ${message.senderId} ${keyOf(message)}`, `text ${message.content}`])) {
      times.set(name, (times.get(name) ?? 0) + 1);
    }
  }
  for (const [name, count] of times) if (count > 1) found.push(`${name} is stored ${count} times`);
  return found;
};

const inOrder: Check = ({ written }, final) => {
  const found: string[] = [];
  for (const [conversationId, messages] of final.stored) {
    messages.forEach((message, index) => {
      if (message.seq !== index + 1)
        found.push(`${conversationId} has seq ${message.seq} in place ${index + 1}: numbers must have no holes`);
    });
    const place = new Map(messages.map((message, index) => [keyOf(message), index]));
    const lanes = new Map<string, { order: number; at: number; text: string }>();
    for (const one of written) {
      if (one.conversationId !== conversationId || !one.key || one.failed) continue;
      const at = place.get(one.key);
      if (at === undefined) continue;
      // Files travel beside the texts, and take their place when they have arrived.
      const lane = `${one.tab} ${one.file === undefined ? 'texts' : 'files'}`;
      const last = lanes.get(lane);
      if (last && at < last.at) found.push(`"${one.text}" was written after "${last.text}" and stands before it`);
      lanes.set(lane, { order: one.order, at, text: one.text });
    }
  }
  return found;
};

/** What was written with a file is stored with the whole of it, or still kept with it. */
const filesAreWhole: Check = ({ written }, final) => {
  const byKey = new Map(allStored(final).map((message) => [keyOf(message), message]));
  return written.flatMap(({ key, text, file, warned, withdrawn }) => {
    if (file === undefined || key === undefined || warned || withdrawn) return [];
    const message = byKey.get(key);
    const uploadId = message?.metadata?.uploadId;
    if (!message) {
      const isKept = !final.keptAsFailed.has(key) || final.keptFiles.get(key) === file;
      return isKept ? [] : [`${text} (${key}) is kept as failed, and its file is not`];
    }
    const arrived = uploadId === undefined ? undefined : final.files.get(uploadId);
    return arrived === file
      ? []
      : [
          `${text} (${key}) is stored with ${arrived?.length ?? 'none'} of the ${file.length} of its file (${uploadId})`,
        ];
  });
};

const sameAsFresh: Check = (_history, final) => final.screens.flatMap((screen) => compareScreen(screen, final));

function compareScreen(screen: Screen, final: Final): string[] {
  const who = `tab ${screen.tab} of ${screen.agentId}`;
  if (!screen.online) return [`${who} is not online although nothing is broken any more`];
  const found: string[] = [];
  const fresh = final.freshConversations.get(screen.agentId) ?? [];
  const shown = new Map(screen.conversations.map((one) => [one.id, one]));
  for (const one of fresh) {
    const seen = shown.get(one.id);
    if (!seen) found.push(`${who} does not show ${one.id}`);
    else found.push(...differences(seen, one, final).map((words) => `${who}, ${one.id}: ${words}`));
  }
  for (const thread of screen.threads) found.push(...compareThread(who, screen.agentId, thread, final));
  return found;
}

const ROW_FIELDS = ['status', 'unreadCount', 'assignedTo', 'readSeq', 'lastSeq', 'lastActivity'] as const;
function differences(shown: Conversation, fresh: Conversation, final: Final): string[] {
  const said = (value: unknown) => JSON.stringify(value ?? null);
  const [mine, theirs] = [shown.lastMessage as Partial<ScreenMessage> | undefined, fresh.lastMessage];
  // The row shows what could not be sent as its bubble does, and stands where that was written.
  const isOurs = mine?.delivery === 'failed' && final.keptAsFailed.has(mine.clientMessageId ?? '');
  const found = ROW_FIELDS.filter(
    (name) => said(shown[name]) !== said(fresh[name]) && !(isOurs && name === 'lastActivity'),
  ).map((name) => `${name} is ${said(shown[name])}, a fresh load says ${said(fresh[name])}`);
  if (isOurs) return found;
  if (mine?.id !== theirs?.id || mine?.status !== theirs?.status)
    found.push(`lastMessage is ${mine?.id} ${mine?.status}, a fresh load says ${theirs?.id} ${theirs?.status}`);
  return found;
}

const isKeptAsFailed = ({ key, delivery }: ScreenMessage, final: Final) =>
  delivery === 'failed' && final.keptAsFailed.has(key);

function compareThread(who: string, agentId: string, thread: ScreenThread, final: Final): string[] {
  const fresh = final.freshMessages.get(`${agentId} ${thread.conversationId}`);
  if (!fresh) return []; // not theirs to see: `hidden` looks after that
  const line = (message: ChatMessage) =>
    JSON.stringify([message.id, message.seq, message.content, message.status, message.attempt ?? 0, message.senderId]);
  // A new attempt that was refused is kept as failed, with words of its own: the server has the one before it.
  const kept = new Set(thread.messages.filter((message) => isKeptAsFailed(message, final)).map(({ key }) => key));
  const confirmed = thread.messages.filter(
    ({ key, delivery, local }) => !local && RANK[delivery]! > 0 && !kept.has(key),
  );
  const mine = confirmed.map(line);
  const all = fresh.filter((message) => !kept.has(keyOf(message))).map(line);
  const theirs = thread.hasOlder ? all.slice(Math.max(0, all.length - mine.length)) : all;
  if (thread.hasOlder && mine.length === 0 && all.length > 0) return [`${who}, ${thread.conversationId}: is empty`];
  if (mine.length === theirs.length && mine.every((text, at) => text === theirs[at])) return [];
  const missing = theirs.filter((text) => !mine.includes(text)).slice(0, 3);
  const extra = mine.filter((text) => !theirs.includes(text)).slice(0, 3);
  const detail = [missing.length ? `lacks ${missing.join()}` : '', extra.length ? `has ${extra.join()}` : '']
    .filter(Boolean)
    .join(', ');
  return [`${who}, ${thread.conversationId}: differs from a fresh load: ${detail || 'another order'}`];
}

const markersForward: Check = ({ markers }) => {
  const last = new Map<string, number>();
  const found: string[] = [];
  for (const { tab, conversationId, epoch, readSeq } of markers) {
    const name = `tab ${tab}, ${conversationId}, history ${epoch}`;
    const known = last.get(name) ?? 0;
    if (readSeq < known) found.push(`${name}: the read marker went back from ${known} to ${readSeq}`);
    last.set(name, readSeq);
  }
  return found;
};

const statusForward: Check = ({ statuses }) => {
  const last = new Map<string, { attempt: number; delivery: string }>();
  const found: string[] = [];
  for (const { tab, conversationId, key, epoch, attempt, delivery } of statuses) {
    const name = `tab ${tab}, ${conversationId}, history ${epoch}, ${key}`;
    const known = last.get(name);
    const back =
      known && (attempt < known.attempt || (attempt === known.attempt && RANK[delivery]! < RANK[known.delivery]!));
    // What failed may be sent again, and a new attempt that the server saw no need for may be taken back.
    const anew = known?.delivery === 'failed' && (RANK[delivery] === 0 || delivery === 'sent');
    const unneeded = known && attempt < known.attempt && RANK[known.delivery] === 0;
    if (back && !anew && !unneeded)
      found.push(`${name}: went from ${known.delivery} (${known.attempt}) back to ${delivery} (${attempt})`);
    last.set(name, { attempt, delivery });
  }
  return found;
};

const hidden: Check = ({ leaks }, final) => [
  ...leaks.map(({ agentId, conversationId, event }) => `${agentId} was told ${event} of ${conversationId}, not theirs`),
  ...final.screens.flatMap(({ tab, agentId, conversations }) =>
    conversations
      .filter(({ id }) => !final.sees(agentId, id))
      .map(({ id }) => `tab ${tab} of ${agentId} still shows ${id}, which is no longer theirs to see`),
  ),
];

const nothingLeft: Check = (_history, final) => {
  // A row that could not be taken off a full disk is told again, and the server knows it already.
  const stored = new Set(allStored(final).map(({ content }) => content));
  return final.waiting.filter((text) => !stored.has(text)).map((text) => `${text} still waits although all is well`);
};

const oneSender: Check = ({ secondSenders }) =>
  secondSenders.map((words) => `${words} left although another page of the browser had the lead`);

const noProblems: Check = ({ problems, uncaught }) => [
  ...problems.map((words) => `a store refused what the server said: ${words}`),
  ...uncaught.map((words) => `uncaught: ${words}`),
];

/** Each promise by its name, as docs/delivery.md tells it. */
export const PROMISES = {
  'acknowledged is stored': acknowledgedIsStored,
  'written is stored or kept as failed': writtenIsStored,
  'said is stored': saidIsStored,
  'stored once': onceEach,
  'in order': inOrder,
  'files are whole': filesAreWhole,
  'every tab equals a fresh load': sameAsFresh,
  'read marker only forward': markersForward,
  'status only forward': statusForward,
  'hidden stays hidden': hidden,
  'nothing waits for ever': nothingLeft,
  'one page of a browser sends': oneSender,
  'no errors': noProblems,
} as const satisfies Readonly<Record<string, Check>>;

export function check(history: History, final: Final): Violation[] {
  return Object.entries(PROMISES).flatMap(([promise, look]) =>
    look(history, final).map((words) => ({ promise: promise as keyof typeof PROMISES, words })),
  );
}
