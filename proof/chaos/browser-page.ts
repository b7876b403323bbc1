/**
 * A real Chromium with a profile of its own that shows the built inbox, is killed with `kill -9` in the middle of its work,
 * and is started again on the same profile.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { BROWSER_ARGS, browserPath } from '../../scripts/find-browser.mjs';
import type { Chance } from '../sim/chance.js';
import type { AgentPage, Sent, Shown } from './agent-page.js';
import { until } from './until.js';

const START_MS = 90_000;

interface State {
  durable: boolean;
  waiting: number;
  online: boolean;
  failed: string[];
  problems: string[];
}
/** What host-page.js offers. */
interface Offered {
  write(words: { conversationId: string; text: string }[]): Promise<string[]>;
  state(): Promise<State>;
  shows(conversationId: string): Shown[];
  open(conversationId: string | null): void;
}
type Window = { chaos: Offered };

export interface BrowserPlace {
  agentId: string;
  /** Begins each of its texts. */
  mine: string;
  site: string;
  server: string;
  places: readonly string[];
}

export class BrowserPage implements AgentPage {
  readonly agentId: string;
  readonly problems: string[] = [];
  kills = 0;
  readonly #heard = new Map<string, Sent>();
  /** The texts that are being written: what an earlier life wrote is no news. */
  #writing = new Set<string>();
  #profile = '';
  #process: ChildProcess | undefined;
  #pid = 0;
  #browser: Browser | undefined;
  #page!: Page;
  readonly #place: BrowserPlace;

  private constructor(place: BrowserPlace) {
    this.agentId = place.agentId;
    this.#place = place;
  }

  static async open(place: BrowserPlace): Promise<BrowserPage> {
    const page = new BrowserPage(place);
    page.#profile = await mkdtemp(join(tmpdir(), 'crm-chat-chaos-profile-'));
    try {
      await page.#start();
    } catch (error) {
      await page.close();
      throw error;
    }
    return page;
  }

  get sent(): Sent[] {
    const number = ({ text }: Sent) => Number(/\d+$/.exec(text)![0]);
    return [...this.#heard.values()].sort((a, b) => number(a) - number(b));
  }

  async #start(): Promise<void> {
    const { agentId, site, server, places, mine } = this.#place;
    const portFile = join(this.#profile, 'DevToolsActivePort');
    await rm(portFile, { force: true });
    const args = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${this.#profile}`];
    const child = spawn(await browserPath(), [...BROWSER_ARGS, ...args, '--window-size=1280,900', 'about:blank'], {
      stdio: 'ignore',
    });
    this.#process = child;
    let port = '';
    await until(
      async () => {
        if (child.exitCode !== null) throw new Error(`the browser ended with code ${child.exitCode}`);
        port = (await readFile(portFile, 'utf8').catch(() => '')).split('\n')[0]!;
        return port !== '';
      },
      'the browser listens',
      START_MS,
    );
    this.#browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { timeout: START_MS });
    const inside = await this.#browser.newBrowserCDPSession();
    const { processInfo } = await inside.send('SystemInfo.getProcessInfo');
    this.#pid = processInfo.find(({ type }) => type === 'browser')!.id;
    const context = this.#browser.contexts()[0]!;
    this.#page = context.pages()[0] ?? (await context.newPage());
    this.#page.setDefaultTimeout(START_MS);
    await this.#page.exposeFunction('accepted', (sent: Sent) => {
      if (this.#writing.has(sent.text)) this.#heard.set(sent.text, sent);
    });
    const asked = new URLSearchParams({ agent: agentId, server, mine, places: places.join(',') });
    await this.#page.goto(`${site}/?${asked.toString()}`, { timeout: START_MS });
    await this.#page.waitForFunction(() => 'chaos' in globalThis, undefined, { timeout: START_MS });
    if (!(await this.#state()).durable) this.problems.push('the browser kept nothing beyond the page');
  }

  /** Writes all of them at once. With `killAfter` the browser dies as soon as so many of them were shown. */
  async write(words: { conversationId: string; text: string }[], killAfter?: number): Promise<void> {
    this.#writing = new Set(words.map(({ text }) => text));
    const before = this.#heard.size;
    const written = this.#page.evaluate((all) => (globalThis as unknown as Window).chaos.write(all), words);
    if (killAfter === undefined) await written;
    else {
      void written.catch(() => undefined);
      await until(() => this.#heard.size - before >= killAfter, 'the page shows what is written', START_MS);
      await this.#kill();
    }
    // Beyond the answer: each must also have been shown.
    const shown = () => this.#heard.size - before >= words.length;
    if (killAfter === undefined) await until(shown, 'the page shows all that was written', START_MS);
    this.#writing.clear();
    if (killAfter !== undefined) await this.#start();
  }

  async #kill(): Promise<void> {
    this.kills++;
    await this.#end();
  }

  /** By the number that the browser itself tells: what was started may be a script around it. */
  async #end(): Promise<void> {
    const child = this.#process;
    const browser = this.#browser;
    this.#browser = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    if (this.#pid > 0) process.kill(this.#pid, 'SIGKILL');
    else child.kill('SIGKILL');
    this.#pid = 0;
    await gone;
    await until(() => !browser?.isConnected(), 'the browser is gone', START_MS);
  }

  #state(): Promise<State> {
    return this.#page.evaluate(() => (globalThis as unknown as Window).chaos.state());
  }

  async waiting(): Promise<number> {
    return (await this.#state()).waiting;
  }

  async isOnline(): Promise<boolean> {
    return (await this.#state()).online;
  }

  async isQuiet(): Promise<boolean> {
    const { waiting, online } = await this.#state();
    return waiting === 0 && online;
  }

  async failed(): Promise<string[]> {
    const { failed, problems } = await this.#state();
    this.problems.push(...problems);
    return failed;
  }

  shows(conversationId: string): Promise<Shown[]> {
    return this.#page.evaluate((id) => (globalThis as unknown as Window).chaos.shows(id), conversationId);
  }

  /** The newest of the run's texts as they stand on the screen, after the conversation was opened anew. */
  async #painted(conversationId: string, wanted: readonly string[]): Promise<string[]> {
    const page = this.#page;
    const open = (id: string | null) => page.evaluate((one) => (globalThis as unknown as Window).chaos.open(one), id);
    await open(null);
    await open(conversationId);
    const articles = page.getByRole('log').getByRole('article');
    let seen: string[] = [];
    const look = async () => {
      seen = (await articles.allInnerTexts()).flatMap((text) => /[\w ]+: message \d+/.exec(text)?.[0].trim() ?? []);
      return seen.slice(-wanted.length).join() === wanted.join();
    };
    await until(look, 'the screen shows it', 30_000).catch(() => undefined);
    return seen.slice(-wanted.length);
  }

  /** What the screen shows wrongly of the newest texts, now and after the page was loaded anew. */
  async painting(stored: ReadonlyMap<string, readonly string[]>): Promise<string[]> {
    const wrong: string[] = [];
    for (const when of ['at the end', 'after a new load']) {
      if (when !== 'at the end') {
        await this.#page.reload({ timeout: START_MS });
        await this.#page.waitForFunction(() => 'chaos' in globalThis, undefined, { timeout: START_MS });
      }
      for (const id of this.#place.places) {
        const wanted = stored.get(id)!.slice(-4);
        const seen = await this.#painted(id, wanted);
        if (seen.join() !== wanted.join())
          wrong.push(`${when} the screen of ${this.agentId} shows "${seen.join(', ')}" for "${wanted.join(', ')}"`);
      }
    }
    return wrong;
  }

  async close(): Promise<void> {
    await this.#end();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** The moments of the kills, in bursts: spread over all of them, one to a burst. */
export function killMoments(chance: Chance, bursts: number, kills: number): Set<number> {
  const moments = new Set<number>();
  while (moments.size < Math.min(kills, bursts)) {
    const part = bursts / Math.min(kills, bursts);
    moments.add(Math.floor(moments.size * part + chance.next() * part * 0.999));
  }
  return moments;
}
