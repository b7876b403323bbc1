import { expect } from '@open-wc/testing';
import { openOffice, type Office } from '../testing/index.js';
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
    ranges.dropBelow(30);
    expect([ranges.has(29), ranges.has(30)]).to.deep.equal([false, true]);
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
