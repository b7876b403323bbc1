import { expect } from '@open-wc/testing';
import { openOffice, type Office } from '../testing/index.js';
import type { ChatStore } from './chat-store.js';
import { KeyedList } from './keyed-list.js';
import { SeqRanges } from './seq-ranges.js';

const START = Date.UTC(2025, 2, 3, 9, 0);

/** `count` messages called `0`, `1` …; their numbers begin at 1. */
async function withHistory(counts: Record<string, number>, messageBudget?: number): Promise<Office> {
  return openOffice({
    ...(messageBudget === undefined ? {} : { messageBudget }),
    prepare: (desk) => {
      for (const [id, count] of Object.entries(counts)) {
        desk.addConversation({ id });
        for (let index = 0; index < count; index++)
          desk.addMessage(id, {
            id: `${id}-${index}`,
            content: `${index}`,
            timestamp: new Date(START + index * 1000).toISOString(),
          });
      }
    },
  });
}

describe('a message that is asked for anew', () => {
  for (const level of [0, 1, 2] as const)
    it(`comes from a server of level ${level}, or that it did not is told`, async () => {
      const { desk, store, world } = await openOffice({
        level,
        prepare: (made) => {
          made.addConversation({ id: 'a' });
          made.addMessage('a', { id: 'old', content: 'old' });
        },
      });
      store.setActiveConversation('a');
      await world.advance(20_000); // also of who never answers
      const again = async () => {
        const told = store.reloadMessage('a', 'old');
        await world.advance(20_000);
        const outcome = await told;
        return outcome.ok ? 'ok' : outcome.error.code;
      };
      const first = await again();
      // Its page is too short for it now, or it is no longer there at all.
      (desk.messages('a') as unknown[]).splice(0, 1);
      expect([first, await again()]).to.deep.equal(['ok', 'NOT_FOUND']);
      expect(store.thread('a').messages.get('old')?.content, 'it stays where it was').to.equal('old');
    });
});

describe('history: more than the newest page', () => {
  let office: Office;
  const settle = () => office.world.advance(1);
  const shown = (id: string) =>
    office.store
      .thread(id)
      .messages.$ids.get()
      .map((key) => office.store.thread(id).messages.get(key)!.content);

  beforeEach(async () => {
    office = await withHistory({ a: 400 });
    office.store.setActiveConversation('a');
    await settle();
  });

  it('loads around a message far back, and tells what is not here in between', async () => {
    office.store.showMessage('a', 'a-100');
    const thread = office.store.thread('a');
    expect(thread.$target.get()).to.deep.equal({ messageId: 'a-100', stage: 'loading' });
    await settle();
    expect(thread.$target.get()).to.deep.equal({ messageId: 'a-100', stage: 'here' });
    expect(shown('a')).to.include.members(['80', '100', '120', '399']);
    expect(shown('a')).not.to.include('200');
    expect(thread.$gaps.get()).to.have.length(1);
    expect(thread.$gaps.get()[0]).to.include({ before: 351, stage: 'more' });
  });

  it('fills a gap from above and from below, in order and without asking twice, until it is gone', async () => {
    office.store.showMessage('a', 'a-100');
    await settle();
    const thread = office.store.thread('a');
    for (let turn = 0; turn < 20 && thread.$gaps.get()[0]; turn++) {
      office.store.fillGap('a', thread.$gaps.get()[0]!, turn % 2 === 0);
      await settle();
    }
    expect(thread.$gaps.get()).to.deep.equal([]);
    const first = Number(shown('a')[0]);
    expect(shown('a')).to.deep.equal(Array.from({ length: 400 - first }, (_, at) => `${first + at}`));
    const asks = office.desk.asks('load_messages').map((ask) => JSON.stringify(ask));
    expect(new Set(asks).size).to.equal(asks.length);
  });

  it('goes on upwards from the island, and leaves out nothing', async () => {
    office.store.showMessage('a', 'a-100');
    await settle();
    for (let turn = 0; turn < 5; turn++) {
      office.store.loadOlder('a');
      await settle();
    }
    expect(office.store.thread('a').$older.get()).to.equal('end');
    expect(shown('a').slice(0, 110)).to.deep.equal(Array.from({ length: 110 }, (_, at) => `${at}`));
  });

  it('says of a message that does not exist that it is missing', async () => {
    office.store.showMessage('a', 'nobody');
    await settle();
    expect(office.store.thread('a').$target.get()).to.deep.equal({ messageId: 'nobody', stage: 'missing' });
  });

  it('waits with the wish until the conversation itself is loaded', async () => {
    const other = await withHistory({ b: 300 });
    other.store.showMessage('b', 'b-10');
    await other.world.advance(1);
    expect(other.store.thread('b').$target.get()).to.deep.equal({ messageId: 'b-10', stage: 'here' });
    expect(other.store.$activeId.get()).to.equal('b');
  });

  it('does not show news of a message whose surroundings are not loaded', async () => {
    const old = office.desk.messages('a')[10]!;
    office.desk.setStatus(old.id, 'delivered');
    await settle();
    expect(shown('a')).to.have.length(50);
    for (let turn = 0; turn < 8; turn++) {
      office.store.loadOlder('a');
      await settle();
    }
    expect(shown('a')).to.have.length(400);
    const { messages } = office.store.thread('a');
    expect(messages.get(messages.$ids.get()[10]!)).to.include({ content: '10', status: 'delivered' });
  });

  it('marks a gap as missing when the server has nothing to put there, and asks again when told to', async () => {
    office.store.showMessage('a', 'a-100');
    await settle();
    const thread = office.store.thread('a');
    office.desk.failNext('load_messages', 'FORBIDDEN');
    office.store.fillGap('a', thread.$gaps.get()[0]!);
    await settle();
    expect(thread.$gaps.get()[0]!.stage).to.equal('failed');
    office.store.fillGap('a', thread.$gaps.get()[0]!);
    await settle();
    expect(thread.$gaps.get()[0]!.stage).to.equal('more');
    expect(shown('a')).to.include('140');
  });
});

describe('history: the budget', () => {
  it('lets old pages go of what nobody looks at, never what is unsent, and loads them again', async () => {
    const office = await withHistory({ a: 300, b: 300, c: 300 }, 300);
    const { store, world } = office;
    const size = (id: string) => store.thread(id).messages.size;
    const readUp = async (id: string, pages: number) => {
      store.setActiveConversation(id);
      await world.advance(1);
      for (let turn = 0; turn < pages; turn++) {
        store.loadOlder(id);
        await world.advance(1);
      }
    };
    await readUp('a', 5);
    expect(size('a')).to.equal(300);
    office.desk.hold('send_message');
    await store.sendMessage('a', 'unsent');
    await readUp('b', 3);
    await world.advance(2000); // nobody looks any more
    expect(size('b')).to.equal(200);
    expect(size('a')).to.equal(50);
    const thread = store.thread('a');
    expect(thread.messages.$ids.get().map((key) => thread.messages.get(key)!.content)).to.include('unsent');
    expect(thread.$older.get()).to.equal('more');
    await readUp('a', 6);
    expect(size('a')).to.equal(301);
    expect(size('a') + size('b')).to.be.at.most(351);
  });
});

describe('history: the budget of an open conversation', () => {
  const MOST = 300;
  /** Watches the messages a log would draw: `count` of them, beginning with the given one of those that are loaded. */
  function drawing(store: ChatStore) {
    const { messages } = store.thread('a');
    let stops: (() => void)[] = [];
    return (from: number, count = 40) => {
      const shown = messages.$ids.get().slice(from).slice(0, count);
      const before = stops;
      stops = shown.map((key) => messages.at(key).listen(() => undefined));
      for (const stop of before) stop();
      return shown.map((key) => Number(messages.get(key)!.content));
    };
  }
  const numbers = (store: ChatStore) => {
    const { messages } = store.thread('a');
    return messages.$ids
      .get()
      .map((key) => messages.get(key)!.seq)
      .filter((seq) => seq !== undefined);
  };
  /** Neighbours in the list that are none in the history, where no gap says so. */
  const silentHoles = (store: ChatStore) => {
    const gaps = store.thread('a').$gaps.get();
    return numbers(store).filter((seq, at, all) => {
      const after = all[at - 1];
      return after !== undefined && seq !== after + 1 && !gaps.some((gap) => gap.after === after && gap.before === seq);
    });
  };
  async function reading() {
    const office = await withHistory({ a: 1200 }, MOST);
    const { store, world } = office;
    store.setActiveConversation('a');
    store.thread('a').messages.$ids.listen(() => undefined);
    await world.advance(20);
    const draw = drawing(store);
    draw(0);
    const up = async () => {
      store.loadOlder('a');
      await world.advance(20);
      return draw(0);
    };
    return { ...office, store, draw, up };
  }

  it('keeps what is near the reader and the newest page, and says where the rest is missing', async () => {
    const { store, up } = await reading();
    const thread = store.thread('a');
    for (let page = 0; page < 16; page++) {
      const [first] = await up();
      expect(first, 'what is loaded above is there').to.equal(1100 - 50 * page);
      expect(silentHoles(store)).to.deep.equal([]);
    }
    expect(thread.messages.size).to.be.at.most(MOST + 100);
    expect(numbers(store).at(-1)).to.equal(1200);
    expect(numbers(store)).to.include(1160);
    expect(thread.$gaps.get()).to.have.length(1);
    expect(thread.$older.get()).to.equal('more');
  });

  it('loads it again where the reader comes down, until nothing is missing between', async () => {
    const { store, world, draw, up } = await reading();
    const thread = store.thread('a');
    for (let page = 0; page < 16; page++) await up();
    let [gap] = thread.$gaps.get();
    const { after } = gap!;
    for (let page = 0; page < 4 && gap; page++) {
      draw(numbers(store).indexOf(gap.after) - 60);
      store.fillGap('a', gap, true);
      await world.advance(20);
      expect(silentHoles(store)).to.deep.equal([]);
      [gap] = thread.$gaps.get();
    }
    expect(numbers(store), 'what was missing').to.include.members([after + 1, after + 150]);
    expect(thread.messages.size).to.be.at.most(2 * MOST);
  });

  it('lets history go above who has come back to the end, and loads it again', async () => {
    const { store, world, draw, up } = await reading();
    const thread = store.thread('a');
    for (let page = 0; page < 5; page++) await up();
    draw(thread.messages.size - 40);
    store.loadOlder('a');
    await world.advance(20);
    expect(thread.messages.size).to.be.at.most(MOST);
    expect(silentHoles(store)).to.deep.equal([]);
    expect(thread.$older.get()).to.equal('more');
    const [oldest] = numbers(store);
    store.loadOlder('a');
    await world.advance(20);
    expect(numbers(store)[0]).to.equal(oldest! - 50);
  });

  it('keeps what a drawn message quotes, what is not sent, and what somebody was just led to', async () => {
    const { store, world, desk, draw, up } = await reading();
    const thread = store.thread('a');
    for (let page = 0; page < 5; page++) await up();
    const [quoted, between] = [0, 40].map((at) => thread.messages.$ids.get()[at]!) as [string, string];
    const stop = thread.messages.at(quoted).listen(() => undefined);
    draw(thread.messages.size - 40);
    desk.hold('send_message');
    const unsent = await store.sendMessage('a', 'unsent');
    store.showMessage('a', 'a-100');
    await world.advance(500);
    expect(thread.find('a-100'), 'led to, and not drawn yet').to.exist;
    expect(thread.messages.get(quoted)).to.exist;
    expect(thread.messages.get(between), 'what is between it and the reader is let go').to.equal(undefined);
    expect(thread.messages.get(unsent)).to.exist;
    expect(silentHoles(store)).to.deep.equal([]);
    stop();
  });

  it('keeps all of it for a host that reads the list as a whole', async () => {
    const office = await withHistory({ a: 600 }, MOST);
    const { store, world } = office;
    store.setActiveConversation('a');
    store.thread('a').messages.$ids.listen(() => undefined);
    await world.advance(20);
    for (let page = 0; page < 12; page++) {
      store.loadOlder('a');
      await world.advance(20);
    }
    expect(store.thread('a').messages.size).to.equal(600);
  });
});

describe('history: bookkeeping', () => {
  it('joins ranges that touch, and tells what is between the others', () => {
    const ranges = new SeqRanges();
    ranges.add(10, 20);
    ranges.add(40, 50);
    expect(ranges.gaps).to.deep.equal([{ after: 20, before: 40 }]);
    ranges.add(21, 25);
    expect(ranges.gaps).to.deep.equal([{ after: 25, before: 40 }]);
    expect([ranges.has(25), ranges.has(26), ranges.newest]).to.deep.equal([true, false, 50]);
    ranges.add(20, 45);
    expect(ranges.gaps).to.deep.equal([]);
    ranges.retain([[30, Infinity]]);
    expect([ranges.has(29), ranges.has(30)]).to.deep.equal([false, true]);
    ranges.add(70, 90);
    ranges.retain([
      [0, 35],
      [45, 72],
      [80, Infinity],
    ]);
    expect(ranges.gaps).to.deep.equal([
      { after: 35, before: 45 },
      { after: 50, before: 70 },
      { after: 72, before: 80 },
    ]);
    expect([ranges.has(30), ranges.has(36), ranges.newest]).to.deep.equal([true, false, 90]);
  });

  it('puts a page in front in one go, and pages that are mixed in one by one', () => {
    const frames: (() => void)[] = [];
    const world = { frame: (act: () => void) => frames.push(act) } as never;
    const list = new KeyedList<number>({ world, compare: (a, b) => a - b });
    const page = (...numbers: number[]) => new Map(numbers.map((number) => [`${number}`, number]));
    const ids = () => {
      frames.splice(0).forEach((act) => act());
      return list.$ids.get().map(Number);
    };
    list.putAll(page(50, 51, 52));
    list.putAll(page(10, 12, 11));
    expect(ids()).to.deep.equal([10, 11, 12, 50, 51, 52]);
    list.putAll(page(30, 12, 5, 60));
    expect(ids()).to.deep.equal([5, 10, 11, 12, 30, 50, 51, 52, 60]);
    list.retain((_id, number) => number > 20);
    expect(ids()).to.deep.equal([30, 50, 51, 52, 60]);
    list.clear();
    expect(ids()).to.deep.equal([]);
  });
});
