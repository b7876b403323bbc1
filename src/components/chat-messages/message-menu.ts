/** The menu of a message. Loaded when one is opened for the first time. */
import { msg } from '@lit/localize';
import { css, html, render, type SVGTemplateResult } from 'lit';
import { messageAddress } from '../../controllers/message-address.js';
import type { Message } from '../../store/state.js';
import { adoptStyles } from '../bits/adopt-styles.js';
import { icon, iconAlert } from '../bits/icons.js';
import { iconCompose, iconCopy, iconExternal, iconReply, iconRetry, iconTrash } from '../bits/more-icons.js';
import { CrmMessageCopyEvent, CrmMessageLinkCopyEvent } from '../events.js';
import type { MessageActs, Spot } from './message-acts.js';

const styles = css`
  .menu {
    position: fixed;
    inset: auto;
    margin: 0;
    inline-size: 232px;
    max-inline-size: calc(100dvi - 16px);
    max-block-size: calc(100dvb - 16px);
    overflow: auto;
    padding: 4px;
    border: 0;
    border-radius: var(--_r-lg);
    background: var(--_bg-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
    font-size: var(--_fs-md);
    line-height: 20px;
  }
  .menu [role='menuitem'] {
    display: flex;
    align-items: center;
    gap: 10px;
    inline-size: 100%;
    min-block-size: max(32px, var(--_h-ctl));
    padding-inline: 8px;
    border-radius: calc(var(--_r-lg) - 4px);
  }
  .menu [role='menuitem']:is(:hover, :focus) {
    background: var(--_hover);
  }
  .menu [role='menuitem']:focus-visible {
    outline-offset: -2px;
  }
  .menu .i {
    color: var(--_text-3);
  }
  .menu .is-crit,
  .menu .is-crit .i {
    color: var(--_crit-text);
  }
  .menu p {
    display: flex;
    gap: 10px;
    padding: 6px 8px;
    color: var(--_crit-text);
    overflow-wrap: anywhere;
  }
  @media (forced-colors: active) {
    .menu {
      border: 1px solid CanvasText;
    }
    .menu [role='menuitem']:is(:hover, :focus) {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;

interface Item {
  readonly words: string;
  readonly drawing: SVGTemplateResult;
  readonly critical?: true;
  /** The menu waits for what came of it. */
  readonly stays?: true;
  /** Resolves with words that say what went wrong, if it did. */
  run(): void | Promise<string | undefined>;
}

/** What is copied of a message: its words, else what it is called. */
export const textOf = (message: Message): string => {
  const { subject, transcript, fileName, placeName, address } = message.metadata ?? {};
  return (
    [message.messageType === 'email' ? subject : '', message.content].filter(Boolean).join('\n\n') ||
    transcript ||
    fileName ||
    [placeName, address].filter(Boolean).join(', ')
  );
};

async function toClipboard(text: string): Promise<string | undefined> {
  try {
    await navigator.clipboard.writeText(text);
    return undefined;
  } catch {
    // Pages without https, and frames without permission, have no clipboard.
    return msg('Not copied: the browser does not allow it here.');
  }
}

function itemsOf(acts: MessageActs, message: Message): Item[] {
  const { conversationId } = acts.host;
  const { id, key } = message;
  const text = message.deletedAt ? '' : textOf(message);
  const items: (Item | false)[] = [
    acts.canRetry(message) && {
      words: message.delivery === 'uncertain' ? msg('Send again') : msg('Retry'),
      drawing: iconRetry,
      run: () => acts.retry(key),
    },
    acts.canEdit(message) && {
      words: msg('Edit and send again'),
      drawing: iconCompose,
      run: () => acts.edit(message),
    },
    acts.canReply(message) && { words: msg('Reply'), drawing: iconReply, run: () => acts.reply(message) },
    text !== '' && {
      words: msg('Copy text'),
      drawing: iconCopy,
      stays: true,
      run: () => {
        if (acts.host.emit(new CrmMessageCopyEvent({ conversationId, messageId: id, text }))) return toClipboard(text);
      },
    },
    !message.local && {
      words: msg('Copy link'),
      drawing: iconExternal,
      stays: true,
      run: () => {
        const url = messageAddress(acts.host.store, conversationId, id);
        if (acts.host.emit(new CrmMessageLinkCopyEvent({ conversationId, messageId: id, url })))
          return toClipboard(url);
      },
    },
    acts.canDelete(message) && {
      words: msg('Delete'),
      drawing: iconTrash,
      critical: true,
      run: () => acts.remove(key),
    },
  ];
  return items.filter((item) => item !== false);
}

const MARGIN = 8;

/** Opens it, with the focus on its first item. Escape, Tab and a press elsewhere close it and give the focus back. */
export function openMessageMenu(acts: MessageActs, message: Message, spot: Spot): void {
  const { root } = acts.host;
  adoptStyles(root, styles);
  const before = root.querySelector<HTMLElement>('.menu');
  before?.hidePopover();
  before?.remove();
  const menu = document.createElement('div');
  menu.className = 'menu';
  menu.popover = 'auto';
  menu.role = 'menu';
  menu.ariaLabel = msg('Message');
  menu.setAttribute('part', 'menu');
  const buttons = () => [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
  // The row's own button stays seen while its menu is open: the focus comes back to it.
  const more = spot.beside.closest('crm-message-row')?.querySelector('.more');
  more?.setAttribute('aria-expanded', 'true');
  const active = root.activeElement;
  const close = () => {
    // Somebody who pressed elsewhere has moved the focus already.
    const isOurs = menu.contains(root.activeElement) || !root.activeElement || root.activeElement === document.body;
    if (menu.isConnected && menu.matches(':popover-open')) menu.hidePopover();
    menu.remove();
    if (isOurs) {
      const back = active instanceof HTMLElement && active.isConnected ? active : spot.beside;
      back.focus({ preventScroll: true });
      if (root.activeElement !== back) acts.host.focusLog();
    }
    more?.removeAttribute('aria-expanded');
  };
  const choose = async (item: Item) => {
    if (!item.stays) close();
    const problem = await item.run();
    if (problem) draw(problem);
    else if (item.stays) close();
  };
  const draw = (problem = '') =>
    render(
      html`${itemsOf(acts, message).map(
        (item) =>
          html`<button
            type="button"
            role="menuitem"
            tabindex="-1"
            class=${item.critical ? 'is-crit' : ''}
            @click=${() => void choose(item)}
            @pointermove=${(event: PointerEvent) => (event.currentTarget as HTMLElement).focus()}
          >
            ${icon(item.drawing, 16, item.drawing === iconReply ? 'flip' : '')}<span>${item.words}</span>
          </button>`,
      )}${problem ? html`<p role="alert">${icon(iconAlert, 16)}<span>${problem}</span></p>` : ''}`,
      menu,
    );
  menu.addEventListener('keydown', (event) => pressed(event, buttons(), close));
  // A press elsewhere, or the browser's own way back.
  menu.addEventListener('toggle', (event) => {
    if ((event as ToggleEvent).newState === 'closed' && menu.isConnected) close();
  });
  // Inside the panel's root: its style sheet and its direction are the menu's too.
  (root instanceof ShadowRoot ? root : document.body).append(menu);
  draw();
  menu.showPopover();
  place(menu, spot);
  buttons()[0]?.focus();
}

const MOVES: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

function pressed(event: KeyboardEvent, buttons: readonly HTMLElement[], close: () => void): void {
  event.stopPropagation(); // the panel's own keys
  const at = buttons.findIndex((button) => button.matches(':focus'));
  const move = Object.hasOwn(MOVES, event.key) ? MOVES[event.key] : undefined;
  if (move && buttons.length > 0) {
    event.preventDefault();
    buttons[move(Math.max(at, event.key === 'ArrowDown' ? -1 : 0), buttons.length)]?.focus();
  } else if (event.key === 'Tab' || event.key === 'Escape') {
    event.preventDefault();
    close();
  }
}

/** At the pointer or under the element, inside the window. */
function place(menu: HTMLElement, { beside, at }: Spot): void {
  const box = beside.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const rightToLeft = getComputedStyle(beside).direction === 'rtl';
  const x = at?.x ?? (rightToLeft ? box.right - width : box.left);
  const below = at?.y ?? box.bottom + 4;
  const above = (at?.y ?? box.top - 4) - height;
  const y = below + height > innerHeight - MARGIN && above >= MARGIN ? above : below;
  menu.style.left = `${Math.max(MARGIN, Math.min(x, innerWidth - width - MARGIN))}px`;
  menu.style.top = `${Math.max(MARGIN, Math.min(y, innerHeight - height - MARGIN))}px`;
}
