/** For tests and stories: a microphone and a recorder that do what they are told, when they are told. */
import type { Microphone } from './microphone.js';

export class FakeTrack extends EventTarget {
  readyState: 'live' | 'ended' = 'live';
  stop(): void {
    this.readyState = 'ended';
  }
}

export class FakeStream {
  readonly track = new FakeTrack();
  getTracks(): FakeTrack[] {
    return [this.track];
  }
}

/** Like the browser's: what it has comes in pieces, and the last one before it says that it has stopped. */
export class FakeRecorder extends EventTarget {
  static types: readonly string[] = ['audio/webm;codecs=opus', 'audio/webm'];
  static isTypeSupported = (type: string): boolean => FakeRecorder.types.includes(type);
  static last: FakeRecorder | undefined;
  state: 'inactive' | 'recording' | 'paused' = 'inactive';

  constructor(
    readonly stream: FakeStream,
    readonly options: { mimeType: string },
  ) {
    super();
    FakeRecorder.last = this;
  }
  start(): void {
    this.state = 'recording';
  }
  pause(): void {
    this.state = 'paused';
  }
  resume(): void {
    this.state = 'recording';
  }
  stop(): void {
    this.state = 'inactive';
    queueMicrotask(() => {
      this.piece('end');
      this.dispatchEvent(new Event('stop'));
    });
  }
  piece(bytes: string): void {
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob([bytes]) }));
  }
  /** Unplugged, or taken away by the browser. */
  lose(): void {
    this.stream.track.stop();
    this.stop();
  }
}

/** A microphone whose time is moved by hand. */
export class FakeMicrophone implements Microphone {
  readonly stream = new FakeStream();
  level = 0.5;
  meters = 0;
  #now = 0;
  readonly #ticks = new Set<{ ms: number; act: () => void; at: number }>();

  open = async (): Promise<MediaStream> => this.stream as unknown as MediaStream;
  record = (stream: MediaStream, mimeType: string): MediaRecorder =>
    new FakeRecorder(stream as unknown as FakeStream, { mimeType }) as unknown as MediaRecorder;
  meter = () => {
    this.meters++;
    return { level: () => this.level, close: () => void this.meters-- };
  };
  now = (): number => this.#now;
  every = (ms: number, act: () => void): (() => void) => {
    const tick = { ms, act, at: this.#now + ms };
    this.#ticks.add(tick);
    return () => void this.#ticks.delete(tick);
  };
  get isWatched(): boolean {
    return this.#ticks.size > 0;
  }
  advance(ms: number): void {
    const end = this.#now + ms;
    for (; this.#now < end; this.#now += 10)
      for (const tick of [...this.#ticks])
        if (tick.at <= this.#now) {
          tick.at += tick.ms;
          tick.act();
        }
  }
}
