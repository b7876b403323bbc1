/** States of the messages panel that need no conversation of their own: each is one table entry. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/components/chat-messages/chat-messages.js';
import type { ChatMessage } from '../src/contract/index.js';
import { createChatStore } from '../src/store/index.js';
import { createDesk, DEMO_AGENT, DEMO_TEAM, deskTransport, type Desk } from '../src/testing/index.js';
import { box, lookControls, type LookArgs } from './inbox-story.js';
import type { DemoInbox } from './demo-inbox.js';

const agent = { senderType: 'agent', senderId: 'marta', senderName: 'Marta Reis' } as const;
const bot = { senderType: 'bot', senderId: 'bot', senderName: 'Bot' } as const;
const wall = 'https://'.concat('quartzite-'.repeat(30), '.example/plan');

/** One thread: what is said in it, oldest first, and what happens then. */
const thread =
  (messages: readonly Partial<ChatMessage>[], then?: (desk: Desk, id: string) => void) =>
  async (): Promise<DemoInbox> => {
    const desk = createDesk({ agents: [...DEMO_TEAM] });
    const contact = desk.addContact({ name: 'Camila Ferreira', identifier: '+351910000142', platform: 'whatsapp' });
    const { id } = desk.addConversation({ prospectId: contact.id, platform: 'whatsapp' });
    messages.forEach((message, index) => desk.addMessage(id, { id: `m${index + 1}`, content: '', ...message }));
    then?.(desk, id);
    const store = createChatStore({ transport: deskTransport(desk, { agentId: DEMO_AGENT, delayMs: 20 }) });
    store.setActiveConversation(id);
    return { desk, store };
  };

const meta: Meta<LookArgs> = {
  title: 'crm-chat-messages/Messages',
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

export const WhoIsSpeaking: Story = {
  loaders: [
    thread([
      { content: 'Is the tap included?' },
      { content: 'And the delivery?' },
      { ...bot, content: 'The tap is included in every kitchen quote.', status: 'read' },
      { ...agent, content: 'So is delivery within 40 km.', status: 'read' },
      {
        ...agent,
        senderId: 'tomas',
        senderName: 'Tomás Leitão',
        content: 'She gets 3 % for paying early.',
        visibility: 'internal',
      },
    ]),
  ],
};
export const Delivery: Story = {
  loaders: [
    thread([
      { content: 'When can you come?' },
      { ...agent, content: 'The fitter can come on Thursday.', status: 'sent' },
      { ...agent, content: 'Between nine and eleven.', status: 'delivered' },
      { ...agent, content: 'He rings before.', status: 'read' },
      {
        ...agent,
        content: 'His number is +351 910 000 377.',
        status: 'failed',
        error: { code: 'PLATFORM_REJECTED', message: 'WhatsApp refused it.' },
      },
    ]),
  ],
};
export const Words: Story = {
  loaders: [
    thread([
      { ...agent, content: 'Does Thursday suit you?', status: 'read' },
      { content: 'Yes, perfect.', replyTo: 'm1' },
      { content: '👍🎉' },
      { content: `The plan is at ${wall}` },
      { content: '*Important*: _please_ send ~two~ three samples.\n1. oak\n2. walnut\n`Q-2041`' },
      { content: 'هل تعملون في كاشكايش أيضًا؟' },
      { content: '納期を教えてください。' },
    ]),
  ],
};
export const FilesAndPlaces: Story = {
  loaders: [
    thread([
      {
        messageType: 'file',
        metadata: {
          fileUrl: '/floor-plan.pdf',
          fileName: 'floor-plan-rev3.pdf',
          fileSize: 655_360,
          fileType: 'application/pdf',
        },
      },
      {
        messageType: 'location',
        metadata: {
          latitude: 38.697,
          longitude: -9.423,
          placeName: 'Rua das Flores 18',
          address: '2750-348 Cascais, Portugal',
        },
      },
      {
        messageType: 'contact',
        metadata: {
          contacts: [{ name: 'Rui Almeida', phones: ['+351 910 000 377'], emails: ['rui@almeida.example'] }],
        },
      },
      {
        messageType: 'image',
        content: 'The north wall',
        metadata: {
          imageUrl: 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
          width: 640,
          height: 420,
        },
      },
    ]),
  ],
};
export const ChangedAndGone: Story = {
  loaders: [
    thread([
      { content: 'I meant the oak, not the walnut.', editedAt: new Date(0).toISOString() },
      { deletedAt: new Date(0).toISOString() },
      {
        ...agent,
        content: 'Oak it is.',
        status: 'read',
        reactions: [{ emoji: '👍', by: 'camila' }],
      } as Partial<ChatMessage>,
    ]),
  ],
};
export const WindowClosed: Story = {
  loaders: [
    // Days before the desk's own clock, which does not follow ours.
    thread([{ content: 'I will think about it.', timestamp: '2026-11-18T09:00:00.000Z' }]),
  ],
};
export const RightToLeft: Story = {
  loaders: [
    thread([
      { content: 'هل تعملون في كاشكايش أيضًا؟' },
      {
        ...bot,
        content: 'مرحبًا كاميلا، شكرًا لتواصلك مع Northlight Studio. نعم، نركّب المطابخ في كاشكايش.',
        status: 'read',
      },
    ]),
  ],
  globals: { direction: 'rtl' },
};
