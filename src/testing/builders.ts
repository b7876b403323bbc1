/** Whole, valid things for tests and demos; name only what matters. */
import type { ChatMessage, Client, ClientNote, ClientQuote, Conversation, Prospect } from '../contract/index.js';

/** The moment things were made when nobody says otherwise. */
export const SOME_TIME = '2026-11-22T10:00:00.000Z';

export const buildMessage = (message: Partial<ChatMessage> = {}): ChatMessage => ({
  id: 'message-1',
  conversationId: 'conversation-1',
  senderId: 'prospect-1',
  senderType: 'prospect',
  content: 'Hello',
  messageType: 'text',
  platform: 'whatsapp',
  timestamp: SOME_TIME,
  status: 'delivered',
  ...message,
});

export const buildConversation = (conversation: Partial<Conversation> = {}): Conversation => ({
  id: 'conversation-1',
  prospectId: 'prospect-1',
  platform: 'whatsapp',
  status: 'active',
  lastActivity: SOME_TIME,
  unreadCount: 0,
  tags: [],
  isClientConverted: false,
  createdAt: SOME_TIME,
  updatedAt: SOME_TIME,
  ...conversation,
});

export const buildProspect = (prospect: Partial<Prospect> = {}): Prospect => ({
  id: 'prospect-1',
  identifier: '+351 910 000 142',
  identifierType: 'phone',
  name: 'Camila Ferreira',
  platform: 'whatsapp',
  isClient: false,
  createdAt: SOME_TIME,
  updatedAt: SOME_TIME,
  ...prospect,
});

export const buildClient = (client: Partial<Client> = {}): Client => ({
  id: 'client-1',
  firstName: 'Camila',
  lastName: 'Ferreira',
  email: 'camila@example.com',
  phone: '+351 910 000 142',
  status: 'active',
  tags: [],
  notes: [],
  quotes: [],
  totalValue: 0,
  createdAt: SOME_TIME,
  updatedAt: SOME_TIME,
  ...client,
});

export const buildNote = (note: Partial<ClientNote> = {}): ClientNote => ({
  id: 'note-1',
  clientId: 'client-1',
  content: 'Prefers mornings.',
  authorId: 'agent-1',
  authorName: 'Marta Reis',
  createdAt: SOME_TIME,
  updatedAt: SOME_TIME,
  ...note,
});

export const buildQuote = (quote: Partial<ClientQuote> = {}): ClientQuote => ({
  id: 'quote-1',
  clientId: 'client-1',
  title: 'Oak kitchen',
  amount: 16240,
  currency: 'EUR',
  status: 'sent',
  number: 'Q-2041',
  createdAt: SOME_TIME,
  updatedAt: SOME_TIME,
  ...quote,
});
