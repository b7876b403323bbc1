/**
 * The host's page in a real browser: the built inbox on a store of the host's own, on the browser's real storage. What the
 * thread shows is told to the outside at once, before anybody could kill the browser for it.
 */
import * as crm from '/lib/crm-chat.bundle.js';

const asked = new URL(location.href).searchParams;
const agentId = asked.get('agent');
const places = asked.get('places').split(',').filter(Boolean);
const mine = asked.get('mine');
const vaultName = `chaos:${agentId}`;

async function signIn() {
  const answer = await fetch('/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agentId }),
    signal: AbortSignal.timeout(5000),
  });
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}`);
  return (await answer.json()).token;
}

const problems = [];
const store = crm.createChatStore({ vault: crm.browserVault(vaultName), agentId });
store.onProtocolProblem(({ event, message }) => problems.push(`${event}: ${message}`));

const told = new Set();
for (const conversationId of places) {
  const { messages, $first, $held } = store.thread(conversationId);
  $first.listen(() => undefined);
  // A colleague was faster: this agent says it all the same.
  $held.subscribe((held) => held && store.sendHeld(conversationId, held.key));
  messages.$ids.subscribe((ids) => {
    for (const key of ids) {
      const text = messages.get(key)?.content;
      if (!text?.startsWith(mine) || told.has(text)) continue;
      told.add(text);
      void window.accepted({ key, conversationId, text });
    }
  });
}

const chat = document.createElement('crm-chat');
chat.store = store;
document.body.append(chat);
store.setActiveConversation(places[0]);
void store.connectSocket({
  url: asked.get('server'),
  token: signIn,
  options: { reconnectionDelayMax: 2000 },
});

/** A second look at the same storage: what is really kept, whatever the store believes. */
const kept = crm.browserVault(vaultName);

window.chaos = {
  /** All at once: the storage, not the caller, keeps them in order. */
  write: (words) => Promise.all(words.map(({ conversationId, text }) => store.sendMessage(conversationId, text))),
  async state() {
    const { durable, outbox } = await kept.open();
    const failed = outbox.filter((row) => row.kind === 'message' && row.phase === 'failed');
    return {
      durable: durable && store.$storage.get() === 'durable',
      waiting: outbox.filter(({ phase }) => phase !== 'failed').length,
      online: store.$link.get().status === 'online',
      failed: failed.map(({ message, failure }) => `${message.content}: ${failure?.code} ${failure?.message}`),
      problems,
    };
  },
  shows(conversationId) {
    const { messages } = store.thread(conversationId);
    return messages.$ids.get().map((key) => {
      const { content, delivery } = messages.get(key);
      return { key, text: content, delivery };
    });
  },
  open: (conversationId) => store.setActiveConversation(conversationId),
};
