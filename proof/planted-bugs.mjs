/**
 * Bugs planted on purpose: a check that has never failed proves nothing. Each is one line of the source, read differently
 * while the proof is bundled (`CRM_BUG='name' npm run sim`), so that nothing of it is in the product or in any build.
 * `line` must stand exactly once in its file: whoever changes it is told so by the tests, and looks here.
 *
 * `also`: a second line, for what two guards stand against.
 * `by`: what must turn red: `sim` with a `seed` that finds it soon, `fuzz`, `dead line` (the black hole), `slow line`, or
 * `chaos` with a real browser that is killed.
 */
const sim = (file, line, instead, more = {}) => ({ by: 'sim', file, line, instead, seed: 1, ...more });
const fuzz = (file, line, instead, more = {}) => ({ by: 'fuzz', file, line, instead, seed: 1, ...more });
const deadLine = (file, line, instead) => ({ by: 'dead line', file, line, instead, seed: 1 });
const slowLine = (file, line, instead) => ({ by: 'slow line', file, line, instead, seed: 1 });
const chaos = (file, line, instead, more = {}) => ({ by: 'chaos', file, line, instead, seed: 1, ...more });

/** The server's side, on the Desk. */
const SERVER = {
  'ack before commit': { by: 'sim', seed: 1 },
  'reports go back': { by: 'sim', seed: 2 },
  'keys are not kept': sim(
    'src/testing/desk-answers.ts',
    'const known = asker.answered.get(owned);',
    'const known = undefined as { hash: string; data: unknown } | undefined;',
  ),
  'a change without a revision': sim(
    'src/testing/desk-books.ts',
    'Object.assign(message, patch, { rev: conversation.rev });',
    'Object.assign(message, patch, { rev: (conversation.rev -= 1) });',
  ),
  'everybody hears everything': sim(
    'src/testing/desk-switchboard.ts',
    'link.agentId !== event.except && this.#mayHear(link, event)',
    'link.agentId !== event.except',
  ),
  'what changed since, but one': sim(
    'src/testing/desk-answers.ts',
    "if (since) found = found.filter(({ id }) => books.changedAt('conversation', id) > since.head);",
    "if (since) found = found.filter(({ id }) => books.changedAt('conversation', id) > since.head + 1);",
    { seed: 10 },
  ),
  'since a revision, but one': sim(
    'src/testing/desk-answers.ts',
    'messages.filter((message) => message.rev > since)',
    'messages.filter((message) => message.rev > since + 1)',
  ),
};

/** How the store comes to the server's truth. */
const SYNC = {
  'drop parking': sim(
    'src/store/sync.ts',
    'if (r === known + 1 && !this.#filling.has(conversationId)) {',
    'if (r > known) {',
  ),
  'taken away, still shown': sim(
    'src/store/sync.ts',
    'for (const id of reply.removed ?? []) removeConversation(this.#state, id);',
    '',
    { seed: 7 },
  ),
  'no digest': sim(
    'src/store/sync.ts',
    'export const DIGEST_EVERY_MS = 60_000;',
    'export const DIGEST_EVERY_MS = 1e12;',
    { seed: 3 },
  ),
  'no catching up': sim(
    'src/store/connection.ts',
    'const since = fromScratch ? undefined : this.#parts.sync.position;',
    'const since = fromScratch ? undefined : this.#parts.sync.position && { ...this.#parts.sync.position, head: 1e9 };',
  ),
  'a dead line is believed in': deadLine(
    'src/store/connection.ts',
    'if (!answer.ok && heard === asking.heard) this.#giveUp(transport);',
    'if (!answer.ok && heard !== asking.heard) this.#giveUp(transport);',
  ),
  'attempts do not count': sim(
    'src/store/merge.ts',
    'return (a.attempt ?? 0) - (b.attempt ?? 0) || RANK[a.delivery] - RANK[b.delivery];',
    'return RANK[a.delivery] - RANK[b.delivery];',
    { seed: 3 },
  ),
  'read marker follows the last word': sim(
    'src/store/merge.ts',
    'const readSeq = Math.max(known.readSeq ?? 0, told.readSeq ?? 0);',
    'const readSeq = told.readSeq ?? 0;',
  ),
  'what is no longer said stays': sim(
    'src/store/merge.ts',
    'const merged = (whole && revised ? { ...told } : { ...known, ...told }) as Conversation;',
    'const merged = { ...known, ...told } as Conversation;',
    { seed: 3 },
  ),
};

/** How what an agent writes leaves the browser. */
const OUTBOX = {
  'shown before it is kept': sim(
    'src/store/outbox.ts',
    'if (await this.#keepsEarlier(conversationId)) await safe.keep(row, spent);',
    'if (await this.#keepsEarlier(conversationId)) void safe.keep(row, spent);',
  ),
  'forget the key on retry': sim(
    'src/store/outbox.ts',
    "id: key,\n        clientMessageId: key,\n        conversationId,\n        content,\n        messageType,\n        senderType: 'agent',\n        senderId,\n        platform,\n        timestamp,\n        status: 'sent',\n        metadata: { ...metadata, clientMessageId: key },",
    "conversationId,\n        content,\n        messageType,\n        senderType: 'agent',\n        senderId,\n        platform,\n        timestamp,\n        status: 'sent',\n        metadata: { clientMessageId: this.#parts.state.world.uuid() },",
  ),
  'no answer is a good answer': sim(
    'src/store/sending.ts',
    'if (answer.ok) return this.settle(row, answer.data);',
    'if (answer.ok || answer.error.retryable) return this.settle(row, answer.ok ? answer.data : undefined);',
  ),
  'forgotten when it leaves': sim(
    'src/store/sending.ts',
    "this.#show(row, 'sending');\n    const { event, payload }",
    "this.#show(row, 'sending');\n    this.#safe.settle(row);\n    const { event, payload }",
  ),
  'two senders': sim(
    'src/store/tabs.ts',
    'if (!locks || this.#name === undefined) return told.granted();',
    'if (locks || this.#name === undefined || told) return told.granted();',
    {
      also: {
        file: 'src/store/safe-keeping.ts',
        line: "verdict = fence !== row.fence ? 'fenced' : kept",
        instead: "verdict = fence === -1 ? 'fenced' : kept",
      },
    },
  ),
  'a guess is believed': slowLine(
    'src/store/connection.ts',
    'state.isLevelGuessed = silence;',
    'state.isLevelGuessed = false;',
  ),
  'hearsay is passed on': sim(
    'src/store/outbox.ts',
    'if (!shown?.local || !sending.isUnderWay(row.key)) continue;',
    'if (!shown || !sending.isUnderWay(row.key)) continue;',
    { seed: 1033 },
  ),
  // Nothing tells it as long as the page lives: a browser without a connection is killed.
  'kept when it leaves': chaos(
    'src/store/outbox.ts',
    'if (await this.#keepsEarlier(conversationId)) await safe.keep(row, spent);',
    'if (await this.#keepsEarlier(conversationId)) void spent;',
    {
      also: {
        file: 'src/store/safe-keeping.ts',
        line: "verdict = fence !== row.fence ? 'fenced' : kept && kept.order",
        instead: "verdict = fence !== row.fence ? 'fenced' : !kept || kept.order",
      },
    },
  ),
  'the message goes before its file is whole': sim(
    'src/store/uploading.ts',
    'if (!(failure instanceof UploadRefused)) return {};',
    'if (!(failure instanceof UploadRefused)) { const { attachment, ...rest } = row; const { message } = row; return { row: { ...rest, message: { ...message, metadata: { ...message.metadata, uploadId: attachment.resume ?? "" } } } }; }',
  ),
  'the last one first': sim(
    'src/store/sending.ts',
    'for (const row of rows) {\n      if (row.phase ===',
    'for (const row of [...rows].reverse()) {\n      if (row.phase ===',
  ),
};

/** What is said to the store and to the servers is believed. */
const TRUST = {
  'events are believed': fuzz(
    'src/store/sync.ts',
    'if (!parsed.success) return this.#state.report(name, describe(parsed.issues));',
    'if (!parsed.success) parsed.output ??= raw as never;',
  ),
  'answers are believed': fuzz(
    'src/store/asking.ts',
    'if (parsed.success) {\n        good.push(parsed.output);\n        continue;\n      }',
    'if (parsed) {\n        good.push(candidate);\n        continue;\n      }',
  ),
  'asks are believed': fuzz(
    'server/src/realtime/parse.ts',
    'if (result.success) return result.output;',
    'if (result) return payload as v.InferOutput<S>;',
  ),
};

export const PLANTED = { ...SERVER, ...SYNC, ...OUTBOX, ...TRUST };
