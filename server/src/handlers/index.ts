/** What each client event does, one entry each: a missing one is a compile error. */
import type { InferOutput } from 'valibot';
import type { clientEvents, ClientEventName, Features, Reply } from '../../../src/contract/index.js';
import type { Agent } from '../access.js';
import { changeBotSwitch, changeGeneral } from '../chat-settings.js';
import {
  addNote,
  addQuote,
  convertProspect,
  deleteNote,
  updateClient,
  updateNote,
  updateQuote,
} from '../clients/change.js';
import { listClients } from '../clients/read.js';
import { listProspects } from '../contacts.js';
import { markRead } from '../conversations/change.js';
import { listConversations } from '../conversations/list.js';
import type { Core } from '../core.js';
import { saveDraft } from '../drafts.js';
import { listMessages } from '../messages/list.js';
import { searchMessages } from '../messages/search.js';
import { sendMessage } from '../messages/send.js';
import { once } from '../operations.js';
import type { Presence } from '../realtime/presence.js';
import { keepsWords, quickRepliesOf, templatesOf } from '../ready-words.js';
import { listTeam } from '../team.js';

/** Who asks, and what the answer may be made of. */
export interface Asking {
  core: Core;
  agent: Agent;
  presence: Presence;
  socketId: string;
}

export interface Answer<T> {
  data: T;
  /** Of lists: the newest change they are sure to hold. */
  head?: number;
  features?: Features;
}

type Handlers = {
  [E in ClientEventName]: (
    asking: Asking,
    ask: InferOutput<(typeof clientEvents)[E]['ask']>,
  ) => Promise<Answer<Reply<E>>>;
};

const plain = async <T>(data: Promise<T>): Promise<Answer<T>> => ({ data: await data });
const list = async <T>(listed: Promise<{ reply: T; head: number }>): Promise<Answer<T>> => {
  const { reply, head } = await listed;
  return { data: reply, head };
};

/** What this server can do beyond the given events. Nothing is announced that is not there. */
const featuresFor = (core: Core, agent: Agent): Features => ({
  typing: true,
  clients: true,
  agents: { me: agent.id },
  internal_notes: true,
  drafts: true,
  search: true,
  ...(core.ownChannels.length && { channels: [...core.ownChannels] }),
  ...(core.files && { uploads: core.files.announced }),
  ...(keepsWords(agent.tenantId) && { templates: true, quick_replies: true }),
});

export const handlers: Handlers = {
  load_conversations: async ({ core, agent }, ask) => ({
    ...(await list(listConversations(core, agent, ask))),
    features: featuresFor(core, agent),
  }),
  load_prospects: ({ core, agent }, ask) => list(listProspects(core, agent, ask)),
  load_clients: ({ core, agent }, ask) => list(listClients(core, agent, ask)),
  load_messages: ({ core, agent }, ask) => plain(listMessages(core, agent, ask)),
  send_message: ({ core, agent }, ask) => plain(sendMessage(core, agent, ask)),
  mark_as_read: ({ core, agent }, { conversationId, upTo }) => plain(markRead(core, agent, conversationId, upTo ?? {})),
  convert_prospect: ({ core, agent }, ask) => plain(convertProspect(core, agent, ask)),
  add_client_note: ({ core, agent }, ask) => plain(addNote(core, agent, ask)),
  update_chat_settings: ({ core, agent }, ask) =>
    plain(
      once(core, agent, 'update_chat_settings', ask, (tx, tell) => {
        const { conversationId, opId: _opId, ifRev, ...patch } = ask;
        if (conversationId === undefined) return changeGeneral(tx, agent, patch, ifRev);
        return changeBotSwitch(core, tx, tell, agent, { conversationId, botEnabled: patch.botEnabled, ifRev });
      }),
    ),
  typing: ({ presence, agent, socketId }, { conversationId, isTyping }) =>
    plain(presence.type(agent, socketId, conversationId, isTyping)),
  load_agents: async ({ core, agent, presence }) => {
    const team = await listTeam(core.db, agent.tenantId);
    return {
      data: {
        agents: team.map(({ id, name, avatar }) => ({
          id,
          name,
          status: presence.statusOf(agent.tenantId, id),
          ...(avatar !== null && { avatar }),
        })),
      },
    };
  },
  view_conversation: ({ presence, agent, socketId }, { conversationId }) =>
    plain(presence.view(agent, socketId, conversationId)),
  update_client: ({ core, agent }, ask) => plain(updateClient(core, agent, ask)),
  add_client_quote: ({ core, agent }, ask) => plain(addQuote(core, agent, ask)),
  update_client_quote: ({ core, agent }, ask) => plain(updateQuote(core, agent, ask)),
  update_client_note: ({ core, agent }, ask) => plain(updateNote(core, agent, ask)),
  delete_client_note: ({ core, agent }, ask) => plain(deleteNote(core, agent, ask)),
  search_messages: ({ core, agent }, ask) => plain(searchMessages(core, agent, ask)),
  load_templates: async ({ agent }, { platform }) => ({ data: { templates: templatesOf(agent.tenantId, platform) } }),
  load_quick_replies: async ({ agent }) => ({ data: { quickReplies: quickRepliesOf(agent.tenantId) } }),
  save_draft: async ({ core, agent, presence, socketId }, ask) => {
    const draft = await saveDraft(core, agent, ask);
    presence.tellDraft(agent, socketId, draft);
    return { data: {} };
  },
};
