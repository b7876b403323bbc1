/** `/`: the words that the team keeps ready, filled in with what is known. */
import { msg, str } from '@lit/localize';
import { html } from 'lit';
import type { QuickReply } from '../../contract/index.js';
import { icon } from '../bits/icons.js';
import { iconBolt } from '../bits/more-icons.js';
import { plainLabel } from '../bits/plain-label.js';
import { clientIdBehind, knownValues } from './known-values.js';
import type { OpenPopup } from './writing.js';
import { folded, SuggestionList, type Source, type Suggestion } from './suggestions.js';
import { fillIn } from './variables.js';

/** Where the word is found: the earlier, the better the reply fits. */
const RANKS: readonly ((reply: QuickReply, word: string) => boolean)[] = [
  ({ shortcut }, word) => folded(shortcut) === word,
  ({ shortcut }, word) => folded(shortcut).startsWith(word),
  ({ title }, word) => folded(title).includes(word),
  ({ shortcut }, word) => folded(shortcut).includes(word),
  ({ content }, word) => folded(content).includes(word),
];
/** Of a long reply so much is shown in its line. */
const HINT = 120;

export const rankOf = (reply: QuickReply, query: string): number => {
  const word = folded(query);
  return word === '' ? 0 : RANKS.findIndex((fits) => fits(reply, word));
};

export const open: OpenPopup = (writing, closed, trigger) => {
  const { store, conversationId } = writing;
  if (!store) throw new Error('There is no store to ask for quick replies.');
  const source: Source<QuickReply> = {
    part: 'quick-replies',
    label: () => msg('Quick replies'),
    heading: (query) => (query ? msg(str`Quick replies for “${query}”`) : msg('Quick replies')),
    load: () => store.loadQuickReplies(),
    find(replies, query) {
      const values = knownValues(store, conversationId);
      return replies
        .map((reply) => ({ reply, rank: rankOf(reply, query) }))
        .filter(({ rank }) => rank >= 0)
        .sort((one, other) => one.rank - other.rank)
        .map(({ reply }): Suggestion => {
          const text = fillIn(reply.content, values);
          return {
            id: reply.id,
            text,
            preview: text,
            line: html`${icon(iconBolt, 16)}<b class="cut"><bdi>${plainLabel(reply.title)}</bdi></b
              ><small class="cut grow" dir="auto">${text.slice(0, HINT)}</small
              ><small class="pop__key"><bdi>/${plainLabel(reply.shortcut)}</bdi></small>`,
          };
        });
    },
    nothing: (query) =>
      query ? msg(str`No quick reply for “${query}”.`) : msg('The team keeps no quick replies yet.'),
  };
  const list = new SuggestionList(writing, source, trigger, () => {
    stop?.();
    closed();
  });
  const clientId = clientIdBehind(store, conversationId);
  // Looking at the record loads it: a reply may name the company.
  const stop = clientId === undefined ? undefined : store.clients.at(clientId).listen(() => list.refresh());
  return list;
};
