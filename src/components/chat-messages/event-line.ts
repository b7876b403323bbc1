import { msg, str } from '@lit/localize';
import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { Message } from '../../store/state.js';
import { icon, iconBot } from '../bits/icons.js';
import { iconArchive, iconAssign, iconHistory, iconUserCheck } from '../bits/more-icons.js';
import { clock, fullMoment } from '../bits/moments.js';
import { plainLabel } from '../bits/plain-label.js';
import { messageLabel } from './message-label.js';
import type { RowPlace } from './row-frame.js';

interface Line {
  readonly drawing: SVGTemplateResult;
  words(by: string, to: string): string;
}

/** What the team did. A kind that is not here shows the message's own words. */
const LINES: Readonly<Record<string, Line>> = {
  assigned: {
    drawing: iconAssign,
    words: (by, to) => {
      if (!to) return by ? msg(str`${by} gave this back to everybody`) : msg('Nobody has this any more');
      if (!by) return msg(str`Assigned to ${to}`);
      return by === to ? msg(str`${by} took this over`) : msg(str`${by} assigned this to ${to}`);
    },
  },
  converted: {
    drawing: iconUserCheck,
    words: (by) => (by ? msg(str`${by} made this contact a client`) : msg('This contact is now a client')),
  },
  bot_paused: {
    drawing: iconBot,
    words: (by) => (by ? msg(str`${by} paused the bot`) : msg('The bot was paused')),
  },
  bot_resumed: {
    drawing: iconBot,
    words: (by) => (by ? msg(str`${by} switched the bot on`) : msg('The bot was switched on')),
  },
  closed: {
    drawing: iconArchive,
    words: (by) => (by ? msg(str`${by} closed this conversation`) : msg('This conversation was closed')),
  },
  reopened: {
    drawing: iconHistory,
    words: (by) => (by ? msg(str`${by} opened this conversation again`) : msg('This conversation was opened again')),
  },
};

/** A name inside a sentence of another direction. */
const isolated = (name: string) => `\u2068${name}\u2069`;
/** Words of a system line that are shown. */
const MOST = 500;

/**
 * One line between messages. `nameOf`: who is meant by an agent's id. `place`: where it stands, once the keyboard has come
 * to it; only then it needs a name, because what it says is all there is in it.
 */
export function eventLine(
  message: Message,
  locale: string | undefined,
  nameOf: (id: string) => string | undefined,
  place: RowPlace | undefined,
): TemplateResult {
  const event = message.metadata?.event;
  const line = event && Object.hasOwn(LINES, event.kind) ? LINES[event.kind] : undefined;
  const name = (id: string | undefined) => {
    const known = plainLabel((id && nameOf(id)) || id || '').trim();
    return known && isolated(known);
  };
  const words = line ? line.words(name(event?.by), name(event?.to)) : message.content.slice(0, MOST);
  return html`<div
    class="event"
    part="event"
    role=${place ? 'article' : nothing}
    aria-label=${place ? messageLabel(message, words, locale, place) : nothing}
  >
    ${line ? icon(line.drawing, 16) : nothing}<span
      ><bdi>${words}</bdi> ·
      <time datetime=${message.timestamp} title=${fullMoment(message.timestamp, locale)}
        ><bdi>${clock(message.timestamp, locale)}</bdi></time
      ></span
    >
  </div>`;
}
