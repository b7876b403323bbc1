/**
 * Everything the store takes from outside itself: time, randomness, frames, and the other pages of the same browser.
 * Given from outside, so that tests and simulations can replay a day of faults in a second. `browserWorld()` is the real
 * one; storage is the vault's (`vault.ts`).
 */
export type Cancel = () => void;

/** `visible`: the page is looked at again. `hidden`: it is left, perhaps for good. */
export type WakeEvent = 'online' | 'offline' | 'visible' | 'hidden';

export interface World {
  /** Milliseconds since 1970. */
  now(): number;
  /** 0 (included) to 1 (excluded). */
  random(): number;
  /** A new key that sorts by time (UUIDv7). */
  uuid(): string;
  after(ms: number, run: () => void): Cancel;
  /** Once, before the next paint, or soon when nothing is painted. Bursts of changes are shown together there. */
  frame(run: () => void): Cancel;
  /** Tells when the browser says that the network went or came, or that the page is looked at again. */
  onWake(listener: (event: WakeEvent) => void): Cancel;
  /** From here on the browser asks before this page is left; the returned function lets it go again. */
  holdPage?(): Cancel;
  /** Locks that all pages of this browser share. Without them each page believes that it is alone. */
  readonly locks?: Locks | undefined;
  /** Opens a way to say something to the other pages of this browser. Nobody hears himself. */
  channel?(name: string, hear: (message: unknown) => void): Channel;
}

export interface Locks {
  /**
   * Asks for a lock that one page at a time may hold. The returned function gives it back, or leaves the line.
   * `wait` stands in line; `ifFree` is refused at once when somebody holds it; `steal` takes it from whoever holds it.
   */
  hold(name: string, how: 'wait' | 'ifFree' | 'steal', told: LockTold): Cancel;
}

export interface LockTold {
  granted(): void;
  /** Somebody stole it. */
  lost?(): void;
  /** It is held by another page (`ifFree`). */
  refused?(): void;
}

export interface Channel {
  /** Anything that can be cloned. */
  post(message: unknown): void;
  close(): void;
}
