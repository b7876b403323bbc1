/** The browser's microphone and recorder, and what can stand in their way. */
import { msg, str } from '@lit/localize';

/** What a recorder needs of the world around it: tests bring a world of their own. */
export interface Microphone {
  /** Rejects with what the browser says. */
  open(): Promise<MediaStream>;
  record(stream: MediaStream, type: string): MediaRecorder;
  /** Undefined where loudness cannot be measured: the recording does without. */
  meter(stream: MediaStream): Meter | undefined;
  /** Milliseconds that only grow. */
  now(): number;
  /** Returns what ends it. */
  every(ms: number, act: () => void): () => void;
}

export interface Meter {
  /** Loudness now, 0 to 1. */
  level(): number;
  close(): void;
}

export type Trouble = 'insecure' | 'unsupported' | 'format' | 'denied' | 'missing' | 'busy' | 'unknown';

/** What most channels play comes first. */
const TYPES = [
  'audio/ogg;codecs=opus',
  'audio/mp4;codecs=mp4a.40.2',
  'audio/webm;codecs=opus',
  'audio/mp4',
  'audio/webm',
];
const ENDINGS: Readonly<Record<string, string>> = { 'audio/ogg': 'ogg', 'audio/mp4': 'm4a', 'audio/webm': 'webm' };
/** Speech sounds clear at so many. */
const BITS_PER_SECOND = 48_000;
/** Speech is quiet: so that it fills the strip. */
const GAIN = 4;

/** The first type that this browser records and `isTaken` lets through. */
export const recordableType = (isTaken: (type: string) => boolean): string | undefined =>
  TYPES.find((type) => MediaRecorder.isTypeSupported(type) && isTaken(type));

/** `audio/webm;codecs=opus` → `webm` */
export const endingOf = (type: string): string => ENDINGS[type.split(';')[0]!] ?? 'bin';

/** What is known to be in the way before anybody is asked. */
export function troubleAhead(): Trouble | undefined {
  if (!isSecureContext) return 'insecure';
  // Types promise more than old browsers keep.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  return typeof devices?.getUserMedia === 'function' && typeof MediaRecorder === 'function' ? undefined : 'unsupported';
}

const NAMES: Readonly<Record<string, Trouble>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
  NotSupportedError: 'format',
};

export function troubleOf(error: unknown): Trouble {
  const name = error instanceof Error ? error.name : '';
  return Object.hasOwn(NAMES, name) ? NAMES[name]! : 'unknown';
}

/** Trying again can help: something outside has to change, and can. */
export const canTryAgain = (trouble: Trouble): boolean => !['insecure', 'unsupported', 'format'].includes(trouble);

export function troubleWords(trouble: Trouble, channel: string): string {
  const words: Readonly<Record<Trouble, string>> = {
    insecure: msg('Recording needs a page that was opened over HTTPS.'),
    unsupported: msg('This browser cannot record sound.'),
    format: msg(str`This browser cannot record in a format that ${channel} takes.`),
    denied: msg('The microphone is blocked for this page. Allow it in the browser’s site settings, then try again.'),
    missing: msg('No microphone was found. Connect one, then try again.'),
    busy: msg('The microphone is in use by another program. Close it there, then try again.'),
    unknown: msg('The recording did not start.'),
  };
  return words[trouble];
}

export const browserMicrophone: Microphone = {
  open: () =>
    navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    }),
  record: (stream, mimeType) => new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_PER_SECOND }),
  meter(stream) {
    try {
      const context = new AudioContext();
      const analyser = context.createAnalyser();
      context.createMediaStreamSource(stream).connect(analyser);
      void context.resume().catch(() => undefined);
      const samples = new Float32Array(analyser.fftSize);
      return {
        level() {
          analyser.getFloatTimeDomainData(samples);
          const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
          return Math.min(1, GAIN * Math.sqrt(power));
        },
        close: () => void context.close().catch(() => undefined),
      };
    } catch {
      return undefined;
    }
  },
  now: () => performance.now(),
  every(ms, act) {
    const timer = setInterval(act, ms);
    return () => clearInterval(timer);
  },
};
