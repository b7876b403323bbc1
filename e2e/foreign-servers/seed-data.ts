/** What a seed server has in memory: the given models and nothing more. */
import type { ChatMessage, Client, Conversation, Prospect } from '../../src/contract/index.js';

const at = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000).toISOString();

export interface SeedData {
  prospects: Prospect[];
  clients: Client[];
  conversations: Conversation[];
  messages: ChatMessage[];
}

export function seedData(): SeedData {
  const made = { createdAt: at(9000), updatedAt: at(60) };
  const prospects: Prospect[] = [
    {
      id: 'p-ana',
      identifier: '+351 910 000 001',
      identifierType: 'phone',
      name: 'Ana Prospect',
      platform: 'whatsapp',
      isClient: false,
      ...made,
    },
    {
      id: 'p-ben',
      identifier: 'ben@example.com',
      identifierType: 'email',
      name: 'Ben Client',
      platform: 'email',
      isClient: true,
      clientId: 'k-ben',
      ...made,
    },
  ];
  const clients: Client[] = [
    {
      id: 'k-ben',
      firstName: 'Ben',
      lastName: 'Client',
      email: 'ben@example.com',
      phone: '+44 20 7946 0001',
      status: 'active',
      tags: ['Client'],
      notes: [],
      quotes: [],
      totalValue: 0,
      ...made,
    },
  ];
  const messages: ChatMessage[] = [];
  const say = (conversationId: string, content: string, minutesAgo: number, fromAgent = false) => {
    messages.push({
      id: `m-${messages.length + 1}`,
      conversationId,
      senderId: fromAgent ? 'agent-x' : conversationId === 'c-ana' ? 'p-ana' : 'p-ben',
      senderType: fromAgent ? 'agent' : 'prospect',
      content,
      messageType: 'text',
      platform: conversationId === 'c-ana' ? 'whatsapp' : 'email',
      timestamp: at(minutesAgo),
      status: fromAgent ? 'read' : 'delivered',
    });
  };
  for (let n = 1; n <= 30; n++) say('c-ana', `Ana says ${n}`, 200 - n * 5, n % 3 === 0);
  say('c-ana', 'Ana asks about the price', 30);
  say('c-ben', 'Ben says thank you', 90);
  const conversation = (
    id: string,
    prospectId: string,
    platform: string,
    more: Partial<Conversation>,
  ): Conversation => {
    const last = messages.filter((message) => message.conversationId === id).at(-1);
    return {
      id,
      prospectId,
      platform,
      status: 'active',
      ...(last ? { lastMessage: last } : {}),
      lastActivity: last?.timestamp ?? made.updatedAt,
      unreadCount: 0,
      tags: [],
      isClientConverted: false,
      ...made,
      ...more,
    };
  };
  const conversations = [
    conversation('c-ana', 'p-ana', 'whatsapp', { unreadCount: 1, tags: ['Lead'] }),
    conversation('c-ben', 'p-ben', 'email', { isClientConverted: true, clientId: 'k-ben' }),
  ];
  return { prospects, clients, conversations, messages };
}
