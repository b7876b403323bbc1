import { Later } from '../../controllers/later.js';
import type { ChatStore } from '../../store/chat-store.js';

const sheet = new Later(() => import('./shortcut-sheet.js'));

/** Lists the shortcuts that act in an element, over everything. */
export const showHelp = (host: HTMLElement, store: ChatStore | undefined): void =>
  void sheet.load().then((code) => code?.openShortcutSheet(host, store));
