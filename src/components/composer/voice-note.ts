/** A voice note: recorded in the place of the reply field, then one of the files that go with the next message. */
import { msg, str } from '@lit/localize';
import { fitsType, plainType, type ChannelSheet } from '../../contract/index.js';
import type { ChatStore } from '../../store/chat-store.js';
import { channelName } from '../bits/channel-badge.js';
import { attachedTo, isStill, setAttached } from './attached.js';
import { FILES_AT_ONCE, mostBytes } from './file-checks.js';
import { browserMicrophone, endingOf, recordableType, troubleAhead, type Trouble } from './microphone.js';
import { VoiceRecorder, type Ending, type Recording } from './voice-recorder.js';
import { VoiceStrip } from './voice-strip.js';
import type { OpenPopup } from './writing.js';

/** Where the channel's sheet names none: what anybody still listens to. */
const MOST_SECONDS = 15 * 60;

export const open: OpenPopup = (writing, closed, _trigger, opener) => {
  const { store, conversationId, region } = writing;
  const platform = store?.conversations.get(conversationId)?.platform;
  const box = region?.querySelector<HTMLElement>('.box');
  const sheet = platform === undefined ? undefined : store?.channel(platform);
  const most = sheet?.maxFiles ?? FILES_AT_ONCE;
  if (!store || !region || !box || !sheet || attachedTo(store, conversationId).length >= most) {
    if (sheet) writing.complain(msg(str`At most ${most} files at once.`));
    closed();
    return { close: () => undefined };
  }
  const announce = announcer(region);
  const strip = new VoiceStrip();
  const close = () => {
    box.hidden = false;
    strip.remove();
  };
  const leave = (next: () => void) => {
    const hadFocus = strip.contains((strip.getRootNode() as ShadowRoot).activeElement);
    close();
    closed();
    if (hadFocus) next();
  };
  /** Whose voice it is. */
  let speaker: string | undefined;
  const ended = (recording: Recording, why: Ending) => {
    const isHere = strip.isConnected;
    if (isHere) leave(() => writing.focusComposer());
    if (!isStill(speaker, store)) return; // signed out meanwhile: nobody else is to hear it
    if (recording.blob.size === 0) return isHere ? writing.complain(msg('Nothing was recorded.')) : undefined;
    attach(store, conversationId, recording);
    writing.requestUpdate();
    announce(isHere ? msg('Voice note attached') : msg('The voice note waits in its conversation'));
    const reason = isHere ? reasonOf(why, sheet) : '';
    if (reason) writing.complain(reason);
  };
  const changed = () => strip.requestUpdate();
  strip.className = 'box';
  strip.store = store;
  strip.channel = channelName(sheet);
  strip.announce = announce;
  strip.leave = () => leave(() => (opener?.isConnected ? opener.focus() : writing.focusComposer()));
  strip.attach = () => {
    leave(() => writing.focusComposer());
    writing.files.choose();
  };
  strip.prepare = () => {
    speaker = store.$me.get();
    const limits = limitsOf(store, sheet);
    return typeof limits === 'string'
      ? limits
      : new VoiceRecorder({ microphone: browserMicrophone, ...limits, changed, ended });
  };
  box.hidden = true;
  region.append(strip);
  return { close };
};

function limitsOf(store: ChatStore, sheet: ChannelSheet): Trouble | VoiceLimits {
  const trouble = troubleAhead();
  if (trouble) return trouble;
  const { uploads } = store.$features.get();
  const type = recordableType((one) => mostBytes(plainType(one), sheet, uploads) > 0);
  if (type === undefined) return 'format';
  const plain = plainType(type);
  const named = sheet.media.flatMap(({ types, maxSeconds }) =>
    maxSeconds !== undefined && types.some((pattern) => fitsType(plain, pattern)) ? [maxSeconds] : [],
  );
  const maxSeconds = named.length > 0 ? Math.max(...named) : MOST_SECONDS;
  return { type, maxBytes: mostBytes(plain, sheet, uploads), maxSeconds };
}

interface VoiceLimits {
  readonly type: string;
  readonly maxBytes: number;
  readonly maxSeconds: number;
}

function attach(store: ChatStore, conversationId: string, { blob, seconds, waveform }: Recording): void {
  const known = attachedTo(store, conversationId);
  const ending = endingOf(blob.type);
  const names = new Set(known.map(({ name }) => name));
  let name = `voice-note.${ending}`;
  for (let count = 2; names.has(name); count++) name = `voice-note-${count}.${ending}`;
  const metadata = { duration: seconds, waveform: [...waveform] };
  setAttached(store, conversationId, [...known, { blob, name, type: blob.type, metadata }]);
}

function reasonOf(why: Ending, sheet: ChannelSheet): string {
  const words: Readonly<Record<Ending, string>> = {
    asked: '',
    limit: msg(str`A voice note for ${channelName(sheet)} cannot be longer. What was recorded is attached.`),
    lost: msg('The microphone went away. What was recorded is attached.'),
  };
  return words[why];
}

/** A line that is there before it speaks, and stays when the strip has gone. */
function announcer(region: HTMLElement): (words: string) => void {
  let line = region.querySelector<HTMLElement>('.voice-status');
  if (!line) {
    line = document.createElement('p');
    line.className = 'voice-status sr';
    line.role = 'status';
    region.append(line);
  }
  const spoken = line;
  spoken.textContent = '';
  return (words) => (spoken.textContent = words);
}
