/**
 * The black hole: a line on which nothing arrives any more, and nobody says so. A page on a transport that does not find
 * out by itself must do so within 15 s, whether it listens or has something to say, and go on over another line.
 */
import { Browser } from './browser.js';
import { Chance } from './chance.js';
import { Clock } from './clock.js';
import { DeskBackend } from './desk-backend.js';
import { newHistory } from './history.js';
import { House } from './house.js';
import { Tab } from './tab.js';

const START = Date.UTC(2026, 10, 22, 10);
/** What docs/delivery.md promises. */
const FOUND_MS = 15_000;
const LOOK_EVERY_MS = 100;
/** Longer than a new line and a message over it take. */
const BACK_MS = 20_000;
/** Every third page has a transport without a heartbeat. */
const QUIET_PAGE = 3;

export interface DeadLines {
  lines: number;
  slowestMs: number;
  failed: { seed: number; words: string[] } | undefined;
}

export async function playDeadLines(seeds: Iterable<number>): Promise<DeadLines> {
  const report: DeadLines = { lines: 0, slowestMs: 0, failed: undefined };
  for (const seed of seeds) {
    const { ms, words } = await killLine(seed);
    report.lines++;
    report.slowestMs = Math.max(report.slowestMs, ms);
    if (words.length === 0) continue;
    report.failed = { seed, words };
    break;
  }
  return report;
}

/** One page, one line, and the moment when it goes dead: in one direction or in both, before or after something was said. */
async function killLine(seed: number): Promise<{ ms: number; words: string[] }> {
  const chance = new Chance(seed);
  const clock = new Clock(START, true);
  const backend = new DeskBackend({
    now: () => clock.now,
    agents: ['supervisor'],
    conversations: 1,
    below: (limit) => chance.below(limit),
  });
  const house = new House(clock, backend, newHistory());
  const [agentId, conversationId] = [backend.agents[0]!, backend.conversationIds[0]!];
  const home = new Browser(clock, chance.fork());
  const tab = new Tab({ house, chance: chance.fork(), agentId, browser: 0, number: QUIET_PAGE, home, skewMs: 0 });
  const isOnline = () => tab.store.$link.get().status === 'online';
  const words: string[] = [];
  try {
    tab.open(conversationId);
    await clock.advance(1000 + chance.below(130_000));
    if (!isOnline()) words.push('the page left a line that was good');
    const [up, down] = chance.pick([
      [true, true],
      [true, false],
      [false, true],
    ] as const);
    const said = chance.pick(['before', 'after', 'never'] as const);
    const say = () => void tab.write(conversationId, 'into the dark');
    if (said === 'before') say();
    const died = clock.now;
    tab.wire.goSilent(up, down);
    if (said === 'after') {
      await clock.advance(chance.below(5000));
      say();
    }
    while (isOnline() && clock.now - died < FOUND_MS) await clock.advance(LOOK_EVERY_MS);
    const ms = clock.now - died;
    if (isOnline()) words.push(`after ${ms} ms the page still believes in a line that is dead (${up}, ${down})`);
    tab.wire.heal();
    await clock.advance(BACK_MS);
    if (!isOnline()) words.push('the page did not come back by another line');
    const stored = (await backend.truth()).messages.get(conversationId) ?? [];
    const times = stored.filter(({ content }) => content === 'into the dark').length;
    if (times !== (said === 'never' ? 0 : 1)) words.push(`what was said ${said} is stored ${times} times`);
    return { ms, words };
  } finally {
    tab.die();
    await backend.close();
  }
}
