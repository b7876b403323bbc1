import { ContextConsumer, ContextProvider, ContextRoot, createContext } from '@lit/context';
import type { ReactiveElement } from 'lit';
import type { ChatStore } from '../store/chat-store.js';

/**
 * How an element finds its store: a registered symbol, so that two copies of the library on one page understand each
 * other. `undefined` while a provider is still making up its mind.
 */
export const chatContext = createContext<ChatStore | undefined>(Symbol.for('crm-chat'));

let rooted = false;
/** Elements may upgrade before their provider: one root on the document remembers who asked. */
export function rootContext(): void {
  if (rooted || typeof document === 'undefined') return;
  rooted = true;
  new ContextRoot().attach(document.documentElement);
}

const pageDefaults = new WeakMap<Element, ContextProvider<typeof chatContext>>();

/**
 * Makes a store the default of everything inside `target`, for hosts that do not want a provider element.
 *
 * @example provideChat(document.documentElement, createChatStore({ transport }));
 */
export function provideChat(target: HTMLElement, store: ChatStore | undefined): void {
  rootContext();
  const known = pageDefaults.get(target);
  if (known) return known.setValue(store);
  const provider = new ContextProvider(target, { context: chatContext, initialValue: store });
  pageDefaults.set(target, provider);
  // A plain element has no life cycle that would do it: tells the panels that asked before.
  provider.hostConnected();
}

export function consumeChat(host: ReactiveElement, found: (store: ChatStore | undefined) => void): void {
  rootContext();
  new ContextConsumer(host, { context: chatContext, subscribe: true, callback: found });
}
