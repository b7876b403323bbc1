/** What sends: the menu beside the Send button. */
import { msg, str } from '@lit/localize';
import { css, html, nothing, render } from 'lit';
import { adoptStyles } from '../bits/adopt-styles.js';
import { icon } from '../bits/icons.js';
import { iconCheck } from '../bits/more-icons.js';
import { standPop } from './pop.js';
import { keyName, type SendKey } from './send-button.js';
import type { OpenPopup } from './writing.js';

const styles = css`
  .pop--menu {
    inset-inline: auto var(--gut);
    inline-size: min(280px, 100% - 2 * var(--gut));
    padding: 4px;
  }
  .pop--menu button {
    display: grid;
    grid-template-columns: 16px 1fr;
    column-gap: 10px;
    align-items: center;
    padding: 6px 8px;
    border-radius: calc(var(--_r-lg) - 4px);
  }
  .pop--menu button:is(:hover, :focus) {
    background: var(--_hover);
  }
  .pop--menu button:focus-visible {
    outline-offset: -2px;
  }
  .pop--menu small {
    grid-column: 2;
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-2);
  }
  .pop--menu b {
    grid-column: 2;
    font-weight: var(--_fw-m);
  }
  .pop--menu .i {
    grid-column: 1;
    grid-row: 1;
  }
`;

const MOVES: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

export const open: OpenPopup = (writing, closed, _trigger, opener) => {
  const box = standPop(writing, 'send-keys', 'menu', msg('What sends'));
  box.classList.add('pop--menu');
  const root = box.getRootNode();
  if (root instanceof ShadowRoot) adoptStyles(root, styles);
  const ends = new AbortController();
  const close = () => {
    ends.abort(); // taking the focused one away makes it lose the focus, which closes
    const isOurs = root instanceof ShadowRoot && box.contains(root.activeElement);
    box.remove();
    if (isOurs) (opener?.isConnected ? opener : writing.field)?.focus();
  };
  const leave = () => {
    close();
    closed();
  };
  const choose = (sendKey: SendKey) => {
    writing.store?.setPreferences({ sendKey });
    leave();
  };
  const item = (key: SendKey, words: string) => {
    const isChosen = writing.sendKey === key;
    return html`<button
      type="button"
      role="menuitemradio"
      tabindex="-1"
      aria-checked=${isChosen ? 'true' : 'false'}
      @click=${() => choose(key)}
    >
      ${isChosen ? icon(iconCheck, 16) : nothing}<b>${msg(str`${keyName(key)} sends`)}</b><small>${words}</small>
    </button>`;
  };
  render(
    html`${item('enter', msg('Shift+Enter begins a new line'))}${item('mod-enter', msg('Enter begins a new line'))}`,
    box,
  );
  const items = () => [...box.querySelectorAll<HTMLElement>('[role=menuitemradio]')];
  box.addEventListener('keydown', (event) => {
    event.stopPropagation(); // the panel's own keys
    const move = Object.hasOwn(MOVES, event.key) ? MOVES[event.key] : undefined;
    const at = items().findIndex((one) => one.matches(':focus'));
    if (!move && event.key !== 'Escape' && event.key !== 'Tab') return;
    event.preventDefault();
    if (move) items()[move(at, items().length)]?.focus();
    else leave();
  });
  box.addEventListener(
    'focusout',
    ({ relatedTarget }) => {
      // The button closes it by itself.
      if (relatedTarget !== opener && !(relatedTarget instanceof Node && box.contains(relatedTarget))) leave();
    },
    { signal: ends.signal },
  );
  box.querySelector<HTMLElement>('[aria-checked=true]')?.focus();
  return { close };
};
