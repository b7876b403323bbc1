import { aTimeout, expect, nextFrame } from '@open-wc/testing';
import { Announcements, BETWEEN_MS } from './announcements.js';
import type { RowFrame } from './row-frame.js';
import { at, longHistory, stage, type Stage } from './stage.js';

/** Waits for something to become true, frame by frame, however slow the machine is. */
async function until(true_: () => boolean, made: Stage, what: string): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    if (true_()) return;
    await made.drawn();
  }
  throw new Error(`In vain waited for: ${what}`);
}
const far = (id = 'camila') => ({ history: (desk: Parameters<typeof longHistory>[0]) => longHistory(desk, id, 600) });
const idOf = (made: Stage, index: number) => made.desk.messages(made.id)[index]!.id;
const has = (made: Stage, text: string) =>
  made.all('crm-message-row').some((row) => row.querySelector('.txt')?.textContent?.startsWith(text));
const focused = (made: Stage) => made.panel.shadowRoot!.activeElement as HTMLElement | null;

describe('message log: to any message', () => {
  it('leads to a message far back, in colour for a moment, and "Latest" leads back to the end', async () => {
    const made = await stage(far());
    made.store.showMessage(made.id, idOf(made, 100));
    await until(() => has(made, 'history 100 '), made, 'the message');
    expect(made.topOf('history 100 ')).to.be.closeTo(made.log.clientHeight * 0.2, 1);
    expect(made.row('history 100 ').classList.contains('is-target')).to.equal(true);
    expect(made.store.thread(made.id).messages.size).to.be.below(250);
    expect(made.one('[part=jump]')).to.have.trimmed.text('Latest');
    made.one('[part=jump]').click();
    await until(() => has(made, 'history 599'), made, 'the end');
    await until(() => made.all('.is-target').length === 0, made, 'the colour to go');
  });

  it('shows the gap that a jump leaves, and fills it while the reader comes down, without moving what is read', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 190) });
    made.store.showMessage(made.id, idOf(made, 30));
    await until(() => has(made, 'history 30 '), made, 'the message');
    const thread = made.store.thread(made.id);
    made.desk.hold('load_messages');
    for (let turn = 0; turn < 40 && made.all('[part=gap]').length === 0; turn++)
      await made.scrollTo(made.log.scrollTop + 400);
    expect(made.one('[part=gap]')).to.contain.text('Load missing');
    made.desk.release('load_messages');
    await made.drawn();
    for (let turn = 0; turn < 100 && thread.$gaps.get().length > 0; turn++) {
      await made.scrollTo(made.log.scrollTop + 400);
      const before = made.all('crm-message-row').find((row) => {
        const rect = row.getBoundingClientRect();
        return rect.bottom > made.log.getBoundingClientRect().top + 1;
      })!;
      const spot = before.querySelector('[role=article]')!;
      const top = spot.getBoundingClientRect().top;
      await made.drawn();
      expect(Math.abs(spot.getBoundingClientRect().top - top)).to.be.at.most(1);
    }
    expect(thread.$gaps.get()).to.deep.equal([]);
    const numbers = thread.messages.$ids.get().map((key) => thread.messages.get(key)!.seq!);
    expect(numbers).to.deep.equal(numbers.map((_, at) => numbers[0]! + at));
  });

  it('shows what the server could not fill, with a button that asks again', async () => {
    const made = await stage(far());
    made.desk.failNext('load_messages', 'FORBIDDEN');
    made.store.showMessage(made.id, idOf(made, 100));
    await until(() => made.all('[part=target-notice]').length > 0, made, 'the notice');
    expect(made.one('[part=target-notice]')).to.contain.text('That message did not load.');
    made.one('[part=target-notice] .link').click();
    await until(() => has(made, 'history 100 '), made, 'the message');
    made.desk.failNext('load_messages', 'FORBIDDEN');
    const failed = () => made.all('[part=gap]').some((line) => line.textContent?.includes('did not load'));
    for (let turn = 0; turn < 60 && !failed(); turn++) {
      await made.scrollTo(made.log.scrollTop + 300);
      await made.drawn();
    }
    const { length } = made.desk.asks('load_messages');
    made.one('[part=gap-load]').click();
    await made.drawn();
    expect(made.desk.asks('load_messages').length).to.equal(length + 1);
    expect(failed()).to.equal(false);
  });

  it('says that a message is gone, until that is closed', async () => {
    const made = await stage(far());
    made.store.showMessage(made.id, 'nobody');
    await until(() => made.all('[part=target-notice]').length > 0, made, 'the notice');
    expect(made.one('[part=target-notice]')).to.contain.text('That message is not here any more.');
    made.one('[part=target-notice] .ib').click();
    await made.drawn();
    expect(made.all('[part=target-notice]')).to.have.length(0);
  });
});

describe('message log: more than the budget in the open conversation', () => {
  it('lets go of what is far from the reader, brings it back, and moves nothing that is read', async function () {
    this.timeout(60_000);
    const made = await stage({ messageBudget: 300, history: (desk, id) => longHistory(desk, id, 1500) });
    const { messages, $gaps } = made.store.thread(made.id);
    const first = () => Number(messages.get(messages.$ids.get()[0]!)!.content.split(' ')[1]);
    let drift = 0;
    let nodes = 0;
    /** The reader goes to a place; what comes and goes meanwhile must not move what is seen there. */
    const readAt = async (top: number) => {
      await made.scrollTo(top);
      const { top: edge } = made.log.getBoundingClientRect();
      const row = made.all('crm-message-row').find((one) => one.getBoundingClientRect().bottom > edge + 1)!;
      const article = row.querySelector('[role=article]')!;
      const before = article.getBoundingClientRect().top;
      await made.drawn();
      expect(row.isConnected, 'what is read stays').to.equal(true);
      drift = Math.max(drift, Math.abs(article.getBoundingClientRect().top - before));
      nodes = Math.max(nodes, made.all('crm-message-row').length);
    };
    for (let page = 0; page < 20 && first() > 500; page++) await readAt(0);
    expect(first()).to.be.at.most(500);
    expect(messages.size, 'of a thousand that were loaded').to.be.at.most(650);
    expect($gaps.get(), 'between here and the end').to.have.length(1);
    expect(has(made, 'history 1499')).to.equal(false);
    made.one('[part=jump]').click();
    await made.drawn();
    expect(has(made, 'history 1499')).to.equal(true);
    const numbers = () => messages.$ids.get().map((key) => messages.get(key)!.seq!);
    const [{ before: lowest } = { before: 0 }] = $gaps.get();
    for (let step = 0; step < 60 && !has(made, `history ${lowest - 100}`); step++) {
      await readAt(Math.max(0, made.log.scrollTop - 700));
      const holes = numbers().filter((seq, at, all) => at > 0 && seq !== all[at - 1]! + 1);
      expect(holes, 'what is missing is told').to.deep.equal($gaps.get().map(({ before }) => before));
    }
    expect(has(made, `history ${lowest - 100}`), 'it is there again').to.equal(true);
    expect(drift).to.be.at.most(1);
    expect(nodes).to.be.at.most(300);
  });
});

describe('message log: by keyboard', () => {
  it('walks through the messages, and says where each one stands', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 340) });
    made.log.focus();
    made.press('ArrowUp');
    expect(focused(made)?.ariaLabel ?? focused(made)?.getAttribute('aria-label')).to.match(/message 340 of 340$/u);
    made.press('ArrowUp');
    expect(focused(made)?.getAttribute('aria-label')).to.match(/message 339 of 340$/u);
    made.press('ArrowDown');
    expect(focused(made)?.getAttribute('aria-label')).to.match(/message 340 of 340$/u);
    made.press('Home');
    await made.drawn();
    expect(focused(made)?.getAttribute('aria-label')).to.match(/message \d+ of 340$/u);
    expect(focused(made)!.getBoundingClientRect().top).to.be.at.least(made.log.getBoundingClientRect().top - 1);
    made.press('End');
    await made.drawn();
    expect(focused(made)?.getAttribute('aria-label')).to.match(/message 340 of 340$/u);
  });

  it('says of a line of the system what it says and where it stands, and only there', async () => {
    const made = await stage({
      history: (desk, id) => {
        longHistory(desk, id, 9);
        const event = { kind: 'assigned', by: 'Marta', to: 'Tomás' };
        desk.addMessage(id, {
          senderType: 'system',
          senderId: 'x',
          content: '',
          metadata: { event },
          timestamp: at(30),
        });
        desk.addMessage(id, { senderType: 'system', senderId: 'x', content: 'Said by the server', timestamp: at(31) });
        desk.readElsewhere(id);
      },
    });
    expect(made.all('.event[role], .event[aria-label]'), 'its words are all there is in it').to.have.length(0);
    made.log.focus();
    const heard = () =>
      focused(made)
        ?.getAttribute('aria-label')
        ?.replace(/[\u2068\u2069]/gu, '');
    made.press('ArrowUp');
    expect(heard()).to.match(/^Said by the server, \d+:31.*, message 11 of 11$/u);
    made.press('ArrowUp');
    expect(heard()).to.match(/^Marta assigned this to Tomás, \d+:30.*, message 10 of 11$/u);
    expect(focused(made)).to.have.attribute('role', 'article');
    made.press('ArrowUp');
    expect(heard()).to.match(/message 9 of 11$/u);
  });

  it('keeps every message it comes to in sight', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 120) });
    made.log.focus();
    for (let step = 0; step < 40; step++) {
      made.press('ArrowUp');
      const [view, rect] = [made.log.getBoundingClientRect(), focused(made)!.getBoundingClientRect()];
      expect(rect.top, `step ${step}`).to.be.at.least(view.top - 1);
      expect(rect.bottom, `step ${step}`).to.be.at.most(view.bottom + 1);
      await nextFrame();
    }
  });

  it('never loses the focus when the row scrolls out of the window, and gives it back when it returns', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 400) });
    // Else WebKit reveals what has the focus a moment later, and undoes the scrolling below.
    made.log.focus({ preventScroll: true });
    made.press('ArrowUp');
    const label = focused(made)!.getAttribute('aria-label');
    const end = made.log.scrollTop;
    await made.scrollTo(0);
    expect(focused(made) === made.log).to.equal(true);
    await made.scrollTo(end + 100_000);
    await made.drawn();
    expect(focused(made)?.getAttribute('aria-label')).to.equal(label);
  });

  it('leaves the keys of what is inside a message alone', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 40) });
    made.row('history 39').querySelector<HTMLElement>('.more')!.focus();
    expect(made.press('ArrowUp').defaultPrevented).to.equal(false);
  });
});

describe('message log: what is heard', () => {
  it('sums a storm up, at most once in three seconds', () => {
    let now = 10_000;
    const due: { at: number; act: () => void }[] = [];
    const said: number[] = [];
    const heard = new Announcements(
      { now: () => now, after: (ms, act) => void due.push({ at: now + ms, act }) },
      (count) => said.push(count),
    );
    let aloud = 0;
    for (; now < 19_000; now += 50) {
      for (const one of due.splice(0)) one.at <= now ? one.act() : due.push(one);
      if (heard.admit(1, true)) aloud++;
    }
    expect(aloud).to.equal(1);
    expect(said.length).to.equal(2);
    expect(said[0]).to.be.closeTo(BETWEEN_MS / 50, 1);
    now += 2 * BETWEEN_MS;
    for (const one of due.splice(0)) one.act();
    now += BETWEEN_MS;
    expect(heard.admit(1, true), 'quiet again').to.equal(true);
  });

  it('tells of news in words when the reader is further up', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 60) });
    await made.scrollTo(made.log.scrollTop - 900);
    await made.say('below');
    expect(made.one('#news').textContent).to.equal('1 new message');
  });

  it('reads nothing out row by row when many come at once', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 60) });
    for (let index = 0; index < 12; index++) made.desk.customerSays(made.id, `storm ${index}`);
    await made.drawn();
    expect(made.log.ariaLive).to.equal('off');
    expect(made.one('#news').textContent).to.equal('12 new messages');
    await aTimeout(0);
  });
});

describe('message log: a voice note that is heard', () => {
  it('goes on when its row scrolls out of the window, and when the panel is moved', async () => {
    const audioUrl = 'data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQAAAAA=';
    const made = await stage({
      history: (desk, id) => {
        longHistory(desk, id, 120);
        desk.addMessage(id, {
          content: '',
          messageType: 'audio',
          timestamp: at(9000),
          metadata: { audioUrl, duration: 9 },
        });
      },
    });
    await until(() => made.all('[part~=play]').length > 0, made, 'the player');
    const row = made.one<HTMLElement & { frame: RowFrame; key: string }>('crm-message-row:has([part~=play])');
    const { player } = row.frame;
    // Made ready and not started: whether a browser without speakers plays is not the question.
    player.seek(row.key, audioUrl, 0);
    expect(player.$now.get()?.key).to.equal(row.key);
    await made.scrollTo(0);
    await made.drawn();
    expect(row.isConnected, 'the row is gone').to.equal(false);
    expect(player.$now.get()?.key).to.equal(row.key);
    made.panel.parentElement!.append(made.panel);
    await made.drawn();
    expect(player.$now.get()?.key, 'moved').to.equal(row.key);
    made.panel.remove();
    await made.drawn();
    expect(player.$now.get(), 'gone').to.equal(null);
  });
});
