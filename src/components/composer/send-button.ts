import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { Preferences } from '../../store/state.js';
import { isApple } from '../bits/apple-keys.js';
import { icon, iconSend } from '../bits/icons.js';
import { iconChevDown } from '../bits/more-icons.js';

/** What sends: Enter alone, or with Ctrl or Cmd. */
export type SendKey = NonNullable<Preferences['sendKey']>;

/** As it stands on the keyboard. */
export const keyName = (key: SendKey): string =>
  key === 'enter' ? msg('Enter') : isApple() ? msg('Cmd+Enter') : msg('Ctrl+Enter');

interface SendButton {
  readonly isNote: boolean;
  /** Nothing to send, or too much: it can still be focused. */
  readonly isBlocked: boolean;
  readonly sendKey: SendKey;
  readonly isMenuOpen: boolean;
  send(): void;
  menu(opener: HTMLElement): void;
}

export function sendButton(button: SendButton): TemplateResult {
  const { isNote, sendKey } = button;
  const words = isNote ? msg('Add note') : msg('Send');
  const keep = (event: Event) => event.preventDefault();
  const menu = (event: Event) => {
    event.preventDefault();
    button.menu(event.currentTarget as HTMLElement);
  };
  return html`<button
      class="send ${isNote ? 'send--note' : ''}"
      type="button"
      part="send"
      aria-label=${words}
      title="${words} (${keyName(sendKey)})"
      aria-keyshortcuts=${sendKey === 'enter' ? 'Enter' : isApple() ? 'Meta+Enter' : 'Control+Enter'}
      aria-disabled=${button.isBlocked ? 'true' : 'false'}
      @pointerdown=${keep}
      @click=${() => button.send()}
    >
      ${isNote ? words : icon(iconSend)}
    </button>
    <button
      class="ib send-menu"
      type="button"
      part="send-menu"
      aria-label=${msg('What sends')}
      title=${msg('What sends')}
      aria-haspopup="menu"
      aria-expanded=${button.isMenuOpen ? 'true' : 'false'}
      @click=${menu}
    >
      ${icon(iconChevDown, 16)}
    </button>`;
}
