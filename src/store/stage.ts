/** Where the tests of several pages play: one browser of one agent, in front of one desk. */
import {
  createDesk,
  deskTransport,
  inspectableVault,
  testBrowser,
  testWorld,
  type DeskOptions,
  type InspectableVault,
} from '../testing/index.js';
import { createChatStore } from './create-chat-store.js';
import { Tabs } from './tabs.js';
import type { Vault } from './vault.js';

const NAME = 'northlight:marta';

/** A vault that does some things in its own way. */
export const vaultWith = (vault: InspectableVault, own: Partial<Vault>): Vault =>
  new Proxy(vault, {
    get(target, name) {
      const member: unknown = Reflect.get(Object.hasOwn(own, name) ? own : target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });

/** A door that something waits at while it is closed. */
export function door() {
  let opened: Promise<void> | undefined;
  let letIn = () => {};
  return {
    through: () => opened ?? Promise.resolve(),
    close: () => void (opened = new Promise((resolve) => (letIn = resolve))),
    open: () => {
      opened = undefined;
      letIn();
    },
  };
}

/** One conversation in which the contact has said "Hi"; each page looks at it. */
export async function openPages({ l0AutoRetry, ...options }: DeskOptions & { l0AutoRetry?: 'ifAbsent' } = {}) {
  const desk = createDesk(options);
  const { id } = desk.addConversation();
  desk.addMessage(id, { content: 'Hi' });
  const [world, browser, vault] = [testWorld(), testBrowser(), inspectableVault()];
  vault.name = NAME;
  const open = async (own: Vault = vault) => {
    const page = browser.page(world);
    const transport = deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) });
    const store = createChatStore({
      transport,
      world: page,
      vault: own,
      agentId: 'agent-1',
      ...(l0AutoRetry ? { l0AutoRetry } : {}),
    });
    store.$inbox.listen(() => undefined);
    store.setActiveConversation(id);
    await world.advance(1);
    return { store, page, transport, die: () => (page.close(), transport.close()) };
  };
  /** One more page, which only speaks. */
  const stranger = () => {
    const tabs = new Tabs(browser.page(world));
    tabs.join(NAME);
    return tabs;
  };
  const stored = () =>
    desk
      .messages(id)
      .filter(({ senderType }) => senderType === 'agent')
      .map(({ content }) => content);
  return { desk, id, world, vault, open, stranger, stored };
}
