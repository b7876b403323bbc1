/**
 * The slow line: answers take longer than a page waits for the first one, so that it has to guess what kind of server this
 * is; and the line breaks while something is on its way. A guess must cost nothing: everything arrives once, in its order.
 */
import { Browser } from './browser.js';
import { Chance } from './chance.js';
import { Clock } from './clock.js';
import { DeskBackend } from './desk-backend.js';
import { newHistory } from './history.js';
import { House } from './house.js';
import { Tab } from './tab.js';

const START = Date.UTC(2026, 10, 22, 10);
/** Each way, at most: a line that took longer would be found dead by its heartbeat. */
const SLOW_MS = 10_000;
/** Longer than a message and its trust take on a slow line, and often shorter. */
const PHASE_MS = 40_000;
/** Longer than any back-off and the digest together. */
const QUIET_MS = 150_000;
/** A page with a heartbeat. */
const PAGE = 1;

export interface SlowLines {
  lines: number;
  messages: number;
  /** How many pages guessed. */
  guesses: number;
  failed: { seed: number; words: string[] } | undefined;
}

export async function playSlowLines(seeds: Iterable<number>): Promise<SlowLines> {
  const report: SlowLines = { lines: 0, messages: 0, guesses: 0, failed: undefined };
  for (const seed of seeds) {
    const { messages, guessed, words } = await crawl(seed);
    report.lines++;
    report.messages += messages;
    report.guesses += Number(guessed);
    if (words.length === 0) continue;
    report.failed = { seed, words };
    break;
  }
  return report;
}

async function crawl(seed: number): Promise<{ messages: number; guessed: boolean; words: string[] }> {
  const chance = new Chance(seed);
  const clock = new Clock(START, true);
  const backend = new DeskBackend({
    now: () => clock.now,
    agents: ['supervisor'],
    conversations: 1,
    below: (limit) => chance.below(limit),
  });
  const history = newHistory();
  const house = new House(clock, backend, history);
  const [agentId, conversationId] = [backend.agents[0]!, backend.conversationIds[0]!];
  const home = new Browser(clock, chance.fork());
  const tab = new Tab({ house, chance: chance.fork(), agentId, browser: 0, number: PAGE, home, skewMs: 0 });
  let guessed = false;
  try {
    tab.wire.weather = { lose: 0, double: 0, mix: 0, delayMs: SLOW_MS };
    tab.open(conversationId);
    for (let phase = 2 + chance.below(3); phase > 0; phase--) {
      for (let left = chance.below(PHASE_MS); left > 0;) {
        const wait = Math.min(left, chance.below(PHASE_MS / 2) + 1);
        left -= wait;
        await clock.advance(wait);
        guessed ||= tab.store.$link.get().level === 0;
        if (chance.happens(0.3)) await house.act(backend.customerSays(conversationId, 'are you there?'));
        else void tab.write(conversationId, `text ${history.written.length + 1}`);
      }
      tab.wire.cut();
    }
    tab.wire.heal();
    await clock.advance(QUIET_MS);
    const stored = ((await backend.truth()).messages.get(conversationId) ?? [])
      .filter(({ senderType }) => senderType === 'agent')
      .map(({ content }) => content);
    const written = history.written.map(({ text }) => text);
    const words = stored.join() === written.join() ? [] : [`written: ${written.join()}; stored: ${stored.join()}`];
    return { messages: written.length, guessed, words };
  } finally {
    tab.die();
    await backend.close();
  }
}
