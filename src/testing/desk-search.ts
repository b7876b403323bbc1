/** What the Desk finds: plain words, whatever their case. */
import type { Ask } from '../contract/index.js';
import type { DeskBooks } from './desk-books.js';
import type { Asker } from './desk-asker.js';

const PAGE = 50;

function rangesOf(content: string, query: string): [number, number][] {
  const [text, words] = [content.toLowerCase(), query.toLowerCase()];
  const ranges: [number, number][] = [];
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length))
    ranges.push([at, at + words.length]);
  return ranges;
}

export function searchMessages(books: DeskBooks, ask: Ask<'search_messages'>, asker: Asker) {
  const { conversationId } = ask.filter ?? {};
  const found = [...books.threads.values()]
    .filter(({ conversation }) => conversationId === undefined || conversation.id === conversationId)
    .filter(({ conversation }) => asker.sees(conversation))
    .flatMap(({ messages }) => messages)
    .map((message) => ({ message, ranges: rangesOf(message.content, ask.query) }))
    .filter(({ ranges }) => ranges.length > 0)
    .sort((a, b) => b.message.timestamp.localeCompare(a.message.timestamp) || b.message.seq - a.message.seq);
  const from = Number(ask.cursor ?? 0);
  const to = from + (ask.limit ?? PAGE);
  return { hits: found.slice(from, to), total: found.length, ...(to < found.length ? { next: `${to}` } : {}) };
}
