/** What Camila and the team said to each other: one of everything a thread can show. */
import type { ChatMessage } from '../contract/index.js';
import { DEMO_EMAIL } from './demo-email.js';
import { hum } from './demo-sound.js';
import { drawing } from './demo-pictures.js';
import type { Desk } from './desk.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const agent = { senderType: 'agent', senderId: 'marta', senderName: 'Marta Reis' } as const;
const bot = { senderType: 'bot', senderId: 'bot', senderName: 'Bot', status: 'read' } as const;
const system = { senderType: 'system', senderId: 'system', status: 'read' } as const;

const waveform = Array.from({ length: 44 }, (_, bar) => 0.25 + 0.7 * Math.abs(Math.sin(bar * 1.7) * Math.cos(bar / 5)));

/** Minutes before now, and the message. */
const THREAD: [ago: number, message: Partial<ChatMessage>][] = [
  [5 * 1440, { content: 'Hi! I saw your oak kitchen on Instagram and I can’t stop thinking about it 😍' }],
  [
    5 * 1440,
    {
      content: 'Do you work in Cascais too?',
      reactions: [{ emoji: '👍', by: 'Marta' }],
      editedAt: '2025-03-03T10:00:00Z',
    },
  ],
  [
    5 * 1440 - 1,
    { ...bot, content: 'Hi Camila, thanks for writing to Northlight Studio. Yes, we fit kitchens in Cascais.' },
  ],
  [
    5 * 1440 - 1,
    {
      ...bot,
      content: 'Could you send a photo of the room and its rough size? I’ll pass it to the right person.',
    },
  ],
  [
    5 * 1440 - 7,
    {
      content: 'This is it today. 4.2 × 3.1 m, one window',
      messageType: 'image',
      metadata: { fileName: 'kitchen-today.jpg', imageUrl: drawing('kitchen'), width: 320, height: 200 },
    },
  ],
  [5 * 1440 - 8, { ...system, content: '', metadata: { event: { kind: 'bot_paused', by: 'marta' } } }],
  [5 * 1440 - 8, { ...system, content: '', metadata: { event: { kind: 'assigned', by: 'tomas', to: 'marta' } } }],
  [
    1440 + 60,
    {
      ...agent,
      id: 'camila-estimate',
      status: 'read',
      content: 'I put a *first estimate* together. Oak fronts are included, the stone is priced as an option.',
      reactions: [
        { emoji: '❤️', by: 'camila' },
        { emoji: '🎉', by: 'camila' },
      ],
    },
  ],
  [
    1440 + 59,
    {
      ...agent,
      status: 'read',
      content: '',
      messageType: 'file',
      metadata: { fileName: 'Q-2041 Oak kitchen.pdf', fileSize: 1_887_437, fileType: 'application/pdf' },
    },
  ],
  [
    1440 + 20,
    {
      content: '',
      messageType: 'image',
      metadata: {
        attachments: ['north', 'east', 'south', 'west', 'kitchen'].map((side) => ({
          name: `wall-${side}.jpg`,
          type: 'image/svg+xml',
          url: drawing(side),
          width: 320,
          height: 200,
        })),
      },
    },
  ],
  [
    1440 + 18,
    {
      content: '',
      messageType: 'location',
      metadata: {
        latitude: 38.69707,
        longitude: -9.42295,
        placeName: 'Rua das Flores 18',
        address: '2750-348 Cascais, Portugal',
      },
    },
  ],
  [
    1440 + 17,
    {
      content: '',
      messageType: 'contact',
      metadata: {
        contacts: [
          {
            name: 'Rui Almeida',
            organization: 'Almeida Arquitetos',
            phones: ['+351 910 000 377'],
            emails: ['rui@almeida.example'],
          },
        ],
      },
    },
  ],
  [1440 - 30, { ...DEMO_EMAIL, platform: 'email' }],
  [
    1440 - 46,
    {
      senderType: 'agent',
      senderId: 'ines',
      senderName: 'Inês Duarte',
      visibility: 'internal',
      status: 'read',
      content:
        '@Marta this is the architect from the Sintra job. His measurements are reliable, no site visit needed before the deposit.',
    },
  ],
  [
    34,
    { ...agent, status: 'delivered', content: 'Got the plan, thank you. With 4.18 m we gain a tall larder cupboard.' },
  ],
  [30, { content: '', deletedAt: '2025-03-03T10:00:00Z' }],
  [
    8,
    {
      content: '',
      messageType: 'audio',
      metadata: {
        duration: 42,
        fileType: 'audio/wav',
        waveform,
        transcript: 'Lovely, and one more question about the stone.',
      },
    },
  ],
  [6, { content: 'How much would it be with the stone?', replyTo: 'camila-estimate' }],
  [6, { content: 'And could you start before Christmas?' }],
];

export function fillCamilasThread(desk: Desk, now: number): void {
  THREAD.forEach(([ago, message], index) => {
    const timestamp = new Date(now - ago * MINUTE).toISOString();
    const { metadata } = message;
    const heard = metadata?.waveform
      ? { metadata: { ...metadata, audioUrl: hum(metadata.duration ?? 1, metadata.waveform) } }
      : {};
    desk.addMessage('camila', { id: `camila-${index + 1}`, ...message, ...heard, timestamp });
  });
  // She wrote three times since somebody looked.
  const conversation = desk.conversation('camila');
  conversation.unreadCount = 3;
  conversation.readSeq = conversation.lastSeq - 3;
  conversation.createdAt = new Date(now - 5 * DAY).toISOString();
}
