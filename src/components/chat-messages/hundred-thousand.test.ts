/** The longest conversation there may be, walked through from its end to its beginning and back. */
import { expect, nextFrame } from '@open-wc/testing';
import type { Desk } from '../../testing/index.js';
import type { MessageRow } from './message-row.js';
import { at, stage, type Stage } from './stage.js';

const MANY = 100_000;
/** More than one page, so that there is history to come in above all that is loaded. */
const OLDER = 120;
/** Rows in the document at any time: what fills the panel of these tests (some 7) with a margin above and below. */
const MOST_ROWS = 60;

/** Repeatable chance, from 0 up to `below`. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32) * below;
  };
}

/** A server whose first page brings this many messages, however few are asked for. */
function generous(desk: Desk, id: string, many: number): void {
  const ask = desk.ask.bind(desk);
  desk.ask = (link, name, payload, ack) =>
    ask(link, name, payload, (answer) => {
      const aimed = ['before', 'after', 'around', 'sinceRev'].some((which) => which in Object(payload));
      if (name === 'load_messages' && !aimed)
        (answer as { data: { messages: unknown } }).data.messages = structuredClone(desk.messages(id).slice(-many));
      ack(answer);
    });
}

/** A hundred thousand messages, loaded; of quite different heights, so that no estimate comes near. */
async function huge(older = 0): Promise<Stage> {
  const made = await stage({
    messageBudget: Infinity, // all of them at once are what is tried
    history: (desk, id) => {
      for (let index = -older; index < MANY; index++)
        desk.addMessage(id, {
          content: `history ${index}${' and some more words'.repeat(Math.abs(index * 7) % 23)}`,
          timestamp: at(index + older),
          status: 'read',
        });
      desk.readElsewhere(id);
      generous(desk, id, MANY);
    },
  });
  expect(made.store.thread(made.id).messages.size).to.equal(MANY);
  return made;
}

/** What is in sight, by the message's key: where its words stand. */
function sights(made: Stage): Map<string, number> {
  const { top, bottom } = made.log.getBoundingClientRect();
  const found = new Map<string, number>();
  for (const row of made.all<MessageRow>('crm-message-row')) {
    const rect = row.querySelector('[role=article]')!.getBoundingClientRect();
    if (rect.bottom > top && rect.top < bottom) found.set(row.key, rect.top);
  }
  return found;
}

/** How far anything that stayed in sight is from where it should be, after everything moved by `way`. */
function drift(before: Map<string, number>, after: Map<string, number>, way = 0): { most: number; compared: number } {
  let [most, compared] = [0, 0];
  for (const [key, top] of before) {
    const now = after.get(key);
    if (now === undefined) continue;
    compared++;
    most = Math.max(most, Math.abs(now - (top - way)));
  }
  return { most, compared };
}

/** The rows cover the whole view, and they are few. */
function expectWindow(made: Stage, where: string): void {
  const rows = made.all('crm-message-row');
  const { top, bottom } = made.log.getBoundingClientRect();
  expect(rows.length, `rows ${where}`).to.be.within(2, MOST_ROWS);
  const { scrollTop, scrollHeight, clientHeight } = made.log;
  const [first, last] = [rows[0]!.getBoundingClientRect(), rows.at(-1)!.getBoundingClientRect()];
  // Above the first row and below the last there is nothing but the log's own padding.
  if (scrollTop > 100) expect(first.top, `blank above ${where}`).to.be.at.most(top + 1);
  if (scrollHeight - clientHeight - scrollTop > 100)
    expect(last.bottom, `blank below ${where}`).to.be.at.least(bottom - 1);
}

const below = (made: Stage) => made.log.scrollHeight - made.log.clientHeight - made.log.scrollTop;
const placeIn = (made: Stage, key: string | undefined) =>
  key === undefined ? -1 : made.store.thread(made.id).messages.get(key)!.seq!;

/** Scrolls by so many pixels within one frame, and looks at it in the next one, as a reader's eye would. */
async function scrolled(made: Stage, by: number): Promise<number> {
  const from = made.log.scrollTop;
  made.log.scrollTop = from + by;
  const way = made.log.scrollTop - from;
  await nextFrame();
  return way;
}

describe('message log: a hundred thousand messages', function () {
  this.timeout(180_000);

  it('can be scrolled through from the end to the beginning and back, and nothing in sight ever drifts', async () => {
    const made = await huge();
    const pick = chance(20_261_122);
    const walk = async (direction: 1 | -1, done: () => boolean) => {
      const visited: number[] = [];
      let compared = 0;
      for (let station = 0; !done() && station < 1000; station++) {
        // One long way on, past what was never measured; then on by less than a screenful, with something staying in sight.
        await scrolled(made, direction * (25_000 + pick(50_000)));
        const where = `at station ${station} ${direction < 0 ? 'up' : 'down'}`;
        expectWindow(made, where);
        for (let step = station % 12 === 0 ? 10 : 1; step > 0; step--) {
          const before = sights(made);
          const way = await scrolled(made, direction * (60 + pick(made.log.clientHeight - 120)));
          const found = drift(before, sights(made), way);
          compared += found.compared;
          expect(found.most, `drift ${where}, step ${step}`).to.be.at.most(1);
          expectWindow(made, where);
        }
        visited.push(placeIn(made, sights(made).keys().next().value));
      }
      return { visited, compared };
    };
    const up = await walk(-1, () => made.log.scrollTop === 0);
    expect(made.row('history 0').querySelector('.txt')!.textContent).to.equal('history 0');
    const down = await walk(1, () => below(made) <= 1);
    expect(made.row(`history ${MANY - 1}`)).to.be.instanceOf(HTMLElement);
    for (const [way, { visited, compared }] of Object.entries({ up: up, down: down })) {
      const inOrder = [...visited].sort((a, b) => (way === 'up' ? b - a : a - b));
      expect(visited, way).to.deep.equal(inOrder);
      expect(visited.length, `stations ${way}`).to.be.at.least(80);
      // No part of the history was jumped over as a whole.
      const widest = Math.max(...inOrder.slice(1).map((place, index) => Math.abs(place - inOrder[index]!)));
      expect(widest, `the widest jump ${way}`).to.be.below(MANY / 40);
      expect(compared, `rows compared ${way}`).to.be.above(200);
    }
  });

  it('takes older messages in above, and holds still to the pixel wherever the reader is near the top', async () => {
    const made = await huge(OLDER);
    const thread = made.store.thread(made.id);
    for (const [page, top] of [120, 0].entries()) {
      made.desk.hold('load_messages');
      await made.scrollTo(0);
      await made.drawn();
      await made.scrollTo(top);
      expect(made.log.scrollTop, 'the reader').to.equal(top);
      const before = sights(made);
      made.desk.release('load_messages');
      let most = 0;
      for (let frame = 0; frame < 8; frame++) {
        await made.world.advance(1);
        await nextFrame();
        const found = drift(before, sights(made));
        expect(found.compared, `in sight, frame ${frame}`).to.equal(before.size);
        most = Math.max(most, found.most);
      }
      expect(thread.messages.size, `page ${page}`).to.equal(MANY + 50 * (page + 1));
      expect(most, `drift with the reader ${top} px from the top`).to.be.at.most(1);
      expectWindow(made, `after page ${page}`);
    }
  });

  it('follows what comes while the end is in sight, and only counts it while the reader is further up', async () => {
    const made = await huge();
    for (let index = 0; index < 20; index++) made.desk.customerSays(made.id, `followed ${index}`);
    await made.drawn();
    expect(below(made)).to.be.at.most(1);
    expect(made.row('followed 19').getBoundingClientRect().bottom).to.be.at.most(
      made.log.getBoundingClientRect().bottom + 1,
    );
    expect(made.all('[part=jump]')).to.have.length(0);
    for (const [turn, share] of [0.9, 0.4, 0].entries()) {
      await made.scrollTo(made.log.scrollHeight * share);
      await made.drawn();
      const before = sights(made);
      for (let index = 0; index < 20; index++) made.desk.customerSays(made.id, `counted ${turn} ${index}`);
      await made.drawn();
      const found = drift(before, sights(made));
      expect(found.compared, `in sight at ${share}`).to.equal(before.size);
      expect(found.most, `drift at ${share}`).to.be.at.most(0.5);
      expect(made.one('[part=jump]')).to.have.trimmed.text(`${20 * (turn + 1)} new`);
      // What grows above the reader does not push him down either.
      const [topmost] = [...before.keys()];
      const above = made.all<MessageRow>('crm-message-row').find(({ key }) => key === topmost)!.previousElementSibling;
      if (!(above instanceof HTMLElement)) continue;
      above.style.minBlockSize = `${above.offsetHeight + 137}px`;
      await made.drawn();
      expect(drift(before, sights(made)).most, `grown at ${share}`).to.be.at.most(0.5);
    }
    made.log.focus();
    made.press('End');
    await made.drawn();
    expect(below(made)).to.be.at.most(1);
    expect(made.row('counted 2 19')).to.be.instanceOf(HTMLElement);
    expect(made.all('[part=jump]')).to.have.length(0);
  });
});
