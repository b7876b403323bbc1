/** The line under a group: who, when, and how far the message has come, always with a word. */
import { msg, str } from '@lit/localize';
import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { ChannelSheet } from '../../contract/index.js';
import type { Delivery, Message } from '../../store/state.js';
import { icon, iconAlert } from '../bits/icons.js';
import { clock, fullMoment } from '../bits/moments.js';
import { iconCheck, iconChecks, iconClock } from '../bits/more-icons.js';

export interface MetaHost {
  readonly locale: string | undefined;
  /** Name shown before the time; empty for contacts. */
  readonly speaker: string;
  readonly offline: boolean;
  readonly sheet: Pick<ChannelSheet, 'receipts'>;
  /** Why it was not sent, in words; empty where nobody told, and until the words are here. */
  readonly why: string;
  /** Written by the agent who looks. */
  readonly ours: boolean;
  retry(): void;
  remove(): void;
}

interface State {
  readonly drawing: SVGTemplateResult;
  readonly word: string;
}

const RECEIPTS = ['sent', 'delivered', 'read'] as const;
type Receipt = (typeof RECEIPTS)[number];

/** The furthest state that this channel can really report; undefined when it reports nothing. */
export function honest(delivery: Receipt, receipts: readonly Receipt[]): Receipt | undefined {
  const reached = RECEIPTS.slice(0, RECEIPTS.indexOf(delivery) + 1);
  return reached.findLast((receipt) => receipts.includes(receipt));
}

/** Icon and word of a state; undefined where there is nothing to say. */
export function stateOf(delivery: Delivery, receipts: readonly Receipt[], offline: boolean): State | undefined {
  switch (delivery) {
    case 'queued':
      return { drawing: iconClock, word: offline ? msg('Waiting for connection') : msg('Sending') };
    case 'sending':
      return { drawing: iconClock, word: msg('Sending') };
    case 'uncertain':
      return { drawing: iconAlert, word: msg('Not confirmed') };
    case 'failed':
      return { drawing: iconAlert, word: msg('Not sent') };
    default: {
      const reached = honest(delivery, receipts);
      if (!reached) return undefined;
      const words = { sent: msg('Sent'), delivered: msg('Delivered'), read: msg('Read') };
      return { drawing: reached === 'sent' ? iconCheck : iconChecks, word: words[reached] };
    }
  }
}

function when(message: Message, locale: string | undefined): TemplateResult {
  return html`<span
    ><time datetime=${message.timestamp} title=${fullMoment(message.timestamp, locale)}
      ><bdi>${clock(message.timestamp, locale)}</bdi></time
    ></span
  >`;
}

/** The server has asked to wait: until when, to the second, because that is seldom long. */
function nextTry({ delivery, retryAt }: Message, { offline, locale }: MetaHost): string {
  if (delivery !== 'queued' || retryAt === undefined || offline) return '';
  const moment = clock(new Date(retryAt).toISOString(), locale, { second: '2-digit' });
  return msg(str`Next try at ${moment}`);
}

function stateMark(message: Message, host: MetaHost): TemplateResult | typeof nothing {
  const state = stateOf(message.delivery, host.sheet.receipts, host.offline);
  if (!state) return nothing;
  const travels = message.delivery === 'sending' && message.metadata?.fileName !== undefined;
  const word = host.why || nextTry(message, host) || (travels ? msg('Uploading') : state.word);
  const shown = RECEIPTS.includes(message.delivery as Receipt)
    ? honest(message.delivery as Receipt, host.sheet.receipts)
    : message.delivery;
  const title = message.statusAt ? fullMoment(message.statusAt, host.locale) : '';
  return html`<span class="st is-${shown}" title=${title || nothing}
    >${icon(state.drawing, 14)}<span>${word}</span></span
  >`;
}

export function messageMeta(message: Message, host: MetaHost, extra: TemplateResult | typeof nothing): TemplateResult {
  const mine = message.senderType === 'agent' || message.senderType === 'bot';
  const stuck = message.delivery === 'failed';
  const waiting = message.delivery === 'queued' || message.delivery === 'sending';
  return html`<div class="meta" part="meta">
    ${host.speaker && !stuck && !waiting ? html`<span>${host.speaker}</span>` : nothing}${
      stuck || waiting ? nothing : when(message, host.locale)
    }${message.editedAt && !message.deletedAt ? html`<span>${msg('edited')}</span>` : nothing}${
      mine ? stateMark(message, host) : nothing
    }${extra}${
      stuck && host.ours
        ? html`<button type="button" class="link link--crit" part="retry" @click=${() => host.retry()}>
              ${msg('Retry')}</button
            >${
              // What the server has stored is not ours to delete.
              message.local
                ? html`<button type="button" part="delete" @click=${() => host.remove()}>${msg('Delete')}</button>`
                : nothing
            }`
        : nothing
    }${
      message.delivery === 'uncertain'
        ? html`<button type="button" part="retry" @click=${() => host.retry()}>${msg('Send again')}</button>`
        : nothing
    }
  </div>`;
}
