/**
 * What is measured, once for all subjects. A scenario prepares outside the clock and returns steps; the driver takes the
 * browser's own counters around `run`. Times are milliseconds, distances pixels.
 */
import { isSeen, nextFrame, painted, seen } from './painted.js';
import { messagesOf, tokenOf } from './workload.js';

const box = () => document.querySelector('#box');
const tasks = () => {
  const { port1, port2 } = new MessageChannel();
  const waiting = [];
  port1.onmessage = () => waiting.shift()();
  return () => new Promise((resolve) => (waiting.push(resolve), port2.postMessage(0)));
};

/** Frames that came late, while something runs. */
function watchFrames() {
  let last = performance.now();
  let dropped = 0;
  let longest = 0;
  let on = true;
  const tick = () => {
    const now = performance.now();
    const gap = now - last;
    last = now;
    longest = Math.max(longest, gap);
    dropped += Math.max(0, Math.round(gap / (1000 / 60)) - 1);
    if (on) requestAnimationFrame(tick);
  };
  requestAnimationFrame(() => {
    last = performance.now();
    requestAnimationFrame(tick);
  });
  const long = [];
  const observer = new PerformanceObserver((entries) =>
    long.push(...entries.getEntries().map((entry) => entry.duration)),
  );
  observer.observe({ type: 'longtask' });
  return () => {
    on = false;
    long.push(...observer.takeRecords().map((entry) => entry.duration));
    observer.disconnect();
    return { dropped, longestFrame: longest, longestTask: Math.max(0, ...long) };
  };
}

export function scenariosFor(subject) {
  let prepared = {};

  /** A conversation that was shown before: fonts, styles and compiled code are warm. */
  async function warm(options) {
    await subject.mount(box(), options);
    const small = messagesOf('warm', 60);
    await subject.know('warm', small);
    subject.open('warm');
    await painted(subject.scroller, tokenOf(59));
    await nextFrame();
  }

  async function knowBig(count, id = 'big') {
    const messages = messagesOf(id, count);
    await subject.know(id, messages);
    return messages;
  }

  async function stream(perSecond, seconds, next) {
    const began = performance.now();
    const total = perSecond * seconds;
    let sent = 0;
    while (sent < total) {
      const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * perSecond) + 1);
      while (sent < due) next(sent++);
      await new Promise((resolve) => setTimeout(resolve, 1000 / perSecond / 2));
    }
  }

  const scenarios = {
    // ---- opening
    async prepareOpen({ count }) {
      await warm();
      await knowBig(count);
      // Twice, so that the first big one is not the first use of its code.
      subject.open('big');
      await painted(subject.scroller, tokenOf(count - 1));
      subject.open('warm');
      await painted(subject.scroller, tokenOf(59));
      prepared = { count };
    },
    async runOpen() {
      await nextFrame(); // all begin at the same moment between two frames
      const began = performance.now();
      subject.open('big');
      return { wall: (await painted(subject.scroller, tokenOf(prepared.count - 1))) - began };
    },

    /** Back to the small one, so that the big one can be opened once more. */
    async leave() {
      subject.open('warm');
      await painted(subject.scroller, tokenOf(59));
      await nextFrame();
    },

    // ---- a text that nobody should have sent, as the newest of a conversation
    async prepareGiant({ one, length }) {
      await warm();
      const messages = messagesOf('big', 50);
      const last = messages.at(-1);
      last.content = `${tokenOf(49)} ${one.repeat(Math.ceil(length / one.length))}`;
      delete last.metadata;
      last.messageType = 'text';
      await subject.know('big', messages);
    },
    async runGiant() {
      await nextFrame();
      const stop = watchFrames();
      const began = performance.now();
      subject.open('big');
      const wall = (await painted(subject.scroller, tokenOf(48))) - began;
      await nextFrame();
      return { wall, ...stop() };
    },

    // ---- a burst
    async prepareBurst({ base, count }) {
      await warm();
      await knowBig(base);
      const news = messagesOf('big', count, base);
      await subject.expect?.(news);
      subject.open('big');
      await painted(subject.scroller, tokenOf(base - 1));
      prepared = { news, last: tokenOf(base + count - 1) };
    },
    async runBurst() {
      const stop = watchFrames();
      const turn = tasks();
      const began = performance.now();
      for (const message of prepared.news) {
        subject.append(message);
        await turn();
      }
      const wall = (await painted(subject.scroller, prepared.last)) - began;
      return { wall, ...stop() };
    },

    // ---- a stream
    prepareStream: (ask) => scenarios.prepareBurst({ base: ask.base, count: ask.perSecond * ask.seconds }),
    async runStream({ perSecond, seconds }) {
      await nextFrame();
      const stop = watchFrames();
      await stream(perSecond, seconds, (index) => subject.append(prepared.news[index]));
      const said = performance.now();
      const lag = (await painted(subject.scroller, prepared.last)) - said;
      return { lag, ...stop() };
    },

    // ---- history above
    async preparePrepend({ count, top, news = 0 }) {
      await warm();
      const all = messagesOf('big', count + 50);
      const incoming = news ? messagesOf('big', news, count + 50) : [];
      if (subject.holdOlder) {
        const release = subject.holdOlder();
        await subject.know('big', all, count);
        subject.open('big');
        await painted(subject.scroller, tokenOf(count + 49));
        prepared = { release, incoming };
      } else {
        await subject.know('big', all.slice(50));
        await subject.expect?.(all.slice(0, 50));
        subject.open('big');
        await subject.openTop('big');
        prepared = { release: () => subject.prepend(all.slice(0, 50)), incoming: [] };
      }
      const scroller = subject.scroller();
      scroller.scrollTop = 0;
      // Rows near the top are measured as they come; wait until it is quiet there.
      for (let frame = 0, last = -1; frame < 60 && last !== scroller.scrollHeight; frame++) {
        last = scroller.scrollHeight;
        for (let more = 0; more < 4; more++) await nextFrame();
      }
      scroller.scrollTop = top;
      for (let frame = 0; frame < 10; frame++) await nextFrame();
    },
    async runPrepend() {
      const scroller = subject.scroller();
      const hits = [...seen(scroller, 6)];
      const anchor = hits.at(-1);
      if (!anchor) throw new Error('nothing is seen before history comes');
      const place = () => {
        for (const hit of seen(scroller, 6))
          if (hit.token === anchor.token) return hit.element.getBoundingClientRect().top;
        return undefined;
      };
      const before = anchor.element.getBoundingClientRect().top;
      const heightBefore = scroller.scrollHeight;
      let streaming = true;
      const news = prepared.incoming;
      const sending = news.length
        ? stream(100, news.length / 100, (index) => streaming && subject.append(news[index]))
        : Promise.resolve();
      if (news.length) await new Promise((resolve) => setTimeout(resolve, 200));
      await nextFrame(); // all begin at the same moment between two frames
      const began = performance.now();
      prepared.release();
      let wall;
      let first;
      for (let frame = 0; frame < 120 && wall === undefined; frame++) {
        const at = await nextFrame();
        if (scroller.scrollHeight > heightBefore + 500 || frame > 100) {
          subject.afterPrepend?.();
          first = place();
          wall = at - began;
        }
      }
      for (let frame = 0; frame < 20; frame++) await nextFrame();
      const settled = place();
      streaming = false;
      await sending;
      return {
        wall,
        driftFirst: first === undefined ? null : first - before,
        driftSettled: settled === undefined ? null : settled - before,
      };
    },

    // ---- switching
    async prepareSwitch({ count }) {
      await warm();
      await knowBig(count, 'a');
      const other = messagesOf('b', count);
      await subject.know('b', other);
      for (const id of ['a', 'b', 'a', 'b', 'a']) {
        subject.open(id);
        await painted(subject.scroller, tokenOf(count - 1));
        await nextFrame();
      }
      prepared = { count };
    },
    async runSwitch() {
      const began = performance.now();
      subject.open('b');
      await painted(subject.scroller, tokenOf(prepared.count - 1));
      subject.open('a');
      return { wall: ((await painted(subject.scroller, tokenOf(prepared.count - 1))) - began) / 2 };
    },
    /** Reads up in one conversation, looks at the other, comes back: how far is what was read from where it was. */
    async readingPosition() {
      const scroller = subject.scroller();
      scroller.scrollTop = scroller.scrollHeight / 2;
      for (let frame = 0; frame < 10; frame++) await nextFrame();
      const [anchor] = [...seen(scroller, 6)].slice(-1);
      const before = anchor.element.getBoundingClientRect().top;
      subject.open('b');
      await painted(subject.scroller, tokenOf(prepared.count - 1));
      subject.open('a');
      for (let frame = 0; frame < 10; frame++) await nextFrame();
      for (const hit of seen(subject.scroller(), 6)) {
        if (hit.token === anchor.token) return { moved: hit.element.getBoundingClientRect().top - before };
      }
      return { moved: null };
    },

    // ---- writing meanwhile
    prepareTyping: (ask) => scenarios.prepareBurst({ base: ask.base, count: ask.perSecond * ask.seconds }),
    startTyping({ perSecond, seconds }) {
      const field = subject.field();
      field.focus();
      const took = [];
      field.addEventListener(
        'keydown',
        (event) => void nextFrame().then((at) => took.push(at - event.timeStamp)),
        true,
      );
      prepared.took = took;
      void stream(perSecond, seconds, (index) => subject.append(prepared.news[index]));
    },
    typed: () => prepared.took,

    // ---- the list
    async prepareList({ count }) {
      await subject.mount(box());
      box().replaceChildren(); // the list alone
      await subject.knowList(count);
      // Shown once before: fonts, styles and compiled code are warm.
      subject.showList(box());
      await painted(subject.listScroller, tokenOf(0), 'top');
      box().replaceChildren();
      for (let frame = 0; frame < 5; frame++) await nextFrame();
    },
    async runList() {
      await nextFrame();
      const began = performance.now();
      subject.showList(box());
      return { wall: (await painted(subject.listScroller, tokenOf(0), 'top')) - began };
    },
    async prepareBump(ask) {
      await scenarios.prepareList(ask);
      subject.showList(box());
      await painted(subject.listScroller, tokenOf(0), 'top');
      for (let frame = 0; frame < 10; frame++) await nextFrame();
      prepared = { changed: watchRows(subject.listRoot()) };
    },
    async runBump({ index }) {
      const began = performance.now();
      subject.bump(index);
      const wall = (await painted(subject.listScroller, tokenOf(index), 'top')) - began;
      return { wall, rowsChanged: prepared.changed() };
    },

    // ---- memory
    async keep({ count }) {
      if (count > 0) await subject.keep(messagesOf('heap', count));
    },
    nodes: () => countNodes(subject.root()),
    async prepareDay(ask) {
      await warm({ messageBudget: ask.messageBudget });
      prepared = { ask };
    },
    work: ({ from, to }) =>
      subject.work({
        from,
        to,
        conversations: prepared.ask.conversations,
        messagesFor: (index, count, first) => messagesOf(`day-${index}`, count, first),
        switches: prepared.ask.every.switch,
        cuts: prepared.ask.every.cut,
      }),
    isSeen: (token) => isSeen(subject.scroller(), token),
  };
  return scenarios;
}

/** Nodes of a tree with everything in it. */
function countNodes(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  let count = 0;
  while (walker.nextNode()) count++;
  return count;
}

/** How many rows had something in them drawn again. */
function watchRows(root) {
  const rows = new Set();
  const observer = new MutationObserver((records) => {
    for (const { target } of records) {
      const row = (target.closest ? target : target.parentElement)?.closest('[role=option]');
      if (row) rows.add(row);
    }
  });
  observer.observe(root, { subtree: true, childList: true, characterData: true });
  return () => {
    observer.disconnect();
    return rows.size;
  };
}
