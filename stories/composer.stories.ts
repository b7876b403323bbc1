/** States of the reply field: what opens above it, what stands around it. Each is reached as an agent reaches it. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/components/chat-messages/chat-messages.js';
import type { ChannelSheet, Conversation, Features, QuickReply, Template } from '../src/contract/index.js';
import { createChatStore } from '../src/store/index.js';
import { createDesk, DEMO_AGENT, DEMO_TEAM, deskTransport } from '../src/testing/index.js';
import { FakeRecorder, FakeStream } from '../src/components/composer/fake-microphone.js';
import { drop, found, press, write } from './gestures.js';
import { box, lookControls, type LookArgs } from './inbox-story.js';
import type { DemoInbox } from './demo-inbox.js';

const FEATURES: Features = {
  typing: true,
  agents: {},
  internal_notes: true,
  drafts: true,
  templates: true,
  quick_replies: true,
};
const reply = (shortcut: string, title: string, content: string): QuickReply => ({
  id: shortcut,
  shortcut,
  title,
  content,
});
const REPLIES = [
  reply('delivery', 'Delivery times', 'Hi {{contact.firstName}}, deliveries run Tuesday to Friday, between 9 and 18.'),
  reply('area', 'Delivery area', 'We deliver within 40 km of the workshop.'),
  reply('measure', 'Measuring visit', 'Thank you, {{contact.firstName}}. May we come by and measure on {{visit.day}}?'),
];
const template = (name: string, language: string, body: string, variables: string[]): Template => ({
  id: `${name}-${language}`,
  name,
  platform: 'whatsapp',
  language,
  body,
  footer: 'Northlight Studio',
  variables,
});
const TEMPLATES = [
  template('follow_up', 'en', 'Hello {{name}}, we have news about {{subject}}. May we write to you here?', [
    'name',
    'subject',
  ]),
  template('appointment', 'en', 'Hello {{name}}, your measuring visit is on {{day}} at {{time}}.', [
    'name',
    'day',
    'time',
  ]),
];
const PIGEON: ChannelSheet = {
  id: 'pigeon',
  label: 'Pigeon post',
  maxLength: 300,
  markup: 'none',
  media: [],
  receipts: ['sent'],
  icon: 'M3 13 21 4l-5 16-4-6z',
  color: '#ffd400',
};

/** One conversation on a channel. */
const on =
  (platform: string, conversation: Partial<Conversation> = {}, subject?: string, features: Features = {}) =>
  async (): Promise<DemoInbox> => {
    const desk = createDesk({ agents: [...DEMO_TEAM], features: { ...FEATURES, ...features } });
    desk.books.quickReplies.push(...REPLIES);
    desk.books.templates.push(...TEMPLATES);
    const identifier = platform === 'email' ? 'camila@example.com' : '+351910000142';
    const contact = desk.addContact({ name: 'Camila Ferreira', identifier, platform });
    const { id } = desk.addConversation({ prospectId: contact.id, platform, botEnabled: false, ...conversation });
    desk.addMessage(id, {
      platform,
      content: 'When can you deliver?',
      ...(subject ? { messageType: 'email', metadata: { subject } } : {}),
    });
    const store = createChatStore({
      transport: deskTransport(desk, { agentId: DEMO_AGENT, delayMs: 5 }),
      channels: { pigeon: PIGEON },
    });
    store.setActiveConversation(id);
    return { desk, store };
  };

const meta: Meta<LookArgs> = {
  title: 'crm-chat-messages/Reply field',
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

const open = { replyWindowEndsAt: new Date(Date.now() + 86_000_000).toISOString() };
const closed = { replyWindowEndsAt: new Date(0).toISOString() };

export const Empty: Story = {
  loaders: [on('whatsapp', open)],
  play: async ({ canvasElement }) => void (await found(canvasElement, 'textarea')),
};
export const QuickReplies: Story = {
  loaders: [on('whatsapp', open)],
  play: async ({ canvasElement }) => {
    await found(canvasElement, '[data-action=quick-reply]');
    await write(canvasElement, 'Hello, /deli');
    await found(canvasElement, '[role=option]');
  },
};
export const NoQuickReply: Story = {
  loaders: [on('whatsapp', open)],
  play: async ({ canvasElement }) => {
    await found(canvasElement, '[data-action=quick-reply]');
    await write(canvasElement, '/zebra');
    await found(canvasElement, '.pop__say');
  },
};
export const Mentions: Story = {
  loaders: [on('whatsapp', open)],
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[data-mode=note]');
    await found(canvasElement, '.box--note');
    // Another window may take the focus meanwhile, which closes the list: it is called again then.
    const listed = found(canvasElement, '[role=option]');
    let isThere = false;
    void listed.finally(() => (isThere = true));
    while (!isThere) {
      await write(canvasElement, 'Can you look, ');
      await write(canvasElement, 'Can you look, @');
      await Promise.race([listed, new Promise((resolve) => setTimeout(resolve, 1000))]);
    }
    await listed;
  },
};
export const WindowClosed: Story = {
  loaders: [on('whatsapp', closed)],
  play: async ({ canvasElement }) => void (await found(canvasElement, '[part~=choose-template]')),
};
export const Templates: Story = {
  loaders: [on('whatsapp', closed)],
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[part~=choose-template]');
    await found(canvasElement, '[role=option]');
  },
};
export const TemplateForm: Story = {
  loaders: [on('whatsapp', closed)],
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[part~=choose-template]');
    await press(canvasElement, '[role=option]');
    await press(canvasElement, '.pop [type=submit]');
    await found(canvasElement, '.pop [aria-invalid=true]');
  },
};
export const Emoji: Story = {
  loaders: [on('whatsapp', open)],
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[data-action=emoji]');
    await found(canvasElement, '.emo');
  },
};
export const Email: Story = {
  loaders: [on('email', {}, 'Kitchen worktop')],
  play: async ({ canvasElement }) => void (await found(canvasElement, '[part=mail-open]')),
};
export const EmailFields: Story = {
  loaders: [on('email', {}, 'Kitchen worktop')],
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[part=mail-open]');
    await write(canvasElement, 'ana@example.com, bo', '[name=cc]');
    (await found(canvasElement, '[name=cc]')).dispatchEvent(new Event('change', { bubbles: true }));
    await found(canvasElement, '.mailwrong');
  },
};
export const EmailWithoutSubject: Story = {
  loaders: [on('email')],
  play: async ({ canvasElement }) => {
    await found(canvasElement, '[part=mail-open]');
    await write(canvasElement, 'It is ready.');
    await press(canvasElement, '[part=send]');
    await found(canvasElement, '.strip[role=alert]');
  },
};
export const ShortMessages: Story = {
  loaders: [on('sms')],
  play: async ({ canvasElement }) => {
    await found(canvasElement, '.via');
    await write(canvasElement, `${'Your worktop is ready. '.repeat(11)}`);
    await found(canvasElement, '[part=segments]');
  },
};
export const WhatSends: Story = {
  loaders: [on('whatsapp', open)],
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[part~=send-menu]');
    await found(canvasElement, '[role=menuitemradio]');
  },
};
export const ChannelOfTheHost: Story = {
  loaders: [on('pigeon')],
  play: async ({ canvasElement }) => void (await found(canvasElement, '.via .ch')),
};

/** The browser's microphone, for as long as the story is shown; `refusal`: the name of what the browser says instead. */
const microphone = (refusal?: string) => () => {
  const holders: [string, object, unknown][] = [
    ['MediaRecorder', window, FakeRecorder],
    [
      'mediaDevices',
      navigator,
      {
        getUserMedia: () =>
          refusal ? Promise.reject(new DOMException('no', refusal)) : Promise.resolve(new FakeStream()),
      },
    ],
  ];
  const before = holders.map(([name, owner]) => Reflect.get(owner, name) as unknown);
  const hold = (name: string, owner: object, value: unknown) =>
    Object.defineProperty(owner, name, { configurable: true, writable: true, value });
  for (const [name, owner, value] of holders) hold(name, owner, value);
  return () => holders.forEach(([name, owner], at) => hold(name, owner, before[at]));
};
const withFiles = on('whatsapp', open, undefined, {
  uploads: { endpoint: '/files', maxBytes: 100_000_000, types: ['*/*'] },
});
export const VoiceRecording: Story = {
  loaders: [withFiles],
  beforeEach: microphone(),
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[data-action=voice]');
    await found(canvasElement, '[part=voice-finish]');
  },
};
export const VoicePaused: Story = {
  loaders: [withFiles],
  beforeEach: microphone(),
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[data-action=voice]');
    await press(canvasElement, '[part=voice-pause]');
    await found(canvasElement, '.is-paused');
  },
};
export const VoiceDiscard: Story = {
  loaders: [withFiles],
  beforeEach: microphone(),
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[data-action=voice]');
    const finish = await found(canvasElement, '[part=voice-finish]');
    finish.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await found(canvasElement, '.is-danger');
  },
};
export const VoiceRefused: Story = {
  loaders: [withFiles],
  beforeEach: microphone('NotAllowedError'),
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[data-action=voice]');
    await found(canvasElement, '.is-trouble');
  },
};
export const VoiceAttached: Story = {
  loaders: [withFiles],
  beforeEach: microphone(),
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[data-action=voice]');
    await press(canvasElement, '[part=voice-finish]');
    await found(canvasElement, '.tray [part=attachment-play]');
  },
};
const PLAN = new File(['x'.repeat(640_000)], 'kitchen-plan-with-all-measures-2025.pdf', { type: 'application/pdf' });
export const Tray: Story = {
  loaders: [withFiles],
  play: async ({ canvasElement }) => {
    await drop(canvasElement, 'drop', [
      PLAN,
      new File(['x'], 'run.woff2', { type: 'font/woff2' }),
      new File([''], 'empty.txt', { type: 'text/plain' }),
    ]);
    await found(canvasElement, '.tray [role=alert]');
  },
};
export const DropFiles: Story = {
  loaders: [withFiles],
  play: async ({ canvasElement }) => {
    await drop(canvasElement, 'dragover', [PLAN]);
    await found(canvasElement, '.dropzone');
  },
};
export const WindowCloses: Story = {
  loaders: [on('whatsapp', { replyWindowEndsAt: new Date(Date.now() + 8_000_000).toISOString() })],
  play: async ({ canvasElement }) => void (await found(canvasElement, '.strip--warn')),
};
