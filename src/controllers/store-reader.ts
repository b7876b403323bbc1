import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ReadableAtom } from 'nanostores';

/**
 * Reading is subscribing: an atom read while the host renders makes the host render again when it changes, and an atom
 * that the last render did not read any more is let go.
 */
export class StoreReader implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #listening = new Map<ReadableAtom<unknown>, () => void>();
  #read = new Set<ReadableAtom<unknown>>();
  #connected = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  read<T>(atom: ReadableAtom<T>): T {
    this.#read.add(atom);
    // Listening before reading: an atom that loads on its first listener must have started when we take its value.
    if (this.#connected && !this.#listening.has(atom)) {
      this.#listening.set(
        atom,
        atom.listen(() => this.#host.requestUpdate()),
      );
    }
    return atom.get();
  }

  hostConnected(): void {
    this.#connected = true;
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    this.#read = new Set();
  }

  hostUpdated(): void {
    for (const [atom, stop] of this.#listening) {
      if (this.#read.has(atom)) continue;
      stop();
      this.#listening.delete(atom);
    }
  }

  hostDisconnected(): void {
    this.#connected = false;
    for (const stop of this.#listening.values()) stop();
    this.#listening.clear();
  }
}
