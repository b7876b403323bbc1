/** The messages panel in the middle of something: what opens, what waits, what did not go. Each is reached as an agent reaches it. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/components/chat-messages/chat-messages.js';
import { CHANNELS, type ChannelSheet, type ChatMessage, type Features } from '../src/contract/index.js';
import { createChatStore, UploadRefused, type Upload } from '../src/store/index.js';
import { createDesk, DEMO_AGENT, DEMO_TEAM, deskTransport } from '../src/testing/index.js';
import { drawing } from '../src/testing/demo-pictures.js';
import { hum } from '../src/testing/demo-sound.js';
import { drop, found, press, pressKey, until, write } from './gestures.js';
import { box, lookControls, type LookArgs } from './inbox-story.js';
import type { DemoInbox } from './demo-inbox.js';

const FEATURES: Features = {
  typing: true,
  agents: {},
  internal_notes: true,
  search: true,
  uploads: { endpoint: '/files', maxBytes: 100_000_000, types: ['*/*'] },
};
const CAMILA = 'camila';
const marta = { senderType: 'agent', senderId: DEMO_AGENT, senderName: 'Marta Reis', status: 'read' } as const;
const tomas = { senderType: 'agent', senderId: 'tomas', senderName: 'Tomás Leitão', status: 'read' } as const;
const picture = (name: string, content = ''): Partial<ChatMessage> => ({
  messageType: 'image',
  content,
  metadata: { imageUrl: drawing(name), fileName: `${name}.svg`, width: 960, height: 600 },
});

interface Scene {
  /** Oldest first. */
  messages?: readonly Partial<ChatMessage>[];
  platform?: string;
  botEnabled?: boolean;
  upload?: Upload;
  channels?: Record<string, ChannelSheet>;
  /** So many of them, at the end. */
  unread?: number;
}
const scene =
  (made: Scene = {}) =>
  async (): Promise<DemoInbox> => {
    const { messages = [{ content: 'When can you deliver?' }], platform = 'whatsapp', botEnabled = false } = made;
    const { upload, channels, unread = 0 } = made;
    const desk = createDesk({ agents: [...DEMO_TEAM], features: FEATURES });
    const contact = desk.addContact({
      name: 'Camila Ferreira',
      identifier: platform === 'email' ? 'camila@example.com' : '+351910000142',
      platform,
    });
    const replyWindowEndsAt = new Date(Date.now() + 86_000_000).toISOString();
    desk.addConversation({
      id: CAMILA,
      prospectId: contact.id,
      platform,
      botEnabled,
      replyWindowEndsAt,
    });
    for (const [index, message] of messages.entries()) {
      if (index === messages.length - unread) desk.readElsewhere(CAMILA);
      desk.addMessage(CAMILA, { id: `m${index}`, content: '', platform, ...message });
    }
    if (unread === 0) desk.readElsewhere(CAMILA);
    const store = createChatStore({
      transport: deskTransport(desk, { agentId: DEMO_AGENT, delayMs: 5 }),
      ...(upload ? { upload } : {}),
      ...(channels ? { channels } : {}),
    });
    store.setActiveConversation(CAMILA);
    return { desk, store };
  };

const meta: Meta<LookArgs> = {
  title: 'crm-chat-messages/In use',
  component: 'crm-chat-messages',
  args: { width: 784 },
  argTypes: lookControls,
  render: ({ theme, density, width }, { loaded }) =>
    html`<crm-chat-messages
      style=${box(width)}
      .store=${(loaded as DemoInbox).store}
      .theme=${theme}
      .density=${density}
    ></crm-chat-messages>`,
};
export default meta;
type Story = StoryObj<LookArgs>;

const ROOMS = [
  { content: 'This is how it looks now.' },
  picture('north', 'The north wall'),
  picture('kitchen', 'And the other side, with the window that has to stay where it is'),
];
export const PictureOpen: Story = {
  loaders: [scene({ messages: ROOMS })],
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'crm-message-row:last-of-type .shot');
    await found(canvasElement, '.box-l__img');
  },
};
export const MenuOpen: Story = {
  loaders: [
    scene({ messages: [{ content: 'Is the tap included?' }, { ...marta, content: 'It is, in every kitchen quote.' }] }),
  ],
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[part=more]');
    await found(canvasElement, '.menu [role=menuitem]');
  },
};
export const MenuOfAFailedMessage: Story = {
  loaders: [scene({ messages: [{ content: 'Is the tap included?' }] })],
  play: async ({ canvasElement, loaded }) => {
    const { desk } = loaded as DemoInbox;
    await found(canvasElement, 'crm-message-row');
    desk.failNext('send_message', { code: 'PLATFORM_REJECTED', message: 'WhatsApp refused it.' });
    await write(canvasElement, 'It is, in every kitchen quote.');
    await press(canvasElement, '[part=send]');
    await press(canvasElement, 'crm-message-row:has(.is-failed) [part=more]');
    await found(canvasElement, '.menu .is-crit');
  },
};
export const FindWithHits: Story = {
  loaders: [
    scene({
      messages: [
        { content: 'Do you still have the oak from the first quote?' },
        { ...marta, content: 'Yes, the oak is here, and the walnut too.' },
        { content: 'Then oak for the worktop, please.' },
        { ...marta, content: 'Noted.' },
      ],
    }),
  ],
  play: async ({ canvasElement }) => {
    await found(canvasElement, 'crm-message-row');
    await pressKey(canvasElement, '[role=log]', 'f', { ctrlKey: true });
    await write(canvasElement, 'oak', '[part=find-input]');
    await pressKey(canvasElement, '[part=find-input]', 'Enter');
    await found(canvasElement, '.is-target');
  },
};
export const MissingInBetween: Story = {
  loaders: [
    scene({
      messages: Array.from({ length: 190 }, (_, index) => ({
        ...(index % 3 === 0 ? marta : {}),
        content: `Message ${index + 1} of a long conversation.`,
      })),
    }),
  ],
  play: async ({ canvasElement, loaded }) => {
    const { desk, store } = loaded as DemoInbox;
    await found(canvasElement, 'crm-message-row');
    store.showMessage(CAMILA, 'm30');
    await found(canvasElement, '.is-target');
    // Whatever is asked for from here on does not come.
    for (let asked = 0; asked < 20; asked++) desk.failNext('load_messages', 'FORBIDDEN');
    const log = await found(canvasElement, '[role=log]');
    const line = await until('the gap', () => {
      const failed = store
        .thread(CAMILA)
        .$gaps.get()
        .some(({ stage }) => stage === 'failed');
      const shown = failed && log.querySelector<HTMLElement>('[part=gap]');
      if (!shown) log.scrollTop += 100;
      return shown;
    });
    line.scrollIntoView({ block: 'center' });
  },
};
const system = { senderType: 'system', senderId: 'system' } as const;
/** The line of a day, two events, the line above what is new, and the pill that leads to the end. */
export const Markers: Story = {
  loaders: [
    scene({
      messages: [
        ...Array.from({ length: 24 }, (_, index) => ({
          ...(index % 2 ? marta : {}),
          content: `Message ${index + 1} of an earlier day.`,
          timestamp: `2026-11-20T09:${10 + index}:00.000Z`,
        })),
        { ...system, metadata: { event: { kind: 'assigned', by: 'tomas', to: DEMO_AGENT } } },
        { ...system, metadata: { event: { kind: 'bot_paused', by: DEMO_AGENT } } },
        { content: 'Good morning.' },
        { content: 'Did you find the time to look at the plan?' },
        { content: 'There is one more question about the stone.' },
        ...Array.from({ length: 9 }, (_, index) => ({ content: `Question ${index + 1}, which is about the stone.` })),
      ],
      unread: 12,
    }),
  ],
  play: async ({ canvasElement, loaded }) => {
    const { desk, store } = loaded as DemoInbox;
    const log = await found(canvasElement, '[role=log]');
    const line = await found(canvasElement, '.newline');
    line.scrollIntoView({ block: 'end' });
    log.scrollTop += 150;
    const known = store.thread(CAMILA).messages.size;
    // News moves nobody who has scrolled away from the end.
    await until('away from the end', () => log.scrollHeight - log.clientHeight - log.scrollTop > 120);
    for (const content of ['And another one.', 'The last one for today.']) desk.customerSays(CAMILA, content);
    await until('both are here', () => store.thread(CAMILA).messages.size === known + 2);
    await found(canvasElement, '[part=jump]');
  },
};
const WAVE = Array.from({ length: 44 }, (_, at) => 0.2 + (0.7 * ((at * 7) % 11)) / 11);
export const Transcript: Story = {
  loaders: [
    scene({
      messages: [
        { content: 'I said it into the phone, it is quicker.' },
        {
          messageType: 'audio',
          metadata: {
            audioUrl: hum(27, WAVE),
            waveform: [...WAVE],
            duration: 27,
            transcript: 'We measured again last night and the long wall is four eighteen, not four twenty.',
          },
        },
      ],
    }),
  ],
  play: async ({ canvasElement }) => {
    await press(canvasElement, '.fold');
    await found(canvasElement, '.transcript');
  },
};
export const EmailCard: Story = {
  loaders: [
    scene({
      platform: 'email',
      messages: [
        {
          messageType: 'email',
          content:
            'Thanks, paid this morning by transfer. The receipt is attached.\n\nOn Mon, Marta Reis wrote:\n> Please find our invoice attached.',
          metadata: {
            subject: 'Re: Invoice 1187',
            from: 'camila@example.com',
            to: 'hello@northlight.example',
            attachments: [
              { name: 'receipt-1187.pdf', size: 88_000, type: 'application/pdf', url: '/receipt-1187.pdf' },
            ],
          },
        },
      ],
    }),
  ],
  play: async ({ canvasElement }) => void (await found(canvasElement, '.mail__b .dots')),
};
export const Note: Story = {
  loaders: [scene()],
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[data-mode=note]');
    await found(canvasElement, '.box--note');
    await write(canvasElement, 'Tomás, can you confirm the quartzite price?');
  },
};
export const ReplyWithAFile: Story = {
  loaders: [scene({ messages: [{ content: 'How much would it be with the stone?' }] })],
  play: async ({ canvasElement, loaded }) => {
    await found(canvasElement, 'crm-message-row');
    (loaded as DemoInbox).store.setReplyTarget(CAMILA, 'm0');
    await found(canvasElement, '[part=reply-target]');
    await drop(canvasElement, 'drop', [
      new File(['x'.repeat(320_000)], 'Q-2042 Worktop.pdf', { type: 'application/pdf' }),
    ]);
    await found(canvasElement, '.tray');
    await write(canvasElement, 'Here is the version with the stone.');
  },
};
export const Held: Story = {
  loaders: [scene({ messages: [{ content: 'Is the worktop ready? I could fetch it on Friday.' }] })],
  play: async ({ canvasElement, loaded }) => {
    const { desk, store } = loaded as DemoInbox;
    await found(canvasElement, 'crm-message-row');
    store.noteSeen(CAMILA);
    desk.addMessage(CAMILA, { ...tomas, content: 'It is ready. Friday after two suits us well.' });
    desk.failNext('send_message', { code: 'CONFLICT', field: 'seenSeq' });
    await write(canvasElement, 'I will ask the workshop and write back today.');
    await press(canvasElement, '[part=send]');
    await found(canvasElement, '[part~=held] p:not(.held__own)');
  },
};
export const BotPaused: Story = {
  loaders: [scene({ botEnabled: true })],
  play: async ({ canvasElement }) => {
    await found(canvasElement, '[part=strip] button');
    await write(canvasElement, 'We deliver on Thursdays.');
    await found(canvasElement, '.strip[role=status] button');
  },
};
const PLAN = new File(['x'.repeat(640_000)], 'kitchen-plan-with-all-measures-2025.pdf', { type: 'application/pdf' });
const send = async (canvas: HTMLElement): Promise<void> => {
  await drop(canvas, 'drop', [PLAN]);
  await found(canvas, '.tray');
  await write(canvas, 'The plan, with all measures.');
  await press(canvas, '[part=send]');
};
export const UploadInProgress: Story = {
  loaders: [
    scene({
      upload: (_row, tell) => {
        tell(0.42);
        return new Promise(() => undefined);
      },
    }),
  ],
  play: async ({ canvasElement }) => {
    await send(canvasElement);
    const bar = await found<HTMLElement & { value: number }>(canvasElement, '[part=upload-progress]');
    await until('some of it has gone', () => bar.value > 0);
  },
};
export const UploadFailed: Story = {
  loaders: [scene({ upload: () => Promise.reject(new UploadRefused('TOO_LARGE', 'At most 16 MB.')) })],
  play: async ({ canvasElement }) => {
    await send(canvasElement);
    await found(canvasElement, '.is-failed');
  },
};

/** Colours without order: a picture that no format makes small. */
async function noise(): Promise<File> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [400, 300];
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser draws nothing.');
  const points = pen.createImageData(400, 300);
  let seed = 7;
  for (let at = 0; at < points.data.length; at++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    points.data[at] = at % 4 === 3 ? 255 : seed >>> 24;
  }
  pen.putImageData(points, 0, 0);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  return new File(blob ? [blob] : [], 'worktop-close-up.png', { type: 'image/png' });
}
const WHATSAPP = CHANNELS['whatsapp'];
export const SmallerPicture: Story = {
  loaders: [
    scene({
      channels: WHATSAPP ? { whatsapp: { ...WHATSAPP, media: [{ types: ['image/*'], maxBytes: 200_000 }] } } : {},
    }),
  ],
  play: async ({ canvasElement }) => {
    await drop(canvasElement, 'drop', [await noise()]);
    await found(canvasElement, '.tray .link');
  },
};
