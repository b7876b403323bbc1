import { expect } from '@open-wc/testing';
import { longHistory, stage, type Stage } from './stage.js';

async function until(true_: () => boolean, made: Stage, what: string): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    if (true_()) return;
    await made.drawn();
  }
  throw new Error(`In vain waited for: ${what}`);
}
const find = (made: Stage) => made.press('f', { ctrlKey: true });
const searching = {
  features: { typing: true, search: true },
  history: (desk: Parameters<typeof longHistory>[0], id: string) => longHistory(desk, id, 400),
};
const count = (made: Stage) => made.one('[part=find-count]').textContent?.trim();
function write(made: Stage, words: string): void {
  const field = made.one<HTMLInputElement>('[part=find-input]');
  field.value = words;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  made.press('Enter');
}
async function opened(): Promise<Stage> {
  const made = await stage(searching);
  made.log.focus();
  expect(find(made).defaultPrevented).to.equal(true);
  await until(() => made.all('[part=find-input]').length > 0, made, 'the bar');
  await until(() => made.panel.shadowRoot!.activeElement === made.one('[part=find-input]'), made, 'the focus');
  return made;
}

describe('find in conversation', () => {
  it('leaves Ctrl+F to the browser where the server does not search', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 40) });
    made.log.focus();
    expect(find(made).defaultPrevented).to.equal(false);
    expect(made.all('crm-find-bar')).to.have.length(0);
  });

  it('leads to hits that were never loaded, forwards and backwards, and says which one it is', async () => {
    const made = await opened();
    write(made, 'HISTORY 12');
    await until(() => count(made) === '1 of 11', made, 'the first hit');
    await until(() => made.all('.is-target').length === 1, made, 'history 129');
    expect(made.one('.is-target .txt')).to.contain.text('history 129');
    made.press('Enter');
    await until(() => made.all('.is-target').some((row) => row.textContent!.includes('history 128')), made, '128');
    expect(count(made)).to.equal('2 of 11');
    made.press('Enter', { shiftKey: true });
    await until(() => made.all('.is-target').some((row) => row.textContent!.includes('history 129')), made, '129');
    made.press('Enter', { shiftKey: true });
    await until(() => count(made) === '11 of 11', made, 'round the corner');
  });

  it('paints the words it found', async () => {
    const made = await opened();
    write(made, 'history 39');
    await until(() => count(made) === '1 of 11', made, 'hits');
    const painted = [...(CSS.highlights.get('crm-found') ?? [])].map(String);
    expect(painted).to.include('history 39');
    made.press('Escape');
    await made.drawn();
    expect([...(CSS.highlights.get('crm-found') ?? [])]).to.have.length(0);
  });

  it('says that there is nothing, and gives the focus back when it closes', async () => {
    const made = await opened();
    write(made, 'no such words');
    await until(() => count(made) === 'Nothing found', made, 'the word');
    made.press('Escape');
    await until(() => made.all('crm-find-bar').length === 0, made, 'the end');
    await until(() => made.panel.shadowRoot!.activeElement === made.log, made, 'the focus');
  });

  it('gives the focus to the message of the hit when it closes, and scrolls nothing', async () => {
    const made = await opened();
    write(made, 'history 12');
    await until(() => count(made) === '1 of 11', made, 'hits');
    await until(() => made.all('.is-target').length === 1, made, 'the first hit');
    made.press('Enter');
    await until(() => count(made) === '2 of 11' && made.all('.is-target').length === 1, made, 'the second hit');
    const text = made.one('.is-target .txt').textContent!.trim().slice(0, 11);
    const before = made.log.scrollTop;
    made.press('Escape');
    await until(() => Boolean(made.panel.shadowRoot!.activeElement?.closest('crm-message-row')), made, 'the focus');
    const stands = made.panel.shadowRoot!.activeElement!.closest('crm-message-row');
    expect(stands?.querySelector('.txt')?.textContent).to.contain(text);
    expect(made.log.scrollTop).to.equal(before);
  });

  it('gives the focus back to the message where the arrow keys were, and lifts that over its neighbours', async () => {
    const made = await stage(searching);
    made.log.focus();
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp']) made.press(key);
    await made.drawn();
    const stands = made.panel.shadowRoot!.activeElement!;
    const row = stands.closest('crm-message-row')!;
    expect(getComputedStyle(row).zIndex, 'its ring is not drawn over').to.equal('1');
    const before = made.log.scrollTop;
    find(made);
    await until(() => made.panel.shadowRoot!.activeElement?.localName === 'input', made, 'the field');
    expect(getComputedStyle(row).zIndex).to.equal('auto');
    made.press('Escape');
    await until(() => made.panel.shadowRoot!.activeElement === stands, made, 'the focus');
    expect(made.log.scrollTop).to.equal(before);
  });

  it('says what the field is for as legibly as the reply field does', async () => {
    const made = await opened();
    const ofFind = getComputedStyle(made.one('[part=find-input]'), '::placeholder');
    const ofReply = getComputedStyle(made.field, '::placeholder');
    expect([ofFind.color, ofFind.opacity]).to.deep.equal([ofReply.color, ofReply.opacity]);
  });

  it('says that the search failed, with a way on', async () => {
    const made = await opened();
    made.desk.failNext('search_messages', 'INTERNAL');
    write(made, 'history 12');
    await until(() => count(made) === 'The search did not work.', made, 'the words');
    made.one('[part=find] .link').click();
    await until(() => count(made) === '1 of 11', made, 'the hit');
  });
});
