import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/components/conversation-list/conversation-list.js';
import { demoInbox, type DemoInbox } from './demo-inbox.js';

interface Args {
  theme?: 'light' | 'dark';
  density?: 'comfortable' | 'compact';
  width: number;
}

const meta: Meta<Args> = {
  title: 'crm-conversation-list',
  component: 'crm-conversation-list',
  args: { width: 328 },
  argTypes: {
    theme: { control: 'inline-radio', options: ['light', 'dark'] },
    density: { control: 'inline-radio', options: ['comfortable', 'compact'] },
  },
  render: ({ theme, density, width }, { loaded }) =>
    html`<crm-conversation-list
      style="display: block; block-size: 900px; inline-size: ${width}px"
      .store=${(loaded as DemoInbox).store}
      .theme=${theme}
      .density=${density}
    ></crm-conversation-list>`,
};
export default meta;
type Story = StoryObj<Args>;

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
