/** One tab: the real store in front of a simulated wire, disk and clock; and somebody who looks at what it shows. */
import { createChatStore } from '../../src/store/create-chat-store.js';
import type { ChatStore } from '../../src/store/chat-store.js';
import { offerEngine } from '../../src/store/engine-code.js';
import { Engine } from '../../src/store/engine.js';
import type { World, WakeEvent } from '../../src/store/world.js';
import type { Chance } from './chance.js';
import { blobOf, uploader } from './files.js';
import type { History, Screen, ScreenMessage, Written } from './history.js';
import type { House } from './house.js';
import { SimTransport } from './network.js';
import type { Browser, Page } from './browser.js';
import { SimVault } from './storage.js';

const ACKNOWLEDGED = new Set(['sent', 'delivered', 'read']);

export interface TabPlace {
  house: House;
  chance: Chance;
  agentId: string;
  browser: number;
  number: number;
  home: Browser;
  /** How far this computer's clock is off. */
  skewMs: number;
}

export class Tab {
  alive = true;
  readonly agentId: string;
  readonly browser: number;
  readonly number: number;
  readonly wire: SimTransport;
  readonly vault: SimVault;
  readonly store: ChatStore;
  skewMs: number;
  readonly #history: History;
  readonly #place: TabPlace;
  readonly #wakers = new Set<(event: WakeEvent) => void>();
  readonly #watched = new Set<string>();
  readonly #writing: Written[] = [];
  readonly #chances: Chance[];
  readonly #page: Page = { alive: () => this.alive };
  #epoch = 0;

  constructor(place: TabPlace) {
    this.#place = place;
    this.agentId = place.agentId;
    this.browser = place.browser;
    this.number = place.number;
    this.skewMs = place.skewMs;
    this.#history = place.house.history;
    const alive = () => this.alive;
    const [wire, disk, page, files] = (this.#chances = [0, 1, 2, 3].map(() => place.chance.fork()));
    this.wire = new SimTransport(
      place.house,
      `tab ${place.number} of ${place.agentId}`,
      place.agentId,
      wire!,
      alive,
      place.number % 3 > 0,
    );
    this.vault = new SimVault(place.home.disk, place.house.clock, disk!, {
      name: `browser ${place.browser}`,
      alive,
      die: () => this.die(),
      leftBehindItsFence: (key) => this.#history.secondSenders.push(`tab ${place.number} of ${place.agentId}: ${key}`),
    });
    offerEngine(Engine); // no code comes by a network here
    this.store = createChatStore({
      transport: this.wire,
      vault: this.vault,
      world: this.#world(page!),
      agentId: place.agentId,
      upload: uploader(place.house, this.wire, files!, alive),
    });
    this.store.onProtocolProblem(({ event, message }) => this.#history.problems.push(`${event}: ${message}`));
    this.store.$inbox.listen(() => undefined);
    this.store.conversations.$ids.listen((ids) => ids.forEach((id) => this.#watchMarker(id)));
  }

  reseed(seed: number): void {
    this.#chances.forEach((chance, index) => chance.reseed(seed ^ (this.number * 31 + index)));
  }

  /** The page is gone: closed, crashed or killed. Nothing of it runs again. */
  die(): void {
    this.alive = false;
    this.wire.drop();
    this.#place.home.mourn(this.#page);
  }

  wake(event: WakeEvent): void {
    for (const listener of [...this.#wakers]) listener(event);
  }

  // ---- what the agent does

  async write(conversationId: string, text: string, file?: string): Promise<void> {
    const one: Written = {
      agentId: this.agentId,
      browser: this.browser,
      tab: this.number,
      conversationId,
      text,
      order: this.#history.written.length,
      ...(file === undefined ? {} : { file }),
    };
    this.#history.written.push(one);
    const attachment = file === undefined ? undefined : { blob: blobOf(file), name: 'file.txt', type: 'text/plain' };
    const key = await (attachment
      ? this.store.sendMessage(conversationId, text, 'file', { attachment })
      : this.store.sendMessage(conversationId, text));
    if (!this.alive) return;
    one.key = key;
    if (this.store.$storage.get() === 'memory') one.warned = true;
    this.#writing.push(one);
    this.#watchThread(conversationId);
  }

  open(conversationId: string): void {
    this.store.setActiveConversation(conversationId);
    this.#watchThread(conversationId);
  }

  read(conversationId: string): void {
    this.open(conversationId);
    this.store.markAsRead(conversationId);
  }

  retryFailed(conversationId: string): void {
    const { messages } = this.store.thread(conversationId);
    for (const key of messages.$ids.get()) {
      // What is listed may be gone already: the list is told once per frame.
      const { delivery, senderId } = messages.get(key) ?? {};
      if (senderId === this.agentId && (delivery === 'failed' || delivery === 'uncertain'))
        this.store.retryMessage(conversationId, key);
    }
  }

  /** What is offered where a page did not load: "Try again". */
  loadFailedAgain(): void {
    for (const conversationId of this.#watched)
      if (this.store.thread(conversationId).$first.get() === 'failed') this.store.loadThread(conversationId);
  }

  // ---- what is written down

  #watchThread(conversationId: string): void {
    if (this.#watched.has(conversationId)) return;
    this.#watched.add(conversationId);
    const { messages, $first } = this.store.thread(conversationId);
    const seen = new Set<string>();
    $first.listen(() => undefined); // as a panel does
    messages.$ids.subscribe((ids) => {
      for (const key of ids) {
        if (seen.has(key)) continue;
        seen.add(key);
        messages.at(key).subscribe((message) => {
          if (!this.alive) return;
          // Gone from the screen (taken away, or another history): what comes next is another beginning.
          if (!message) return void this.#epoch++;
          const { delivery, attempt = 0 } = message;
          const statuses = this.#history.statuses;
          statuses.push({ tab: this.number, conversationId, key, epoch: this.#epoch, attempt, delivery });
          const mine = this.#writing.find((one) => one.key === key);
          if (!mine) return;
          if (delivery === 'failed') mine.failed = true;
          else if (ACKNOWLEDGED.has(delivery)) mine.acknowledged = true;
        });
      }
    });
  }

  readonly #markers = new Set<string>();
  #watchMarker(conversationId: string): void {
    if (this.#markers.has(conversationId)) return;
    this.#markers.add(conversationId);
    // Somebody answered meanwhile: this agent always says it all the same.
    this.store.thread(conversationId).$held.subscribe((held) => {
      if (held && this.alive) this.store.sendHeld(conversationId, held.key);
    });
    this.store.conversations.at(conversationId).subscribe((conversation) => {
      if (!this.alive) return;
      if (!conversation) return void this.#epoch++;
      if (conversation.readSeq === undefined) return;
      const { readSeq } = conversation;
      this.#history.markers.push({ tab: this.number, conversationId, epoch: this.#epoch, readSeq });
    });
  }

  showsFailed(conversationId: string, key: string): boolean {
    return this.store.thread(conversationId).messages.get(key)?.delivery === 'failed';
  }

  screen(): Screen {
    const { conversations, $link } = this.store;
    const threads = [...this.#watched].map((conversationId) => {
      const thread = this.store.thread(conversationId);
      return {
        conversationId,
        hasOlder: thread.$older.get() !== 'end',
        messages: thread.messages.$ids.get().map((key) => thread.messages.get(key) as unknown as ScreenMessage),
      };
    });
    const shown = conversations.$ids.get().map((id) => conversations.get(id)!);
    return {
      tab: this.number,
      agentId: this.agentId,
      conversations: shown,
      threads,
      online: $link.get().status === 'online',
    };
  }

  #world(chance: Chance): World {
    const { clock } = this.#place.house;
    const now = () => clock.now + this.skewMs;
    let keys = 0;
    const hex = (value: number, digits: number) => Math.floor(value).toString(16).padStart(digits, '0');
    const later = (ms: number, run: () => void) =>
      clock.after(ms, () => {
        if (this.alive) run();
      });
    return {
      now,
      random: chance.next,
      uuid: () => {
        const time = hex(now(), 12);
        const counter = hex(keys++ & 0xfff, 3);
        return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${hex(0x8000 + chance.next() * 0x4000, 4)}-${hex(chance.next() * 2 ** 48, 12)}`;
      },
      after: later,
      frame: (run) => later(16, run),
      onWake: (listener) => {
        this.#wakers.add(listener);
        return () => this.#wakers.delete(listener);
      },
      locks: this.#place.home.locks(this.#page),
      channel: (name, hear) => this.#place.home.channel(this.#page, name, hear),
    };
  }
}
