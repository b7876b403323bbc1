/**
 * Code that comes with its first use. The eager files hold what the first paint needs; everything else is a `Later`,
 * asked for while rendering (`want`) or by a gesture (`load`), and fetched ahead when the page has nothing better to do.
 * Code that does not come is a state with a way on, never an exception.
 */
interface Renders {
  requestUpdate(): void;
}

/** After a failure, nobody but the agent asks again for so long. */
const AGAIN_MS = 30_000;

const all: Later<unknown>[] = [];

export class Later<Code> {
  /** What has come. */
  now: Code | undefined;
  /** It was asked for and did not come. Asking again is up to the agent: see `didNotCome`. */
  failed = false;
  readonly #fetch: () => Promise<Code>;
  #coming: Promise<void> | undefined;
  #failedAt = 0;
  #triedAhead = false;

  /** @param fetch `() => import('./part.js')`, and what must be done once with it */
  constructor(fetch: () => Promise<Code>) {
    this.#fetch = fetch;
    all.push(this);
  }

  /** While rendering: what has come. Else it is asked for, and the element renders again when that is decided. */
  want(host: Renders): Code | undefined {
    const again = !this.failed || Date.now() - this.#failedAt > AGAIN_MS;
    if (!this.now && again) void this.load().then(() => host.requestUpdate());
    return this.now;
  }

  /** Never rejects; undefined when it did not come. */
  async load(): Promise<Code | undefined> {
    this.#failedAt = Infinity; // nobody else needs to ask meanwhile
    await this.#come();
    this.#failedAt = Date.now();
    this.failed = !this.now;
    return this.now;
  }

  get isUntouched(): boolean {
    return !this.now && !this.#triedAhead;
  }

  /** Before anybody asks: a failure is nobody's business yet. */
  ahead(): Promise<void> {
    this.#triedAhead = true;
    return this.#come();
  }

  #come(): Promise<void> {
    return (this.#coming ??= this.#fetch().then(
      (code) => void (this.now = code),
      () => void (this.#coming = undefined),
    ));
  }
}

let fetching = false;

/** One after the other, each in an idle moment: nobody waits for these, and others may wait for the network. */
export async function fetchAhead(): Promise<void> {
  if (fetching) return;
  fetching = true;
  for (let one; (one = all.find((later) => later.isUntouched));) {
    await idle();
    await one.ahead();
  }
  fetching = false;
}

/** Safari has no idle callbacks. */
const idle = (): Promise<unknown> =>
  new Promise((resolve) =>
    typeof requestIdleCallback === 'function'
      ? requestIdleCallback(resolve, { timeout: 3000 })
      : setTimeout(resolve, 300),
  );

/** Everything at once: for tests, which see what agents see from the second time on. */
export async function loadEverything(): Promise<void> {
  // What comes may know of more.
  for (let known = -1; known < all.length;) {
    known = all.length;
    await Promise.all(all.map((one) => one.load()));
  }
}
