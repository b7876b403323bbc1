import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/components/chat/chat.js';
import { demoInbox, type DemoInbox } from './demo-inbox.js';
import { box, lookControls, type LookArgs } from './inbox-story.js';

const meta: Meta<LookArgs> = {
  title: 'crm-chat',
  component: 'crm-chat',
  argTypes: lookControls,
  render: ({ theme, density, width }, { loaded }) =>
    html`<crm-chat
      style=${box(width)}
      .store=${(loaded as DemoInbox).store}
      .theme=${theme}
      .density=${density}
    ></crm-chat>`,
};
export default meta;
type Story = StoryObj<LookArgs>;

export const Inbox: Story = { loaders: [demoInbox()] };
export const Dark: Story = { args: { theme: 'dark' }, loaders: [demoInbox()] };
export const Compact: Story = { args: { density: 'compact' }, loaders: [demoInbox()] };
export const NothingOpen: Story = { loaders: [demoInbox({ open: null })] };
/** Under 1040 pixels the contact is a drawer. */
export const TwoPanels: Story = { args: { width: 860 }, loaders: [demoInbox()] };
/** Under 720 pixels there is one panel at a time. */
export const Phone: Story = { args: { width: 390 }, loaders: [demoInbox()] };
export const PhoneList: Story = { args: { width: 390 }, loaders: [demoInbox({ open: null })] };

export const Offline: Story = {
  loaders: [
    demoInbox({
      then: async ({ desk, store }) => {
        desk.goOffline();
        await store.sendMessage('camila', 'We can start on 7 December if the deposit arrives this week.');
      },
    }),
  ],
};
export const Refused: Story = {
  loaders: [demoInbox({ before: (desk) => desk.refuse('TOKEN_EXPIRED', 'The sign-in has expired.') })],
};
export const Empty: Story = { loaders: [demoInbox({ empty: true, open: null })] };

/** What ? opens: the keys as they are now. */
export const Shortcuts: Story = {
  loaders: [demoInbox()],
  play: async ({ canvasElement }) => {
    const chat = canvasElement.querySelector('crm-chat');
    await chat?.updateComplete;
    const press = { key: '?', bubbles: true, composed: true, cancelable: true };
    chat?.shadowRoot?.querySelector('crm-conversation-list')?.dispatchEvent(new KeyboardEvent('keydown', press));
    for (let turn = 0; turn < 200 && !chat?.shadowRoot?.querySelector('dialog[open]'); turn++)
      await new Promise(requestAnimationFrame);
  },
};
export const ShortcutsDark: Story = { ...Shortcuts, args: { theme: 'dark' } };
