/** A store in front of the demo desk, in the state that a story shows. */
import type { ReadableAtom } from 'nanostores';
import { createChatStore, type ChatStore } from '../src/store/index.js';
import {
  createDesk,
  DEMO_AGENT,
  DEMO_TEAM,
  demoDesk,
  deskTransport,
  enliven,
  type Desk,
} from '../src/testing/index.js';

export interface DemoInbox {
  desk: Desk;
  store: ChatStore;
}

interface DemoOptions {
  /** The open conversation. Default: Camila's. */
  open?: string | null;
  /** No contacts at all. */
  empty?: boolean;
  /** What goes wrong, or is different, before the store connects. */
  before?: (desk: Desk) => void;
  /** What happens once everything is there. */
  then?: (inbox: DemoInbox) => void | Promise<unknown>;
}

/** Resolves when an atom's value is as wished. Watching is looking: what is watched here is loaded. */
function when<T>(atom: ReadableAtom<T>, wished: (value: T) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = atom.subscribe((value) => {
      if (!wished(value)) return;
      queueMicrotask(() => stop());
      resolve();
    });
  });
}

/** For a story's `loaders`: a new world each time, so that no story sees what another one did. */
export const demoInbox =
  ({ open = 'camila', empty = false, before, then }: DemoOptions = {}) =>
  async (): Promise<DemoInbox> => {
    const desk = empty ? createDesk({ agents: [...DEMO_TEAM] }) : demoDesk();
    before?.(desk);
    enliven(desk);
    const store = createChatStore({ transport: deskTransport(desk, { agentId: DEMO_AGENT, delayMs: 60 }) });
    store.setActiveConversation(open);
    const inbox = { desk, store };
    if (then) {
      await when(store.$inbox, ({ ready }) => ready);
      await when(store.agents.at(DEMO_AGENT), (agent) => agent !== undefined);
      if (open) await when(store.thread(open).$first, (stage) => stage === 'end');
      await then(inbox);
    }
    return inbox;
  };
