/** One browser for a run; every operation in a fresh page; the browser's own counters around it. */
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { BROWSER_ARGS, browserPath } from '../../scripts/find-browser.mjs';

const VIEWPORT = { width: 1000, height: 700 };
const IDLE = 0.7;
const IDLE_WAIT_MS = 15_000;

const median = (values) => values.sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];

/** Of results of one kind: each figure's median, and of drifts the worst. A failure among them fails them all. */
export function medianOfEach(results) {
  const failed = results.find(({ failure }) => failure);
  if (failed) return failed;
  return Object.fromEntries(
    Object.keys(results[0] ?? {}).map((name) => {
      const values = results.map((result) => result[name]);
      if (!values.every(Number.isFinite)) return [name, values.find((value) => !Number.isFinite(value))];
      return [name, name.startsWith('drift') ? values.sort((a, b) => Math.abs(b) - Math.abs(a))[0] : median(values)];
    }),
  );
}

const cpuTimes = () => {
  const [, ...fields] = readFileSync('/proc/stat', 'utf8').split('\n')[0].trim().split(/\s+/).map(Number);
  return { idle: fields[3] + fields[4], all: fields.reduce((sum, field) => sum + field, 0) };
};

/** Waits until the machine has little else to do; returns the share that was idle in the last look. Linux only. */
async function awaitIdle() {
  let share = 1;
  const until = performance.now() + IDLE_WAIT_MS;
  do {
    let before;
    try {
      before = cpuTimes();
    } catch {
      return undefined;
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
    const after = cpuTimes();
    share = (after.idle - before.idle) / Math.max(1, after.all - before.all);
  } while (share < IDLE && performance.now() < until);
  return share;
}

export class Bench {
  /** Idle shares seen before operations: what a reader needs to trust the figures. */
  idle = [];

  static async start(url) {
    const bench = new Bench();
    bench.url = url;
    bench.browser = await chromium.launch({
      executablePath: await browserPath(),
      args: [...BROWSER_ARGS, '--js-flags=--expose-gc', '--enable-precise-memory-info'],
    });
    return bench;
  }

  async close() {
    await this.browser.close();
  }

  /** A fresh page of one subject; `run` gets it. Everything outside this machine is refused. */
  async with(subject, run, { plant = '', path = `/page/${subject}?plant=${plant}`, limitMs = 60_000 } = {}) {
    const context = await this.browser.newContext({ viewport: VIEWPORT, locale: 'en-GB' });
    try {
      await context.route(
        (address) => address.hostname !== '127.0.0.1',
        (route) => route.abort(),
      );
      const page = await context.newPage();
      page.setDefaultTimeout(limitMs);
      const faults = [];
      page.on('pageerror', (error) => faults.push(error.message));
      const cdp = await context.newCDPSession(page);
      await cdp.send('Performance.enable');
      await page.goto(this.url + path);
      if (path.startsWith('/page/')) await page.waitForSelector('html[data-ready]', { state: 'attached' });
      let timer;
      const limit = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`over ${limitMs / 1000} s`)), limitMs);
      });
      try {
        return await Promise.race([run(new Scene(this, page, cdp)), limit]);
      } catch (error) {
        throw faults.length > 0 ? new Error(`${error.message} (page: ${faults[0]})`) : error;
      } finally {
        clearTimeout(timer);
      }
    } finally {
      await context.close();
    }
  }
}

/** What a metric may do with its page. */
class Scene {
  constructor(bench, page, cdp) {
    this.bench = bench;
    this.page = page;
    this.cdp = cdp;
  }

  call(name, ask = {}) {
    return this.page.evaluate(([name, ask]) => window.bench[name](ask), [name, ask]);
  }

  async #counters() {
    const { metrics } = await this.cdp.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  }

  /** Runs one step on an idle machine; adds the main thread's milliseconds to what the step itself tells. */
  async measure(run) {
    // What a page fetches ahead while nothing happens has come.
    await this.page.waitForLoadState('networkidle');
    const idle = await awaitIdle();
    if (idle !== undefined) this.bench.idle.push(idle);
    if (this.bench.profiling) await this.#startProfile();
    const before = await this.#counters();
    const told = await run();
    const after = await this.#counters();
    if (this.bench.profiling) await this.#tellProfile();
    const spent = (name) => (after[name] - before[name]) * 1000;
    return { ...told, task: spent('TaskDuration'), script: spent('ScriptDuration'), layout: spent('LayoutDuration') };
  }

  /** The same step several times on one page, `between` outside the clock; of each figure the median. */
  async several(takes, run, between) {
    const told = [];
    for (let take = 0; take < takes; take++) {
      if (take > 0) await between();
      told.push(await this.measure(run));
    }
    return medianOfEach(told);
  }

  async #startProfile() {
    await this.cdp.send('Profiler.enable');
    await this.cdp.send('Profiler.setSamplingInterval', { interval: 100 });
    await this.cdp.send('Profiler.start');
  }

  /** Where the time of a step went, by function. */
  async #tellProfile() {
    const { profile } = await this.cdp.send('Profiler.stop');
    const self = new Map();
    const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
    for (const [index, id] of profile.samples.entries()) {
      const { functionName, lineNumber } = nodes.get(id).callFrame;
      const name = `${functionName || 'anonymous'}:${lineNumber}`;
      self.set(name, (self.get(name) ?? 0) + (profile.timeDeltas[index] ?? 0) / 1000);
    }
    console.log('self ms by function:');
    for (const [name, ms] of [...self].sort((a, b) => b[1] - a[1]).slice(0, 25))
      console.log(ms.toFixed(1).padStart(9), name);
  }

  /** Bytes of the JavaScript heap that are really in use. */
  async heap() {
    for (let round = 0; round < 3; round++) await this.cdp.send('HeapProfiler.collectGarbage');
    return (await this.cdp.send('Runtime.getHeapUsage')).usedSize;
  }

  domCounters() {
    return this.cdp.send('Memory.getDOMCounters');
  }
}
