/** One browser of one agent: its disk, the locks its tabs compete for, and the channels on which they talk. */
import type { Cancel as Release, Channel, Locks } from '../../src/store/world.js';
import type { LockTold } from '../../src/store/world.js';
import type { Chance } from './chance.js';
import type { Clock } from './clock.js';
import { Disk } from './storage.js';

/** Who asks for a lock or listens: a tab, which may be gone by now. */
export interface Page {
  alive(): boolean;
}

interface Claimant {
  page: Page;
  told: LockTold;
}

interface Listener {
  page: Page;
  hear: (message: unknown) => void;
}

/** Until another page hears what one has said. */
const CHANNEL_MS = 8;

export class Browser {
  readonly disk = new Disk();
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #holders = new Map<string, Claimant>();
  readonly #lines = new Map<string, Claimant[]>();
  readonly #channels = new Map<string, Set<Listener>>();

  constructor(clock: Clock, chance: Chance) {
    this.#clock = clock;
    this.#chance = chance;
  }

  locks(page: Page): Locks {
    return {
      hold: (name, how, told): Release => {
        const claimant = { page, told };
        const holder = this.#holders.get(name);
        if (how === 'steal') {
          this.#give(name, claimant);
          if (holder) this.#soon(holder.page, () => holder.told.lost?.());
        } else if (!holder?.page.alive()) this.#give(name, claimant);
        else if (how === 'ifFree') this.#soon(page, () => told.refused?.());
        else this.#lines.set(name, [...(this.#lines.get(name) ?? []), claimant]);
        return () => this.#release(name, claimant);
      },
    };
  }

  channel(page: Page, name: string, hear: (message: unknown) => void): Channel {
    const listeners = this.#channels.get(name) ?? new Set();
    this.#channels.set(name, listeners);
    const own = { page, hear };
    listeners.add(own);
    /** What a page says is heard in the order it was said. */
    let heard = 0;
    return {
      post: (message) => {
        if (!page.alive()) return;
        heard = Math.max(heard, this.#clock.now + this.#chance.below(CHANNEL_MS));
        this.#clock.after(heard - this.#clock.now, () => {
          let words: string | undefined;
          for (const other of [...listeners]) {
            if (other === own || !other.page.alive()) continue;
            words ??= JSON.stringify(message);
            other.hear(JSON.parse(words));
          }
        });
      },
      close: () => listeners.delete(own),
    };
  }

  /** A page died: what it held goes to who stands first in line. */
  mourn(page: Page): void {
    for (const [name, holder] of [...this.#holders]) if (holder.page === page) this.#release(name, holder);
  }

  #give(name: string, claimant: Claimant): void {
    this.#holders.set(name, claimant);
    this.#soon(claimant.page, () => {
      if (this.#holders.get(name) === claimant) claimant.told.granted();
    });
  }

  #release(name: string, claimant: Claimant): void {
    const line = (this.#lines.get(name) ?? []).filter((one) => one !== claimant && one.page.alive());
    this.#lines.set(name, line);
    if (this.#holders.get(name) !== claimant) return;
    this.#holders.delete(name);
    const next = line.shift();
    if (next) this.#give(name, next);
  }

  #soon(page: Page, run: () => void): void {
    this.#clock.after(this.#chance.below(3), () => {
      if (page.alive()) run();
    });
  }
}
