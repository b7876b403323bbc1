import { expect, nextFrame } from '@open-wc/testing';
import { at, longHistory, stage, type Stage } from './stage.js';

const MOST_NODES = 300;
const end = ({ log }: Stage) => Math.round(log.scrollHeight - log.clientHeight - log.scrollTop);
/** What is said in a row: the day above it may come and go. */
const said = (row: HTMLElement) => (row.querySelector('[role=article]') ?? row).getBoundingClientRect();
/** The topmost seen row and where it stands: what must not move. */
function seen({ all, log }: Stage): { row: HTMLElement; top: number } {
  const edge = log.getBoundingClientRect().top;
  const row = all('crm-message-row').find((one) => one.getBoundingClientRect().bottom > edge + 1);
  if (!row) throw new Error('Nothing is seen');
  return { row, top: said(row).top - edge };
}
const drift = (stage: Stage, { row, top }: { row: HTMLElement; top: number }) =>
  Math.abs(said(row).top - stage.log.getBoundingClientRect().top - top);

describe('message log: groups', () => {
  it('are taken apart when one of their messages fails: it and the one before it stand alone', async () => {
    let second = '';
    const made = await stage({
      history: (desk, id) => {
        const ours = { senderType: 'agent', senderId: 'agent-1', status: 'sent' } as const;
        desk.addMessage(id, { ...ours, content: 'first', timestamp: at(0) });
        ({ id: second } = desk.addMessage(id, { ...ours, content: 'second', timestamp: at(0) }));
      },
    });
    expect(made.row('first').querySelector('.meta'), 'one line for both').to.not.exist;
    made.desk.setStatus(second, 'failed', { code: 'PLATFORM_REJECTED', message: 'Number unknown' });
    await made.drawn();
    expect(made.row('first').querySelector('.meta')).to.exist;
    expect(made.row('second')).to.not.have.class('is-joined');
  });
});

describe('message log: the window', () => {
  it('opens ten thousand messages at the end with a handful of rows', async () => {
    const made = await stage({ level: 1, history: (desk, id) => longHistory(desk, id, 10_000) });
    expect(made.store.thread(made.id).messages.size).to.equal(10_000);
    expect(end(made)).to.be.at.most(1);
    expect(made.row('history 9999')).to.exist;
    expect(made.all('crm-message-row').length).to.be.within(5, 80);
    for (let top = made.log.scrollHeight; top > 0; top -= made.log.scrollHeight / 9) {
      await made.scrollTo(top);
      expect(made.all('crm-message-row').length).to.be.at.most(MOST_NODES);
      const edge = made.log.getBoundingClientRect();
      const covered = made.all('crm-message-row').filter((row) => {
        const box = row.getBoundingClientRect();
        return box.bottom > edge.top && box.top < edge.bottom;
      });
      expect(covered.length, `rows in sight at ${top}`).to.be.above(0);
    }
  });

  for (const from of [120, 0]) {
    it(`holds still when history is put in front, read from ${from} px below the top`, async () => {
      const made = await stage({ history: (desk, id) => longHistory(desk, id, 400) });
      made.desk.hold('load_messages');
      await made.scrollTo(from);
      const before = seen(made);
      const known = made.store.thread(made.id).messages.size;
      made.desk.release('load_messages');
      await made.drawn();
      expect(made.store.thread(made.id).messages.size).to.be.above(known);
      expect(drift(made, before)).to.be.at.most(1);
      expect(made.log.scrollTop).to.be.above(from);
    });
  }

  it('loads history all the way up, without asking twice for a page', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 230) });
    for (let turn = 0; turn < 12; turn++) {
      await made.scrollTo(0);
      await made.drawn();
    }
    const asks = made.desk.asks('load_messages').map((ask) => JSON.stringify(ask));
    expect(new Set(asks).size).to.equal(asks.length);
    expect(made.row('history 0')).to.exist;
  });

  it('follows the end while there', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 40) });
    for (let index = 0; index < 5; index++) await made.say(`news ${index} ${'long '.repeat(60)}`);
    expect(end(made)).to.be.at.most(1);
    expect(made.all('[part=jump]')).to.have.length(0);
  });

  it('moves nothing for somebody who reads further up, and counts in the pill', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 60) });
    await made.scrollTo(made.log.scrollTop - 700);
    expect(made.one('[part=jump]')).to.have.trimmed.text('Latest');
    const before = seen(made);
    await made.say('first');
    await made.say('second');
    expect(drift(made, before)).to.be.at.most(1);
    expect(made.one('[part=jump]')).to.have.trimmed.text('2 new');
    await made.scrollTo(made.log.scrollHeight);
    await made.drawn();
    expect(made.all('[part=jump]')).to.have.length(0);
  });

  it('shows the pill only further than 120 px from the end', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 60) });
    await made.scrollTo(made.log.scrollHeight - made.log.clientHeight - 110);
    await made.drawn();
    expect(made.all('[part=jump]')).to.have.length(0);
    await made.scrollTo(made.log.scrollHeight - made.log.clientHeight - 130);
    await made.drawn();
    expect(made.one('[part=jump]').getBoundingClientRect().height).to.equal(32);
    made.one('[part=jump]').click();
    for (let frame = 0; frame < 120 && end(made) > 1; frame++) await nextFrame();
    expect(end(made)).to.be.at.most(1);
  });

  it('goes to the end for an own message, wherever the reader was', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 60) });
    await made.scrollTo(made.log.scrollTop - 900);
    await made.store.sendMessage(made.id, 'mine');
    await made.drawn();
    expect(end(made)).to.be.at.most(1);
    expect(made.row('mine')).to.exist;
  });

  it('holds still when something above grows', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 60) });
    await made.scrollTo(made.log.scrollTop - 700);
    const before = seen(made);
    const above = before.row.previousElementSibling;
    if (!(above instanceof HTMLElement)) throw new Error('no row above');
    above.style.minBlockSize = `${above.offsetHeight + 137}px`;
    await nextFrame();
    await nextFrame();
    expect(drift(made, before)).to.be.at.most(1);
  });

  it('stays at the end when the last row or the field grows', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 60) });
    made.write('line\n'.repeat(6));
    await made.drawn();
    expect(end(made)).to.be.at.most(1);
    made.desk.customerTypes(made.id);
    await made.drawn();
    expect(made.one('[part=typing]')).to.contain.text('Camila is typing');
    expect(end(made)).to.be.at.most(1);
  });

  it('opens at the unread line, a fifth from the top', async () => {
    const made = await stage({
      open: false,
      history: (desk, id) => {
        longHistory(desk, id, 60);
        for (let index = 0; index < 30; index++)
          desk.customerSays(id, `unread ${index}`, { timestamp: at(500 + index) });
      },
    });
    made.store.setActiveConversation(made.id);
    await made.drawn();
    expect(made.one('[role=separator]')).to.have.trimmed.text('30 new messages');
    expect(made.topOf('unread 0')).to.be.closeTo(made.log.clientHeight * 0.2, 1);
    expect(made.one('[part=jump]')).to.exist;
  });

  /** 140 unread: the first page begins below the line's true place, and older pages come when there is room above. */
  async function longBacklog() {
    const made = await stage({
      open: false,
      history: (desk, id) => {
        longHistory(desk, id, 60);
        for (let index = 0; index < 140; index++)
          desk.customerSays(id, `unread ${index}`, { timestamp: at(500 + index) });
      },
    });
    made.desk.hold('load_messages');
    made.store.setActiveConversation(made.id);
    await made.drawn();
    made.desk.release('load_messages');
    made.desk.hold('load_messages');
    for (let turn = 0; turn < 5 && made.all('[role=separator]').length === 0; turn++) await made.drawn();
    return made;
  }
  const lineTop = ({ one, log }: Stage) =>
    one('[role=separator]').closest('crm-message-row')!.getBoundingClientRect().top - log.getBoundingClientRect().top;

  it('puts the line of a long backlog there too, once there is something above it', async () => {
    const made = await longBacklog();
    expect(lineTop(made), 'nothing above it yet').to.be.below(made.log.clientHeight * 0.1);
    made.desk.release('load_messages');
    await made.drawn();
    await made.drawn();
    expect(lineTop(made)).to.be.closeTo(made.log.clientHeight * 0.2, 1);
  });

  it('leaves a reader alone who has scrolled away from it', async () => {
    const made = await longBacklog();
    await made.scrollTo(150);
    const before = seen(made);
    made.desk.release('load_messages');
    await made.drawn();
    await made.drawn();
    expect(drift(made, before)).to.be.at.most(1);
  });

  it('keeps keyboard focus in the messages when the pill that had it goes away', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 60) });
    await made.scrollTo(made.log.scrollTop - 900);
    await made.drawn();
    made.one('[part=jump]').focus();
    made.one('[part=jump]').click();
    for (let frame = 0; frame < 120 && end(made) > 1; frame++) await nextFrame();
    await made.drawn();
    expect(made.all('[part=jump]')).to.have.length(0);
    expect(made.panel.shadowRoot!.activeElement === made.log, 'has the focus').to.equal(true);
  });

  it('remembers where the reader was in each conversation, and keeps the header while switching', async () => {
    const made = await stage({
      history: (desk, id) => {
        longHistory(desk, id, 120);
        desk.addConversation({ id: 'other', prospectId: desk.addContact({ name: 'Grace Okafor' }).id });
        longHistory(desk, 'other', 30);
      },
    });
    const header = made.one('header');
    await made.scrollTo(made.log.scrollTop - 800);
    const before = seen(made);
    const words = before.row.textContent?.trim().slice(0, 12) ?? '';
    made.store.setActiveConversation('other');
    await made.drawn();
    expect(made.one('h2')).to.have.trimmed.text('Grace Okafor');
    expect(end(made)).to.be.at.most(1);
    made.store.setActiveConversation(made.id);
    await made.drawn();
    const after = seen(made);
    expect(after.row.textContent).to.contain(words);
    expect(Math.abs(after.top - before.top)).to.be.at.most(1);
    expect(made.one('header')).to.equal(header);
  });

  it('survives being moved, removed and put back', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 120) });
    await made.scrollTo(made.log.scrollTop - 800);
    const before = seen(made).row.textContent;
    const home = made.panel.parentElement!;
    home.append(made.panel);
    await made.drawn();
    expect(seen(made).row.textContent).to.equal(before);
    made.panel.remove();
    made.desk.customerSays(made.id, 'while away');
    await made.drawn();
    home.append(made.panel);
    await made.drawn();
    expect(seen(made).row.textContent).to.equal(before);
    await made.scrollTo(made.log.scrollHeight);
    expect(made.row('while away')).to.exist;
  });

  it('brings history in silently and news aloud', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 200) });
    const heard: string[] = [];
    const watch = new MutationObserver((changes) => {
      for (const change of changes)
        for (const node of change.addedNodes)
          if (node instanceof HTMLElement && node.localName === 'crm-message-row' && made.log.ariaLive !== 'off')
            heard.push(node.querySelector('.txt')?.textContent ?? '');
    });
    watch.observe(made.one('.rows'), { childList: true });
    await made.scrollTo(0);
    await made.drawn();
    expect(heard).to.deep.equal([]);
    await made.scrollTo(made.log.scrollHeight);
    await made.drawn();
    await made.say('good news');
    expect(heard).to.deep.equal(['good news']);
    watch.disconnect();
  });
});
