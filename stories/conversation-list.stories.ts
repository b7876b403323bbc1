import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/components/conversation-list/conversation-list.js';
import { demoInbox, type DemoInbox } from './demo-inbox.js';
import { box, lookControls, type LookArgs } from './inbox-story.js';

const meta: Meta<LookArgs> = {
  title: 'crm-conversation-list',
  component: 'crm-conversation-list',
  args: { width: 328 },
  argTypes: lookControls,
  render: ({ theme, density, width }, { loaded }) =>
    html`<crm-conversation-list
      style=${box(width)}
      .store=${(loaded as DemoInbox).store}
      .theme=${theme}
      .density=${density}
    ></crm-conversation-list>`,
};
export default meta;
type Story = StoryObj<LookArgs>;

export const Rows: Story = {
  loaders: [
    demoInbox({
      then: ({ desk, store }) => {
        store.setDraft('atelier', 'the revised drawings are attached, with');
        desk.customerTypes('noor');
      },
    }),
  ],
};
export const Dark: Story = { args: { theme: 'dark' }, loaders: [demoInbox()] };
export const Compact: Story = { args: { density: 'compact' }, loaders: [demoInbox()] };
export const Mine: Story = { loaders: [demoInbox({ then: ({ store }) => store.setFilter({ view: 'mine' }) })] };
export const NothingFound: Story = {
  loaders: [demoInbox({ then: ({ store }) => store.setFilter({ text: 'quarzite' }) })],
};
export const Empty: Story = { loaders: [demoInbox({ empty: true, open: null })] };
export const Loading: Story = { loaders: [demoInbox({ before: (desk) => desk.hold('load_conversations') })] };
export const Failed: Story = {
  loaders: [demoInbox({ open: null, before: (desk) => desk.failNext('load_conversations', 'INTERNAL') })],
};
export const Refused: Story = { loaders: [demoInbox({ open: null, before: (desk) => desk.refuse() })] };
export const NoConnection: Story = { loaders: [demoInbox({ open: null, before: (desk) => desk.goOffline() })] };
