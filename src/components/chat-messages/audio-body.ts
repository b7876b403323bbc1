import { msg, str } from '@lit/localize';
import { html, nothing, svg } from 'lit';
import type { Message } from '../../store/state.js';
import { safeMedia } from '../bits/addresses.js';
import { icon } from '../bits/icons.js';
import { iconPause, iconPlay } from '../bits/more-icons.js';
import { duration } from '../bits/quantities.js';
import type { Body, BodyHost } from './body-host.js';
import { onlyAddress } from './caption.js';
import { fileBody } from './file-row.js';
import { richText } from './rich-text.js';
import { transcriptOf, transcriptToggle, wordsBeside } from './transcript.js';

const BARS = 44;
/** Seconds of one press of an arrow key. */
const STEP = 5;

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

const KEYS: Readonly<Record<string, (at: number, length: number) => number>> = {
  ArrowRight: (at) => at + STEP,
  ArrowUp: (at) => at + STEP,
  ArrowLeft: (at) => at - STEP,
  ArrowDown: (at) => at - STEP,
  PageUp: (at) => at + 3 * STEP,
  PageDown: (at) => at - 3 * STEP,
  Home: () => 0,
  End: (_at, length) => length - 1,
};

export function audioBody(message: Message, host: BodyHost): Body {
  const { metadata, key } = message;
  const url = safeMedia(metadata?.audioUrl ?? metadata?.fileUrl ?? onlyAddress(message.content), 'audio');
  // A recording that is described but not there (yet) keeps its shape.
  if (!url && metadata?.duration === undefined && !metadata?.waveform) return fileBody(message, host);
  const { player } = host;
  const now = host.read(player.$now);
  const mine = now?.key === key ? now : null;
  if (mine?.failed) return fileBody(message, host, true);
  const rate = host.read(player.$rate);
  const length = mine?.length || metadata?.duration || 0;
  const at = Math.min(mine?.at ?? 0, length);
  const running = mine !== null && !mine.paused;
  const words = transcriptOf(message);
  const beside = wordsBeside(message);
  const seek = (to: number) => {
    if (url && length > 0) player.seek(key, url, Math.min(length, Math.max(0, to)));
  };
  return {
    content: html`<div class="audio" dir="ltr">
        <button
          class="play"
          type="button"
          part="play"
          aria-label=${running ? msg('Pause') : msg('Play')}
          aria-disabled=${url ? nothing : 'true'}
          title=${url ? nothing : msg('This recording is not available')}
          @click=${() => url && player.toggle(key, url)}
        >
          ${icon(running ? iconPause : iconPlay, 16)}
        </button>
        <div
          class="seek"
          part="seek"
          role="slider"
          tabindex=${url && length > 0 ? '0' : nothing}
          aria-disabled=${url && length > 0 ? nothing : 'true'}
          aria-label=${msg('Position')}
          aria-valuemin="0"
          aria-valuemax=${Math.round(length)}
          aria-valuenow=${Math.round(at)}
          aria-valuetext=${msg(str`${duration(at)} of ${duration(length)}`)}
          @keydown=${(event: KeyboardEvent) => {
            const move = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : undefined;
            if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
            event.preventDefault();
            event.stopPropagation(); // the log's own arrows
            seek(move(at, length));
          }}
          @pointerdown=${(event: PointerEvent) => drag(event, (share) => seek(share * length))}
        >
          <svg class="wave" viewBox="0 0 174 24" preserveAspectRatio="none" fill="currentColor" aria-hidden="true">
            ${bars(message).map(
              (height, bar) =>
                svg`<rect x=${bar * 4} y=${12 - height / 2} width="2" height=${height} rx="1" class=${bar / BARS < (length ? at / length : 0) ? 'on' : ''}></rect>`,
            )}
          </svg>
        </div>
        <small><bdi>${duration(mine && (running || at > 0) ? at : length)}</bdi></small>
        <button
          class="rate"
          type="button"
          aria-label=${msg(str`Speed ${rate}×`)}
          title=${msg('Speed')}
          @click=${() => player.nextRate()}
        >
          ${rate}×
        </button>
      </div>
      ${beside ? html`<p class="txt">${richText(beside, host)}</p>` : nothing}${words && host.isOpen('transcript') ? html`<p class="transcript">${richText(words, host)}</p>` : nothing}${
        words && !host.hasMeta ? transcriptToggle(host) : nothing
      }`,
  };
}

/** Follows the pointer along the wave until it is let go. */
function drag(event: PointerEvent, to: (share: number) => void): void {
  if (event.button !== 0) return;
  const wave = event.currentTarget as HTMLElement;
  const box = wave.getBoundingClientRect();
  const follow = ({ clientX }: PointerEvent) => to(Math.min(1, Math.max(0, (clientX - box.left) / box.width)));
  const stop = new AbortController();
  try {
    wave.setPointerCapture(event.pointerId);
  } catch {
    // A pointer that is gone already: the press counts all the same.
  }
  wave.addEventListener('pointermove', follow, { signal: stop.signal });
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'])
    wave.addEventListener(end, () => stop.abort(), { signal: stop.signal });
  follow(event);
}
