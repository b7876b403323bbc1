/** For the tests beside it: a panel of a known size in front of a desk. */
import { fixture, html, nextFrame } from '@open-wc/testing';
import type { ChannelSheet, ChatMessage, Conversation } from '../../contract/index.js';
import type { Upload } from '../../store/vault.js';
import { openOffice, type Desk, type Office } from '../../testing/index.js';
import type { DeskOptions } from '../../testing/desk-switchboard.js';
import { loadEverything } from '../../controllers/later.js';
import { CrmChatMessages } from './chat-messages.js';

export interface Stage extends Office {
  readonly panel: CrmChatMessages;
  readonly id: string;
  readonly log: HTMLElement;
  readonly field: HTMLTextAreaElement;
  readonly send: HTMLButtonElement;
  /** Everything under way has arrived and is drawn. */
  drawn(): Promise<void>;
  all<T extends HTMLElement = HTMLElement>(selector: string): T[];
  one<T extends HTMLElement = HTMLElement>(selector: string): T;
  /** The row of a message, by its text. */
  row(text: string): HTMLElement;
  /** Distance of a row from the top of the log, in pixels. */
  topOf(text: string): number;
  scrollTo(top: number): Promise<void>;
  write(text: string): void;
  press(key: string, init?: KeyboardEventInit): KeyboardEvent;
  say(text: string, extra?: Partial<ChatMessage>): Promise<void>;
}

export interface StageOptions extends DeskOptions {
  /** Messages that the store keeps. */
  messageBudget?: number;
  /** Sheets of channels, of the host's own. */
  channels?: Record<string, ChannelSheet>;
  /** Carries files. Default: none can be. */
  upload?: Upload;
  conversation?: Partial<Conversation>;
  /** Enters the history; called before anybody connects. */
  history?: (desk: Desk, id: string) => void;
  width?: number;
  height?: number;
  /** Opens the conversation at once. Default: true. */
  open?: boolean;
}

export const START = Date.UTC(2025, 2, 3, 9, 0);
/** A moment, so many minutes after a Monday morning of the past. */
export const at = (minutes: number): string => new Date(START + minutes * 60_000).toISOString();

/** `count` messages in turn, two minutes apart, of different heights; `history 0` is the oldest. */
export function longHistory(desk: Desk, id: string, count: number): void {
  for (let index = 0; index < count; index++) {
    desk.addMessage(id, {
      content: `history ${index}${' and some more words'.repeat((index * 7) % 23)}`,
      timestamp: at(index * 2),
      senderType: index % 3 === 0 ? 'agent' : 'prospect',
      senderId: index % 3 === 0 ? 'agent-1' : 'prospect-1',
      status: 'read',
    });
  }
  desk.readElsewhere(id);
}

export async function stage(options: StageOptions = {}): Promise<Stage> {
  // What comes with its first use: here it is there, so that tests see what agents see from the second time on.
  await Promise.all([
    loadEverything(),
    import('./mail-frame.js'),
    import('./message-menu.js'),
    import('./lightbox.js'),
  ]);
  const { conversation, history, width = 720, height = 600, open = true, ...desk } = options;
  const id = conversation?.id ?? 'camila';
  const office = await openOffice({
    ...desk,
    prepare: (office) => {
      const prospect = office.addContact({ id: 'prospect-1' });
      office.addConversation({ id, prospectId: prospect.id, botEnabled: false, ...conversation });
      history?.(office, id);
    },
  });
  const frame = await fixture<HTMLElement>(html`<div></div>`);
  frame.style.inlineSize = `${width}px`;
  frame.style.blockSize = `${height}px`;
  const panel = new CrmChatMessages();
  panel.store = office.store;
  if (open) office.store.setActiveConversation(id);
  frame.append(panel);
  const root = () => panel.shadowRoot!;
  const all = <T extends HTMLElement>(selector: string) => [...root().querySelectorAll<T>(selector)];
  const one = <T extends HTMLElement>(selector: string): T => {
    const found = root().querySelector<T>(selector);
    if (!found) throw new Error(`Nothing matches ${selector}`);
    return found;
  };
  const drawn = async () => {
    for (let turn = 0; turn < 3; turn++) {
      await office.world.advance(1);
      await panel.updateComplete;
      await nextFrame();
    }
    await nextFrame();
  };
  const made: Stage = {
    ...office,
    panel,
    id,
    get log() {
      return one('[role=log]');
    },
    get field() {
      return one<HTMLTextAreaElement>('textarea');
    },
    get send() {
      return one<HTMLButtonElement>('[part=send]');
    },
    drawn,
    all,
    one,
    row(text) {
      const found = all('crm-message-row').find((row) =>
        row.querySelector('.txt, .event')?.textContent?.startsWith(text),
      );
      if (!found) throw new Error(`No row says ${text}`);
      return found;
    },
    topOf: (text) => made.row(text).getBoundingClientRect().top - made.log.getBoundingClientRect().top,
    async scrollTo(top) {
      made.log.scrollTop = top;
      await nextFrame();
      await nextFrame();
    },
    write(text) {
      made.field.focus();
      made.field.value = text;
      made.field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    },
    press(key, init = {}) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init });
      // WebKit's made-up events do not carry it.
      if (init.modifierAltGraph) event.getModifierState = (name) => name === 'AltGraph';
      (root().activeElement ?? panel).dispatchEvent(event);
      return event;
    },
    async say(text, extra) {
      office.desk.customerSays(id, text, extra);
      await drawn();
    },
  };
  await drawn();
  return made;
}
