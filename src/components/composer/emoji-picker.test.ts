import { expect } from '@open-wc/testing';
import { stage, type Stage } from '../chat-messages/stage.js';
import { findEmoji, inTone, openBook } from './emoji-book.js';

async function opened(options: Parameters<typeof stage>[0] = {}): Promise<Stage> {
  const made = await stage(options);
  await open(made);
  return made;
}
/** The names come with their own code: until they are here, the picker says that it loads. */
async function open(made: Stage): Promise<void> {
  made.one('[data-action=emoji]').click();
  await openBook('en');
  await made.drawn();
}
const cells = (made: Stage) => made.all<HTMLButtonElement>('.emo');
const active = (made: Stage) => made.panel.shadowRoot!.activeElement as HTMLElement;
async function press(made: Stage, key: string): Promise<void> {
  made.press(key);
  await made.drawn();
}
async function search(made: Stage, words: string): Promise<void> {
  const input = made.one<HTMLInputElement>('.pop--emoji input[type=search]');
  input.value = words;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await made.drawn();
}

describe('composer: emoji', () => {
  it('are found by name and put where the caret is, in replies and notes', async () => {
    const made = await stage({ features: { internal_notes: true } });
    made.write('Thanks  all');
    made.field.setSelectionRange(7, 7);
    await open(made);
    expect(active(made)).to.have.attribute('type', 'search');
    const hint = (field: HTMLElement) => getComputedStyle(field, '::placeholder').color;
    expect(hint(active(made)), 'as legible as in the reply field').to.equal(hint(made.field));
    await search(made, 'red hea');
    expect(cells(made)[0]).to.have.attribute('aria-label', 'red heart');
    await press(made, 'Enter');
    expect(made.field.value).to.equal('Thanks ❤️ all');
    expect(made.store.thread(made.id).$draft.get()).to.equal('Thanks ❤️ all');
    expect(active(made) === made.field, 'the field has the focus').to.equal(true);
    expect(made.all('.pop')).to.have.length(0);
    made.one('[data-mode=note]').click();
    await made.drawn();
    expect(made.all('[data-action=emoji]')).to.have.length(1);
  });

  it('are walked through with the arrows, a row at a time too, and Escape gives the focus back', async () => {
    const made = await opened();
    await press(made, 'ArrowDown');
    expect(active(made) === cells(made)[0], 'the first').to.equal(true);
    await press(made, 'ArrowRight');
    expect(active(made) === cells(made)[1], 'the second').to.equal(true);
    await press(made, 'ArrowDown');
    const [first, second] = [cells(made)[1]!, active(made)];
    expect(second.offsetLeft).to.equal(first.offsetLeft);
    expect(second.offsetTop).to.be.above(first.offsetTop);
    expect(cells(made).filter((cell) => cell.tabIndex === 0)).to.have.length(1);
    await press(made, 'ArrowUp');
    await press(made, 'ArrowUp');
    expect(active(made)).to.have.attribute('type', 'search');
    await press(made, 'Escape');
    expect(made.all('.pop')).to.have.length(0);
    expect(active(made) === made.field, 'the field has the focus').to.equal(true);
  });

  it('stand in groups, whose tabs the arrows walk through', async () => {
    const made = await opened();
    const tab = made.one('.emo-tabs [aria-selected=true]');
    tab.focus();
    await press(made, 'ArrowRight');
    expect(active(made)).to.have.attribute('aria-label', 'People');
    expect(active(made)).to.have.attribute('aria-selected', 'true');
    expect(made.one('.emo-grid')).to.have.attribute('aria-label', 'People');
  });

  it('remember the tone of skin and the recent ones, also after the page was closed', async () => {
    const made = await opened();
    made.all('.emo-tabs [role=tab]')[1]!.click();
    await made.drawn();
    made.all<HTMLInputElement>('[name=emoji-tone]')[3]!.click();
    await made.drawn();
    cells(made)
      .find((cell) => cell.ariaLabel === 'waving hand')!
      .click();
    await made.drawn();
    expect(made.field.value).to.equal('👋🏽');
    await open(made);
    expect(made.one('.emo-tabs [aria-selected=true]')).to.have.attribute('aria-label', 'Recently used');
    expect(cells(made).map((cell) => [cell.textContent?.trim(), cell.ariaLabel])).to.deep.equal([
      ['👋🏽', 'waving hand'],
    ]);
    const store = await made.reopen();
    expect(store.$preferences.get()).to.deep.equal({ skinTone: 3, recentEmoji: ['👋🏽'] });
  });

  it('say when nothing is called so, and close with a press elsewhere', async () => {
    const made = await opened();
    await search(made, 'qqqq');
    expect(made.one('.pop--emoji [role=status]')).to.have.text('No emoji is called so.');
    made.log.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await made.drawn();
    expect(made.all('.pop')).to.have.length(0);
  });

  it('have names in the language of the inbox, English where there are none', async () => {
    const names = async (locale: string, query: string) => {
      const book = await openBook(locale);
      return [book.lang, findEmoji(book, query)[0]?.emoji];
    };
    expect(await names('es-MX', 'corazon rojo')).to.deep.equal(['es', '❤️']);
    expect(await names('ja', 'ハート')).to.deep.equal(['ja', (await names('ja', 'ハート'))[1]]);
    expect(await names('ar', 'red heart')).to.deep.equal(['en', '❤️']);
  });

  it('take a tone only where Unicode has one', async () => {
    const { groups } = await openBook('en');
    const all = groups.flat();
    const tone = (emoji: string) =>
      inTone(
        all.find((one) => one.emoji === emoji)!,
        5,
      );
    expect(['👋', '☝️', '🧑‍💻', '😀', '❤️'].map(tone)).to.deep.equal(['👋🏿', '☝🏿', '🧑🏿‍💻', '😀', '❤️']);
    expect(all.every(({ name }) => name !== '')).to.equal(true);
  });
});
