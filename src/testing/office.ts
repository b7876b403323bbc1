import type { ChannelSheet } from '../contract/index.js';
import { createChatStore, type ChatStore, type ProtocolProblem, type Upload } from '../store/index.js';
import type { DeskOptions } from './desk-switchboard.js';
import { deskTransport } from './desk-transport.js';
import { createDesk, type Desk } from './desk.js';
import { inspectableVault, type InspectableVault } from './inspectable-vault.js';
import { testWorld, type TestWorld } from './world.js';

export interface Office {
  readonly desk: Desk;
  readonly world: TestWorld;
  readonly vault: InspectableVault;
  readonly store: ChatStore;
  /** Payloads that the store dropped. */
  readonly problems: ProtocolProblem[];
  /** The page is closed and opened again: a new store in front of the same desk and the same vault. */
  reopen(): Promise<ChatStore>;
}

/** A store in front of a desk, connected and caught up, in a world that stands still until the test moves it. */
export async function openOffice(
  options: DeskOptions & {
    agentId?: string;
    messageBudget?: number;
    channels?: Record<string, ChannelSheet>;
    upload?: Upload;
    l0AutoRetry?: 'never' | 'ifAbsent';
    prepare?: (desk: Desk) => void;
  } = {},
): Promise<Office> {
  const { agentId = 'agent-1', messageBudget, channels, upload, l0AutoRetry, prepare, ...deskOptions } = options;
  const desk = createDesk(deskOptions);
  prepare?.(desk);
  const world = testWorld();
  const vault = inspectableVault();
  const problems: ProtocolProblem[] = [];
  const open = async () => {
    const transport = deskTransport(desk, { agentId, after: (ms, run) => world.after(ms, run) });
    const store = createChatStore({
      transport,
      world,
      vault,
      agentId,
      ...(messageBudget === undefined ? {} : { messageBudget }),
      ...(channels ? { channels } : {}),
      ...(upload ? { upload } : {}),
      ...(l0AutoRetry ? { l0AutoRetry } : {}),
    });
    store.onProtocolProblem((problem) => problems.push(problem));
    store.$inbox.listen(() => undefined);
    await world.settle();
    await world.advance(1);
    return store;
  };
  const office = {
    desk,
    world,
    vault,
    problems,
    store: await open(),
    async reopen() {
      office.store.disconnectSocket();
      office.store = await open();
      return office.store;
    },
  };
  return office;
}

/** What a thread shows, oldest first: `who: text (state)`. */
export function transcript(store: ChatStore, conversationId: string): string[] {
  const { messages } = store.thread(conversationId);
  return messages.$ids.get().map((key) => {
    const message = messages.get(key)!;
    return `${message.senderType}: ${message.content} (${message.delivery})`;
  });
}
