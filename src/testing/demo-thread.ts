/** What Camila and the team said to each other: one of everything a thread can show. */
import type { ChatMessage } from '../contract/index.js';
import type { Desk } from './desk.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const agent = { senderType: 'agent', senderId: 'marta', senderName: 'Marta Reis' } as const;
const bot = { senderType: 'bot', senderId: 'bot', senderName: 'Bot', status: 'read' } as const;

const room =
  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 320 200'><rect width='320' height='200' fill='#cdbb9f'/>" +
  "<rect x='110' y='30' width='100' height='70' fill='#efe9dd'/><rect y='130' width='320' height='70' fill='#8c7355'/></svg>";

const waveform = Array.from({ length: 44 }, (_, bar) => 0.25 + 0.7 * Math.abs(Math.sin(bar * 1.7) * Math.cos(bar / 5)));

/** Minutes before now, and the message. */
const THREAD: [ago: number, message: Partial<ChatMessage>][] = [
  [5 * 1440, { content: 'Hi! I saw your oak kitchen on Instagram and I can’t stop thinking about it 😍' }],
  [5 * 1440, { content: 'Do you work in Cascais too?' }],
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
      metadata: {
        fileName: 'kitchen-today.jpg',
        imageUrl: `data:image/svg+xml,${encodeURIComponent(room)}`,
        width: 320,
        height: 200,
      },
    },
  ],
  [
    1440 + 60,
    {
      ...agent,
      status: 'read',
      content: 'Good morning Camila, Marta here. That window is a gift: the worktop can run straight under it.',
    },
  ],
  [
    1440 + 60,
    {
      ...agent,
      status: 'read',
      content: 'I put a first estimate together. Oak fronts are included, the stone is priced as an option.',
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
    1440 - 30,
    {
      content: 'The exact wall lengths are on page 2. The fridge can move if it helps.',
      messageType: 'file',
      metadata: { fileName: 'floor-plan-rev3.pdf', fileSize: 655_360, fileType: 'application/pdf' },
    },
  ],
  [
    34,
    { ...agent, status: 'delivered', content: 'Got the plan, thank you. With 4.18 m we gain a tall larder cupboard.' },
  ],
  [
    8,
    {
      content: '',
      messageType: 'audio',
      metadata: {
        duration: 42,
        fileType: 'audio/ogg',
        waveform,
        transcript: 'Lovely, and one more question about the stone.',
      },
    },
  ],
  [6, { content: 'How much would it be with the stone?', replyTo: 'camila-7' }],
  [6, { content: 'And could you start before Christmas?' }],
];

export function fillCamilasThread(desk: Desk, now: number): void {
  THREAD.forEach(([ago, message], index) => {
    const timestamp = new Date(now - ago * MINUTE).toISOString();
    desk.addMessage('camila', { ...message, id: `camila-${index + 1}`, timestamp });
  });
  // She wrote three times since somebody looked.
  const conversation = desk.conversation('camila');
  conversation.unreadCount = 3;
  conversation.readSeq = conversation.lastSeq - 3;
  conversation.createdAt = new Date(now - 5 * DAY).toISOString();
}
