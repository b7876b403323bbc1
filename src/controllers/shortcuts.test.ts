import { expect } from '@open-wc/testing';
import { shortcutOf, shortcutsNow, type Shortcuts } from './shortcuts.js';

/** A key pressed in an element of this kind; `graph` is AltGr as Windows and Linux tell it. */
function pressed(
  key: string,
  shortcuts?: Shortcuts,
  { tag = 'div', graph = false, ...held }: Record<string, unknown> = {},
) {
  const target = document.createElement(tag as string);
  document.body.append(target);
  let meant: string | undefined;
  target.addEventListener('keydown', (event) => (meant = shortcutOf(event, shortcuts)));
  const event = new KeyboardEvent('keydown', { key, modifierAltGraph: graph === true, ...held });
  // WebKit's made-up events do not carry it.
  if (graph === true) event.getModifierState = (name) => name === 'AltGraph';
  target.dispatchEvent(event);
  target.remove();
  return meant;
}

describe('keyboard shortcuts', () => {
  it('never take what is typed: in fields, through Option, Alt or AltGr, while composing', () => {
    expect(pressed('r')).to.equal('reply');
    for (const tag of ['input', 'textarea', 'select'])
      expect(pressed('r', undefined, { tag }), tag).to.equal(undefined);
    expect(pressed('r', undefined, { altKey: true })).to.equal(undefined);
    expect(pressed('/', undefined, { ctrlKey: true, altKey: true })).to.equal(undefined);
    expect(pressed('/', undefined, { graph: true })).to.equal(undefined);
    expect(pressed('r', undefined, { isComposing: true })).to.equal(undefined);
    expect(pressed('r', undefined, { ctrlKey: true }), 'reload').to.equal(undefined);
  });

  it('follow the keyboard: / may need Shift, capitals come from Caps Lock', () => {
    expect(pressed('/', undefined, { shiftKey: true })).to.equal('search');
    expect(pressed('J')).to.equal('next');
    expect(pressed('J', undefined, { shiftKey: true })).to.equal(undefined);
  });

  it('are the host’s to bind and to switch off, one by one or all', () => {
    const own: Shortcuts = { search: 'Ctrl+k', reply: 'Enter', next: false };
    expect(pressed('k', own, { ctrlKey: true })).to.equal('search');
    expect(pressed('k', own, { ctrlKey: true, tag: 'input' }), 'a chord types nothing').to.equal('search');
    expect(pressed('k', own)).to.equal('previous');
    expect(pressed('/', own)).to.equal(undefined);
    expect(pressed('Enter', own)).to.equal('reply');
    expect(pressed('j', own)).to.equal(undefined);
    for (const key of ['j', 'k', '/', 'r']) expect(pressed(key, false), key).to.equal(undefined);
  });

  it('refuse Alt, which types letters', () => {
    expect(pressed('r', { reply: 'Alt+r' }, { altKey: true })).to.equal(undefined);
    expect(shortcutsNow({ reply: 'Alt+r' }).map(({ action }) => action)).to.deep.equal([
      'next',
      'previous',
      'search',
      'note',
      'help',
    ]);
  });

  it('are listed as they are now', () => {
    expect(shortcutsNow({ search: 'Ctrl+k', next: false })).to.deep.equal([
      { action: 'previous', key: 'k', label: 'Previous conversation' },
      { action: 'search', key: 'Ctrl+k', label: 'Search' },
      { action: 'reply', key: 'r', label: 'Reply' },
      { action: 'note', key: 'n', label: 'Team note' },
      { action: 'help', key: '?', label: 'Keyboard shortcuts' },
    ]);
    expect(shortcutsNow(false)).to.deep.equal([]);
  });
});
