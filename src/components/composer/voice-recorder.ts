/** One voice note, from the microphone to a file. However it ends, the microphone is let go. */
import type { Meter, Microphone } from './microphone.js';

export interface Recording {
  readonly blob: Blob;
  readonly seconds: number;
  /** Loudness per bar, 0 to 1. */
  readonly waveform: readonly number[];
}

/** `asked`: the agent finished it. `limit`: no more fits. `lost`: the microphone went away. */
export type Ending = 'asked' | 'limit' | 'lost';

export interface RecorderOptions {
  readonly microphone: Microphone;
  /** MIME type with its codecs. */
  readonly type: string;
  readonly maxBytes: number;
  readonly maxSeconds: number;
  /** Something of it is different now: state, time, loudness. */
  changed(): void;
  /** Once, unless it was discarded or never began. */
  ended(recording: Recording, why: Ending): void;
}

/** Between two looks at time and loudness. */
const TICK_MS = 100;
/** The recorder hands over what it has, so that its size is known while it grows. */
const PIECE_MS = 1000;
/** Bars of the finished note. */
const BARS = 44;
/** Quieter than this is silence: it is not drawn as if it were loud. */
const SILENCE = 0.05;

export class VoiceRecorder {
  readonly #options: RecorderOptions;
  readonly #pieces: Blob[] = [];
  #state: 'waiting' | 'recording' | 'paused' | 'over' = 'waiting';
  #why: Ending = 'lost';
  #stream?: MediaStream;
  #recorder?: MediaRecorder;
  #meter?: Meter | undefined;
  #endTicks?: () => void;
  #bytes = 0;
  #largest = 0;
  #levels: number[] = [];
  /** Milliseconds before the last pause, and when the part after it began. */
  #before = 0;
  #since = 0;
  #isDiscarded = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  get state(): 'waiting' | 'recording' | 'paused' | 'over' {
    return this.#state;
  }

  get seconds(): number {
    const running = this.#state === 'recording' ? this.#options.microphone.now() - this.#since : 0;
    return (this.#before + running) / 1000;
  }

  /** Loudness of the past, ten a second, the newest last. */
  get levels(): readonly number[] {
    return this.#levels;
  }

  /** Rejects with what the browser says when there is no microphone, or none for us. */
  async start(): Promise<void> {
    const { microphone, type } = this.#options;
    const stream = await microphone.open();
    this.#stream = stream;
    if (this.#state === 'over') return this.#release(); // given up while the browser was asking
    try {
      const recorder = microphone.record(stream, type);
      this.#recorder = recorder;
      recorder.addEventListener('dataavailable', ({ data }) => this.#took(data));
      // It stops by itself when the microphone is unplugged or taken away.
      recorder.addEventListener('stop', () => this.#stopped());
      recorder.start(PIECE_MS);
    } catch (error) {
      this.#state = 'over';
      this.#release();
      throw error;
    }
    this.#meter = microphone.meter(stream);
    this.#endTicks = microphone.every(TICK_MS, () => this.#tick());
    this.#since = microphone.now();
    this.#state = 'recording';
    this.#options.changed();
  }

  pause(): void {
    if (this.#state !== 'recording') return;
    this.#recorder?.pause();
    this.#stopClock();
    this.#state = 'paused';
    this.#options.changed();
  }

  resume(): void {
    if (this.#state !== 'paused') return;
    this.#recorder?.resume();
    this.#since = this.#options.microphone.now();
    this.#state = 'recording';
    this.#options.changed();
  }

  /** What is there becomes a file; see `ended`. */
  finish(why: Ending = 'asked'): void {
    if (this.#state === 'over') return;
    this.#stopClock();
    this.#state = 'over';
    this.#why = why;
    if (this.#recorder && this.#recorder.state !== 'inactive') this.#recorder.stop();
    this.#release();
  }

  discard(): void {
    this.#isDiscarded = true;
    this.finish();
  }

  #stopClock(): void {
    this.#before = this.seconds * 1000;
    this.#since = this.#options.microphone.now();
  }

  #tick(): void {
    if (this.#state !== 'recording') return;
    this.#levels.push(this.#meter?.level() ?? 0);
    if (this.seconds >= this.#options.maxSeconds) this.finish('limit');
    else this.#options.changed();
  }

  #took(data: Blob): void {
    if (data.size === 0) return;
    this.#pieces.push(data);
    this.#bytes += data.size;
    this.#largest = Math.max(this.#largest, data.size);
    // The piece under way and the end of the file must fit as well.
    if (this.#bytes + 2 * this.#largest > this.#options.maxBytes) this.finish('limit');
  }

  #stopped(): void {
    this.finish('lost'); // unless it has ended before
    if (this.#isDiscarded) return;
    const [type = ''] = this.#options.type.split(';');
    this.#options.ended(
      {
        blob: new Blob(this.#pieces, { type }),
        seconds: Math.round(this.#before / 100) / 10,
        waveform: waveformOf(this.#levels),
      },
      this.#why,
    );
  }

  #release(): void {
    this.#endTicks?.();
    this.#meter?.close();
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
  }
}

/** The loudest moment of each bar, as high as the loudest of all lets it be. */
export function waveformOf(levels: readonly number[]): number[] {
  const count = Math.min(BARS, levels.length);
  const bars = Array.from({ length: count }, (_, bar) =>
    Math.max(
      ...levels.slice(Math.floor((bar * levels.length) / count), Math.floor(((bar + 1) * levels.length) / count)),
    ),
  );
  const loudest = Math.max(SILENCE, ...bars);
  return bars.map((bar) => Math.round((100 * bar) / loudest) / 100);
}
