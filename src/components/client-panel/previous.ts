import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { ReadableAtom } from 'nanostores';
import type { Conversation } from '../../contract/index.js';
import type { ChatStore } from '../../store/chat-store.js';
import { channelBadge } from '../bits/channel-badge.js';
import { firstName } from '../bits/first-name.js';
import { shortMoment } from '../bits/moments.js';
import { plainLabel } from '../bits/plain-label.js';
import { previewOf } from '../bits/preview.js';

type Read = <T>(atom: ReadableAtom<T>) => T;

const STATUS: { [S in Conversation['status']]: () => string } = {
  active: () => msg('open'),
  closed: () => msg('closed'),
  archived: () => msg('archived'),
};

/** Who answered and how it ended: "Answered by Tomás, archived". */
function ending(store: ChatStore, conversation: Conversation, read: Read): string {
  const { assignedTo, status, id, lastMessage } = conversation;
  const state = STATUS[status]();
  const name = assignedTo && firstName(read(store.agents.at(assignedTo))?.name ?? '');
  if (name) return msg(str`Answered by ${name}, ${state}`);
  if (lastMessage?.senderType === 'bot' || store.botEnabled(id)) return msg(str`Answered by bot, ${state}`);
  return state.charAt(0).toLocaleUpperCase() + state.slice(1);
}

/** Other conversations of the same contact. */
export function previousList(
  store: ChatStore,
  ids: readonly string[],
  read: Read,
  locale: string | undefined,
  open: (id: string) => void,
): TemplateResult {
  return html`<ul>
    ${ids.map((id) => {
      const conversation = read(store.conversations.at(id));
      if (!conversation) return nothing;
      const { platform, lastMessage, subject, lastActivity } = conversation;
      const title = plainLabel(subject ?? '') || (lastMessage ? previewOf(lastMessage).text : msg('No messages yet'));
      return html`<li>
        <button class="prev" type="button" @click=${() => open(id)}>
          ${channelBadge(store.channel(platform))}<span class="cut" dir="auto">${title}</span
          ><small><bdi>${shortMoment(lastActivity, Date.now(), locale)}</bdi></small
          ><span class="prev__s cut">${ending(store, conversation, read)}</span>
        </button>
      </li>`;
    })}
  </ul>`;
}
