/** What is inside a bubble, by message type. */
import { msg, str } from '@lit/localize';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { ReadableAtom } from 'nanostores';
import type { Message } from '../../store/state.js';
import { safeMedia, safeUrl } from '../bits/addresses.js';
import { icon, iconDownload, iconFile, iconImage, iconPause, iconPin, iconPlay, iconUser } from '../bits/icons.js';
import { plainLabel } from '../bits/plain-label.js';
import { duration, fileSize } from '../bits/quantities.js';
import type { AudioPlayer } from './audio-player.js';
import { findLinks } from './links.js';

/** What very long words need from whoever shows them. */
export interface WordsHost {
  /** The agent wants to see all of it. */
  readonly allShown: boolean;
  showAll(): void;
}

/** What a body needs from the row that shows it. */
export interface BodyHost extends WordsHost {
  readonly locale: string | undefined;
  readonly player: AudioPlayer;
  read<T>(atom: ReadableAtom<T>): T;
  /** The picture did not load. */
  readonly broken: boolean;
  broke(): void;
  readonly transcriptOpen: boolean;
  /** The button that shows the words of a voice note, where the meta line does not carry it. */
  readonly transcriptToggle: TemplateResult | typeof nothing;
}

/** The contents of one bubble; `wide` ones bring their own padding. */
export interface Body {
  readonly content: TemplateResult;
  readonly look?: 'img' | 'mail';
}

/** Characters of a message that are drawn at once; more costs the page its smoothness, and nobody reads it in a bubble. */
export const SHOWN_AT_ONCE = 8000;
/** So many characters before that, a cut between words is looked for. */
const WORD = 200;

/** The first part of a very long text: whole words if possible, never half a character. */
export function firstPart(text: string): string {
  if (text.length <= SHOWN_AT_ONCE) return text;
  const head = text.slice(0, SHOWN_AT_ONCE);
  const gap = head.slice(-WORD).search(/\s\S*$/u);
  if (gap >= 0) return head.slice(0, SHOWN_AT_ONCE - WORD + gap);
  return /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
}

/** Words with their links. The spaces and line breaks are the sender's. */
export function richText(text: string, host: WordsHost): TemplateResult {
  const shown = host.allShown ? text : firstPart(text);
  const cut = shown.length < text.length;
  return html`<span class="txt" dir="auto"
      >${findLinks(shown).map(({ text: piece, href }) =>
        href
          ? html`<a class="lnk" href=${href} target="_blank" rel="noopener noreferrer nofollow">${piece}</a>`
          : piece,
      )}${cut ? '…' : nothing}</span
    >${
      cut
        ? html` <button type="button" class="link" part="show-all" @click=${() => host.showAll()}>
            ${msg('Show all')}
          </button>`
        : nothing
    }`;
}

const onlyAddress = (text: string) => (/^https?:\/\/\S+$/iu.test(text.trim()) ? text.trim() : undefined);

/** What was written beside a picture or file; an address or the file's own name says nothing. */
function caption(message: Message): string {
  const text = message.content.trim();
  return onlyAddress(text) || text === message.metadata?.fileName ? '' : text;
}

/** `PDF`, from the MIME type's end or the name's. */
function fileKind(name: string, type: string | undefined): string {
  const ending = /\.([A-Za-z0-9]{1,5})$/u.exec(name)?.[1] ?? /\/([a-z0-9]{1,8})$/iu.exec(type ?? '')?.[1] ?? '';
  return ending.toUpperCase();
}

function fileRow(given: string, detail: string, url: string | undefined, drawing = iconFile): TemplateResult {
  const name = plainLabel(given);
  return html`<div class="filerow">
    <span class="filerow__i">${icon(drawing, 20)}</span>
    <div class="grow">
      <b class="cut"><bdi>${name}</bdi></b
      >${detail ? html`<small><bdi>${detail}</bdi></small>` : nothing}
    </div>
    ${
      url
        ? html`<a
            class="ib"
            part="download"
            href=${url}
            download=${name}
            target="_blank"
            rel="noopener noreferrer nofollow"
            aria-label=${msg(str`Download ${name}`)}
            title=${msg('Download')}
            >${icon(iconDownload)}</a
          >`
        : nothing
    }
  </div>`;
}

function fileBody(message: Message, host: BodyHost): Body {
  const { metadata } = message;
  const url = safeUrl(metadata?.fileUrl ?? metadata?.imageUrl ?? metadata?.audioUrl ?? onlyAddress(message.content));
  const kinds: Readonly<Record<string, string>> = { image: msg('Photo'), audio: msg('Voice note') };
  const name = metadata?.fileName || caption(message) || (kinds[message.messageType] ?? msg('File'));
  const size = metadata?.fileSize === undefined ? '' : fileSize(metadata.fileSize, host.locale);
  const detail = [fileKind(name, metadata?.fileType), size].filter(Boolean).join(' · ');
  const words = metadata?.fileName ? caption(message) : '';
  const drawing = message.messageType === 'image' ? iconImage : iconFile;
  return {
    content: html`${fileRow(name, detail, url, drawing)}${
      words ? html`<div class="under">${richText(words, host)}</div>` : nothing
    }`,
  };
}

function imageBody(message: Message, host: BodyHost): Body {
  const given = message.metadata?.imageUrl ?? message.metadata?.fileUrl ?? onlyAddress(message.content);
  const source = safeMedia(given, 'image');
  if (!source || host.broken) return fileBody(message, host);
  const words = caption(message);
  const picture = html`<img
    src=${source}
    alt=${words || plainLabel(message.metadata?.fileName ?? '') || msg('Photo')}
    loading="lazy"
    decoding="async"
    referrerpolicy="no-referrer"
    @error=${() => host.broke()}
  />`;
  const address = safeUrl(given);
  return {
    look: 'img',
    content: html`${
      address
        ? html`<a class="shot" part="image" href=${address} target="_blank" rel="noopener noreferrer nofollow"
            >${picture}</a
          >`
        : html`<span class="shot" part="image">${picture}</span>`
    }
    ${words ? html`<p>${richText(words, host)}</p>` : nothing}`,
  };
}

const BARS = 44;
/** Heights of the bars, 3 to 21: the sender's loudness, else a drawing that is the same for the same message. */
function bars(message: Message): readonly number[] {
  const given = message.metadata?.waveform;
  if (given && given.length > 0) {
    return Array.from({ length: BARS }, (_, at) => {
      const loudness = given[Math.floor((at * given.length) / BARS)] ?? 0;
      return 3 + 18 * Math.min(1, Math.max(0, loudness));
    });
  }
  let seed = 7;
  for (const letter of message.key) seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) >>> 0;
  return Array.from({ length: BARS }, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return 3 + ((seed >>> 24) % 17);
  });
}

function audioBody(message: Message, host: BodyHost): Body {
  const { metadata, key } = message;
  const url = safeMedia(metadata?.audioUrl ?? metadata?.fileUrl ?? onlyAddress(message.content), 'audio');
  // A recording that is described but not there (yet) keeps its shape.
  if (!url && metadata?.duration === undefined && !metadata?.waveform) return fileBody(message, host);
  const now = host.read(host.player.$now);
  const mine = now?.key === key ? now : null;
  if (mine?.failed) return fileBody(message, host);
  const rate = host.read(host.player.$rate);
  const length = mine?.length || metadata?.duration || 0;
  const heard = mine && length ? mine.at / length : 0;
  const running = mine !== null && !mine.paused;
  const words = metadata?.transcript ?? caption(message);
  return {
    content: html`<div class="audio" dir="ltr">
        <button
          class="play"
          type="button"
          part="play"
          aria-label=${running ? msg('Pause') : msg('Play')}
          aria-disabled=${url ? nothing : 'true'}
          title=${url ? nothing : msg('This recording is not available')}
          @click=${() => url && host.player.toggle(key, url)}
        >
          ${icon(running ? iconPause : iconPlay, 16)}
        </button>
        <svg class="wave" viewBox="0 0 174 24" preserveAspectRatio="none" fill="currentColor" aria-hidden="true">
          ${bars(message).map(
            (height, at) =>
              svg`<rect x=${at * 4} y=${12 - height / 2} width="2" height=${height} rx="1" class=${at / BARS < heard ? 'on' : ''}></rect>`,
          )}
        </svg>
        <small><bdi>${duration(mine && running ? mine.at : length)}</bdi></small>
        <button
          class="rate"
          type="button"
          aria-label=${msg(str`Speed ${rate}×`)}
          title=${msg('Speed')}
          @click=${() => host.player.nextRate()}
        >
          ${rate}×
        </button>
      </div>
      ${words && host.transcriptOpen ? html`<p class="transcript">${richText(words, host)}</p>` : nothing}${
        words ? host.transcriptToggle : nothing
      }`,
  };
}

/** Words of a voice note, if any: the row offers to show them. */
export function transcriptOf(message: Message): string {
  return message.messageType === 'audio' ? (message.metadata?.transcript ?? caption(message)) : '';
}

function mailBody(message: Message, host: BodyHost): Body {
  const { subject, from, to } = message.metadata ?? {};
  return {
    look: 'mail',
    content: html`<div class="mail__h">
        <h3><span class="cut grow" dir="auto">${plainLabel(subject ?? '') || msg('No subject')}</span></h3>
        ${
          from || to
            ? html`<p class="cut">
                ${from ? html`${msg('From')} <bdi>${plainLabel(from)}</bdi>` : nothing}
                ${to ? html`${msg('to')} <bdi>${plainLabel(to)}</bdi>` : nothing}
              </p>`
            : nothing
        }
      </div>
      <div class="mail__b"><p>${richText(message.content, host)}</p></div>`,
  };
}

/** A type nobody here knows: what it is called and what it says. */
function otherBody(message: Message, host: BodyHost): Body {
  const known = new Map([
    ['location', { drawing: iconPin, name: msg('Location') }],
    ['contact', { drawing: iconUser, name: msg('Contact card') }],
  ]).get(message.messageType) ?? { drawing: iconFile, name: message.messageType };
  const url = safeUrl(message.metadata?.fileUrl);
  return {
    content: html`${fileRow(known.name, '', url, known.drawing)}${
      message.content ? html`<div class="under">${richText(message.content, host)}</div>` : nothing
    }`,
  };
}

const BODIES: Readonly<Record<string, (message: Message, host: BodyHost) => Body>> = {
  text: (message, host) => ({ content: richText(message.content, host) }),
  image: imageBody,
  file: fileBody,
  audio: audioBody,
  email: mailBody,
};

export function messageBody(message: Message, host: BodyHost): Body {
  if (message.deletedAt) return { content: html`<span class="gone">${msg('Message deleted')}</span>` };
  return (
    (Object.hasOwn(BODIES, message.messageType) ? BODIES[message.messageType] : undefined)?.(message, host) ??
    otherBody(message, host)
  );
}
