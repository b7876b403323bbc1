// The back office of both examples, without a package: what each ask is answered with, and who hears the news.
/** Called with an event's name and its payload. */
export const listeners = new Set();

const now = () => new Date().toISOString();
const made = { createdAt: now(), updatedAt: now() };
const contact = { id: 'ada', identifier: 'ada@example.com', identifierType: 'email', name: 'Ada', platform: 'email' };
const prospects = [{ ...contact, isClient: false, ...made }];
const messages = [];

function add(message) {
  const stored = { conversationId: 'first', messageType: 'text', platform: 'email', status: 'sent', ...message };
  messages.push({ id: `m${messages.length + 1}`, timestamp: now(), ...stored });
  for (const tell of listeners) tell('new_message', messages.at(-1));
  return messages.at(-1);
}
add({ senderId: 'ada', senderType: 'prospect', content: 'Do you deliver on Saturdays?' });

// What each ask is answered with: the list or the thing itself is enough.
export const answers = {
  load_conversations: () => [
    {
      ...{ id: 'first', prospectId: 'ada', platform: 'email', status: 'active', tags: [], unreadCount: 0, ...made },
      ...{ isClientConverted: false, lastActivity: messages.at(-1).timestamp, lastMessage: messages.at(-1) },
    },
  ],
  load_prospects: () => prospects,
  load_clients: () => [],
  load_messages: ({ conversationId }) => messages.filter((message) => message.conversationId === conversationId),
  // The same key again is the same message: then nothing is ever sent twice.
  send_message: ({ conversationId, content, messageType, clientMessageId }) =>
    messages.find((message) => message.clientMessageId === clientMessageId) ??
    add({ conversationId, content, messageType, clientMessageId, senderId: 'me', senderType: 'agent' }),
  mark_as_read: () => ({}),
};
