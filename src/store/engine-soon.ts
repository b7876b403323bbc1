/**
 * The engine, from the first moment on: what is asked of it before its code is here waits, in order. What nobody has to
 * load for (the wish to be connected, which conversation is open) shows at once.
 */
import type { Transport } from '../transport/index.js';
import type { ChatState } from './chat-state.js';
import type { ChatStoreOptions } from './chat-store.js';
import type { Engine } from './engine.js';
import { engineNow, loadEngine } from './engine-code.js';
import type { Outcome } from './state.js';

const NOT_HERE = { ok: false, error: { code: 'OFFLINE', message: 'There is no connection.' } } as const;

export class EngineSoon {
  /** Undefined as long as its code is on its way. */
  here: Engine | undefined;
  readonly #state: ChatState;
  readonly #options: ChatStoreOptions;
  #coming: Promise<Engine> | undefined;
  #tries = 0;
  /** What to connect to once it is here. */
  #transport: Transport | undefined;
  /** Taken out of use before it was here: then it need not come. */
  #isHungUp = false;
  readonly #waiting: ((engine: Engine) => void)[] = [];

  constructor(state: ChatState, options: ChatStoreOptions) {
    this.#state = state;
    this.#options = options;
    const Code = engineNow();
    if (Code) this.#begin(Code);
    else void this.#come().catch(() => undefined);
  }

  /** Does it now, or as soon as it can be done. */
  when(act: (engine: Engine) => void): void {
    if (this.here) act(this.here);
    else this.#waiting.push(act);
  }

  /** What somebody waits for. Rejects when the code does not come: then nothing that is written is taken. */
  ask<T>(act: (engine: Engine) => Promise<T>): Promise<T> {
    return this.here ? act(this.here) : this.#come().then(act);
  }

  /** The same, for who is told what came of it. */
  outcome<T>(act: (engine: Engine) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    return this.here ? act(this.here) : this.#come().then(act, () => NOT_HERE);
  }

  connect(transport: Transport): void {
    if (this.here) return this.here.connection.connect(transport);
    this.#transport = transport;
    this.#state.patchLink({ status: 'connecting', level: undefined, error: undefined });
    if (this.#isHungUp) void this.#come().catch(() => undefined);
  }

  disconnect(): void {
    if (this.here) return this.here.connection.disconnect();
    this.#transport = undefined;
    this.#state.patchLink({ status: 'closed' });
  }

  hangUp(): void {
    if (this.here) return this.here.connection.hangUp();
    this.disconnect();
    this.#isHungUp = true;
  }

  #begin(Code: typeof Engine): Engine {
    const engine = (this.here ??= new Code(this.#state, this.#options));
    const transport = this.#transport;
    this.#transport = undefined;
    if (transport) engine.connection.connect(transport);
    for (const act of this.#waiting.splice(0)) act(engine);
    return engine;
  }

  async #tryLater(): Promise<void> {
    await this.#state.pause(this.#tries++);
    if (!this.#isHungUp) await this.#come().catch(() => undefined);
  }

  #come(): Promise<Engine> {
    this.#isHungUp = false;
    return (this.#coming ??= loadEngine()
      .then(
        (Code) => {
          // Left meanwhile: whoever comes back asks again.
          if (this.#isHungUp) throw new Error('The store was disposed of.');
          return this.#begin(Code);
        },
        (failure: unknown) => {
          this.#state.$storage.set('memory');
          if (this.#transport) this.#state.patchLink({ status: 'offline' });
          void this.#tryLater();
          throw failure;
        },
      )
      .finally(() => (this.#coming = undefined)));
  }
}
