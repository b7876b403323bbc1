import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { ChannelSheet, Prospect } from '../../contract/index.js';
import { contactAvatar, teamAvatar } from '../bits/avatar.js';
import { channelName } from '../bits/channel-badge.js';
import { firstName } from '../bits/first-name.js';
import { icon, iconBack, iconBot, iconPanel, iconUser } from '../bits/icons.js';
import { daysBetween } from '../bits/days.js';
import { shortMoment } from '../bits/moments.js';
import { plainLabel } from '../bits/plain-label.js';
import type { Contact } from './row-frame.js';

/** Somebody seen within so many milliseconds is online. */
const ONLINE = 5 * 60_000;

export interface ThreadHeader {
  readonly contact: Contact;
  readonly prospect: Prospect | undefined;
  readonly channel: ChannelSheet | undefined;
  readonly isClient: boolean;
  readonly assignee: string | undefined;
  /** Names of colleagues who have this conversation open too. */
  readonly viewers: readonly string[];
  readonly botOn: boolean;
  readonly contactOpen: boolean;
  readonly locale: string | undefined;
  readonly now: number;
  /** What the host draws where its slot is empty. */
  readonly actions: unknown;
  back(): void;
  toggleBot(): void;
  toggleContact(): void;
}

/** `online`, `last seen Yesterday`, or nothing. */
export function presence(lastSeen: string | undefined, now: number, locale?: string): string {
  if (!lastSeen) return '';
  if (now - Date.parse(lastSeen) <= ONLINE) return msg('online');
  if (daysBetween(Date.parse(lastSeen), now) === 1) return msg('last seen yesterday');
  return msg(str`last seen ${shortMoment(lastSeen, now, locale)}`);
}

export function threadHeader(head: ThreadHeader): TemplateResult {
  const { contact, prospect } = head;
  const channel = head.channel ? channelName(head.channel) : '';
  const line = [
    channel,
    head.isClient ? msg('client') : msg('prospect'),
    presence(prospect?.lastSeen, head.now, head.locale),
    head.viewers.length > 0 ? msg(str`${head.viewers.map(firstName).join(', ')} also here`) : '',
  ].filter(Boolean);
  return html`<header class="panel__head" part="header">
    <button
      class="ib back"
      part="back"
      type="button"
      aria-label=${msg('Back to conversations')}
      title=${msg('Back to conversations')}
      @click=${() => head.back()}
    >
      ${icon(iconBack, 18, 'flip')}
    </button>
    ${contactAvatar(contact, 32, head.channel)}
    <div class="who">
      <h2 class="cut" title=${contact.name}><bdi>${contact.name}</bdi></h2>
      <p class="cut" part="presence">${prospect ? line.join(msg(', ')) : channel}</p>
    </div>
    <div class="acts">
      <slot name="header-actions">${head.actions}</slot>
      <button
        class="switch"
        part="bot"
        type="button"
        role="switch"
        aria-label=${msg('Bot')}
        aria-checked=${head.botOn ? 'true' : 'false'}
        title=${msg('Bot replies')}
        @click=${() => head.toggleBot()}
      >
        ${icon(iconBot)}<span>${msg('Bot')}</span><span class="switch__t"></span>
      </button>
      ${
        head.assignee
          ? html`<span class="sep"></span
              ><span class="assignee wide" title=${msg(str`Assigned to ${plainLabel(head.assignee)}`)}
                >${teamAvatar(head.assignee, 20)}<bdi>${firstName(head.assignee)}</bdi></span
              >`
          : nothing
      }
      <button
        class="ib"
        part="contact-toggle"
        type="button"
        aria-label=${msg('Contact panel')}
        title=${msg('Contact panel')}
        aria-pressed=${head.contactOpen ? 'true' : 'false'}
        @click=${() => head.toggleContact()}
      >
        <span class="toggler">${icon(iconPanel)}</span><span class="mob">${icon(iconUser)}</span>
      </button>
    </div>
  </header>`;
}
