import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/components/chat-messages/chat-messages.js';
import { demoInbox, type DemoInbox } from './demo-inbox.js';
import { box, lookControls, type LookArgs } from './inbox-story.js';

const meta: Meta<LookArgs> = {
  title: 'crm-chat-messages',
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

/** Text, photo, files, voice note, a quoted reply, the bot, and the line where the unread ones begin. */
export const Thread: Story = { loaders: [demoInbox()] };
export const Dark: Story = { args: { theme: 'dark' }, loaders: [demoInbox()] };
export const Narrow: Story = { args: { width: 390 }, loaders: [demoInbox()] };
export const Typing: Story = {
  loaders: [
    demoInbox({
      then: ({ desk }) => {
        desk.customerTypes('camila');
        desk.agentTypes('tomas', 'camila');
      },
    }),
  ],
};
export const BotAnswers: Story = { loaders: [demoInbox({ open: 'grace' })] };
export const SendFailed: Story = {
  loaders: [
    demoInbox({
      then: ({ desk, store }) => {
        desk.failNext('send_message', { code: 'PLATFORM_REJECTED', message: 'WhatsApp refused the number.' });
        return store.sendMessage('camila', 'With the quartzite it comes to €18,460, fitting included.');
      },
    }),
  ],
};
export const Offline: Story = {
  loaders: [
    demoInbox({
      then: ({ desk, store }) => {
        desk.goOffline();
        return store.sendMessage('camila', 'We can start on 7 December if the deposit arrives this week.');
      },
    }),
  ],
};
export const Loading: Story = { loaders: [demoInbox({ before: (desk) => desk.hold('load_messages') })] };
export const Failed: Story = {
  loaders: [demoInbox({ before: (desk) => desk.failNext('load_messages', 'INTERNAL') })],
};
export const NothingOpen: Story = { loaders: [demoInbox({ open: null })] };
