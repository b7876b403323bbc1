/**
 * The same conversations for every subject, from a seed: mostly short messages, some long, one in twenty with a picture,
 * one in twelve with a link, one in seven with an emoji. Each message carries a token, so that a hit test can tell which
 * one is really on the screen.
 */
const WORDS =
  'the kitchen worktop oak stone delivery thursday morning measured wall fridge drawer handle quote price window light plan architect visit showroom colour sample order please tomorrow thanks would could fits under over between'.split(
    ' ',
  );
const START = Date.UTC(2026, 0, 5, 8, 0);
const PICTURE =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='160' height='120'%3E%3Crect width='160' height='120' fill='%23b8c4d8'/%3E%3C/svg%3E";

/** A small seeded generator (mulberry32): the benchmark repeats itself exactly. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export const tokenOf = (index) => `#${String(index).padStart(6, '0')}`;
export const TOKEN = /#\d{6}/g;

function text(random, index) {
  const size = random();
  const wanted = size < 0.6 ? 5 + random() * 55 : size < 0.9 ? 60 + random() * 180 : 240 + random() * 660;
  let words = '';
  while (words.length < wanted) words += `${WORDS[Math.floor(random() * WORDS.length)]} `;
  if (random() < 0.08) words += `https://example.com/offer/${index} `;
  if (random() < 0.15) words += '🙂 ';
  return `${words}${tokenOf(index)}`;
}

/** Messages `from` to `from + count - 1` of one conversation, in the shape of the wire contract, oldest first. */
export function messagesOf(conversationId, count, from = 0) {
  const random = randomFrom(1000 + from);
  return Array.from({ length: count }, (_, offset) => {
    const index = from + offset;
    const who = random();
    const senderType = who < 0.45 ? 'agent' : who < 0.9 ? 'prospect' : 'bot';
    const picture = random() < 0.05;
    return {
      id: `${conversationId}-${index}`,
      conversationId,
      senderId: senderType === 'agent' ? 'agent-1' : senderType === 'bot' ? 'bot' : 'prospect-0',
      senderType,
      content: text(random, index),
      messageType: picture ? 'image' : 'text',
      platform: 'whatsapp',
      timestamp: new Date(START + index * 47_000).toISOString(),
      status: 'read',
      seq: index + 1,
      rev: index + 1,
      ...(picture && { metadata: { imageUrl: PICTURE, width: 160, height: 120 } }),
    };
  });
}

export function conversationsOf(count) {
  const random = randomFrom(7);
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(START - index * 61_000).toISOString();
    return {
      id: `c-${index}`,
      prospectId: `prospect-${index}`,
      platform: ['whatsapp', 'instagram', 'facebook', 'telegram', 'email', 'sms'][index % 6],
      status: 'active',
      lastMessage: { ...messagesOf(`c-${index}`, 1, index)[0], timestamp: at },
      lastActivity: at,
      unreadCount: Math.floor(random() * 4),
      assignedTo: 'agent-1',
      tags: ['Lead', 'Kitchen'].slice(0, Math.floor(random() * 3)),
      isClientConverted: false,
      createdAt: at,
      updatedAt: at,
      rev: 1,
      lastSeq: index + 1,
      readSeq: 0,
    };
  });
}

export const prospectsOf = (count) =>
  Array.from({ length: count }, (_, index) => ({
    id: `prospect-${index}`,
    identifier: `+35191${String(index).padStart(7, '0')}`,
    identifierType: 'phone',
    name: `${WORDS[index % WORDS.length]} ${WORDS[(index * 7) % WORDS.length]} ${tokenOf(index)}`,
    platform: 'whatsapp',
    isClient: false,
    createdAt: new Date(START).toISOString(),
    updatedAt: new Date(START).toISOString(),
  }));
