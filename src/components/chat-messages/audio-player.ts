import { atom, type ReadableAtom } from 'nanostores';

/** What is heard now. */
export interface Playing {
  readonly key: string;
  readonly paused: boolean;
  /** Seconds. */
  readonly at: number;
  /** Seconds; 0 until known. */
  readonly length: number;
  readonly failed: boolean;
}

const RATES = [1, 1.5, 2] as const;

/**
 * Plays one voice note at a time. It belongs to the log and not to a row, so that a row that scrolls out of sight does
 * not fall silent. Nothing is loaded before somebody presses Play.
 */
export class AudioPlayer {
  readonly #now = atom<Playing | null>(null);
  readonly #rate = atom<number>(1);
  #audio?: HTMLAudioElement;
  /** Seconds to start at, once the recording is there. */
  #wished?: number | undefined;

  get $now(): ReadableAtom<Playing | null> {
    return this.#now;
  }

  /** 1, 1.5 or 2; kept from one note to the next. */
  get $rate(): ReadableAtom<number> {
    return this.#rate;
  }

  /** Plays, pauses, goes on. */
  toggle(key: string, url: string): void {
    const now = this.#now.get();
    if (now?.key === key && this.#audio && !now.failed) {
      if (now.paused) void this.#start(this.#audio);
      else this.#audio.pause();
      return;
    }
    void this.#start(this.#load(key, url));
  }

  /** Goes to a second of a note; one that is not heard yet is made ready there, and waits for Play. */
  seek(key: string, url: string, seconds: number): void {
    const now = this.#now.get();
    const audio = now?.key === key && this.#audio && !now.failed ? this.#audio : this.#load(key, url, true);
    const known = this.#now.get();
    if (audio.readyState > 0) audio.currentTime = seconds;
    else {
      // What is asked for before anything is there is granted when it is.
      this.#wished = seconds;
      if (audio.preload === 'none') audio.preload = 'metadata';
    }
    if (known) this.#now.set({ ...known, at: seconds });
  }

  #load(key: string, url: string, paused = false): HTMLAudioElement {
    this.stop();
    const audio = new Audio();
    audio.preload = 'none';
    audio.src = url;
    audio.playbackRate = this.#rate.get();
    this.#audio = audio;
    const tell = (failed = false) => {
      if (this.#audio !== audio) return;
      const length = Number.isFinite(audio.duration) ? audio.duration : 0;
      this.#now.set({ key, paused: audio.paused, at: this.#wished ?? audio.currentTime, length, failed });
    };
    for (const event of ['play', 'pause', 'timeupdate', 'durationchange'] as const)
      audio.addEventListener(event, () => tell());
    audio.addEventListener('loadedmetadata', () => {
      if (this.#audio !== audio || this.#wished === undefined) return;
      audio.currentTime = this.#wished;
      this.#wished = undefined;
    });
    audio.addEventListener('ended', () => this.#audio === audio && this.stop());
    audio.addEventListener('error', () => tell(true));
    this.#now.set({ key, paused, at: 0, length: 0, failed: false });
    return audio;
  }

  nextRate(): void {
    const rate = RATES[(RATES.indexOf(this.#rate.get() as 1) + 1) % RATES.length] ?? 1;
    this.#rate.set(rate);
    if (this.#audio) this.#audio.playbackRate = rate;
  }

  stop(): void {
    const audio = this.#audio;
    this.#audio = undefined;
    this.#wished = undefined;
    audio?.pause();
    audio?.removeAttribute('src');
    this.#now.set(null);
  }

  async #start(audio: HTMLAudioElement): Promise<void> {
    try {
      await audio.play();
    } catch (problem) {
      const now = this.#now.get();
      // Stopped before it began is no failure.
      if (this.#audio === audio && now && !(problem instanceof DOMException && problem.name === 'AbortError'))
        this.#now.set({ ...now, paused: true, failed: true });
    }
  }
}
