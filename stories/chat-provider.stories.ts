import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/components/chat-messages/chat-messages.js';
import '../src/components/chat-provider/chat-provider.js';
import '../src/components/client-panel/client-panel.js';
import '../src/components/conversation-list/conversation-list.js';
import { demoInbox, type DemoInbox } from './demo-inbox.js';

const meta: Meta = {
  title: 'crm-chat-provider',
  component: 'crm-chat-provider',
  loaders: [demoInbox()],
};
export default meta;

/** The panels in a layout of the host's own: the contact above the list, the messages beside both. */
export const HostLayout: StoryObj = {
  render: (_args, { loaded }) =>
    html`<crm-chat-provider .store=${(loaded as DemoInbox).store}>
      <div style="display: grid; grid-template: 420px 480px / 340px 1fr; gap: 12px; padding: 12px">
        <crm-client-panel></crm-client-panel>
        <crm-chat-messages style="grid-row: span 2"></crm-chat-messages>
        <crm-conversation-list></crm-conversation-list>
      </div>
    </crm-chat-provider>`,
};
