import { msg, str } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { Message } from '../../store/state.js';
import { teamAvatar } from '../bits/avatar.js';
import { icon } from '../bits/icons.js';
import { iconLock } from '../bits/more-icons.js';
import { clock } from '../bits/moments.js';
import { plainLabel } from '../bits/plain-label.js';
import type { BodyHost } from './body-host.js';
import { messageBody } from './message-body.js';
import { richText } from './rich-text.js';

export interface NoteNames {
  /** For the avatar. */
  readonly full: string;
  /** For the heading. */
  readonly short: string;
  /** Of a colleague whom it mentions. */
  colleague(id: string): string | undefined;
}

/** What the team says to itself: never taken for a message, in no theme and for nobody. `foot`: state and buttons. */
export function noteCard(
  message: Message,
  host: BodyHost,
  names: NoteNames,
  label: string,
  more: unknown,
  foot: unknown,
): TemplateResult {
  const mentioned = (message.metadata?.mentions ?? [])
    .map((id) => plainLabel(names.colleague(id) ?? ''))
    .filter(Boolean);
  const words = message.messageType === 'text' && !message.deletedAt;
  return html`<div class="notecard" role="article" part="note" aria-label=${label}>
    ${teamAvatar(names.full, 24)}
    <div class="notecard__b">
      <div class="notecard__h">
        ${icon(iconLock, 14)}<span>${msg(str`${names.short} left a note. Only your team sees it`)}</span>
        <time datetime=${message.timestamp}><bdi>${clock(message.timestamp, host.locale)}</bdi></time>
      </div>
      ${words ? html`<p>${richText(message.content, host, { mentions: mentioned })}</p>` : messageBody(message, host).content}${foot}
    </div>
    ${more}
  </div>`;
}
