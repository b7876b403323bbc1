import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/components/client-panel/client-panel.js';
import { demoInbox, type DemoInbox } from './demo-inbox.js';
import { box, lookControls, type LookArgs } from './inbox-story.js';

const meta: Meta<LookArgs> = {
  title: 'crm-client-panel',
  component: 'crm-client-panel',
  args: { width: 328 },
  argTypes: lookControls,
  render: ({ theme, density, width }, { loaded }) =>
    html`<crm-client-panel
      style=${box(width)}
      .store=${(loaded as DemoInbox).store}
      .theme=${theme}
      .density=${density}
    ></crm-client-panel>`,
};
export default meta;
type Story = StoryObj<LookArgs>;

const openDialog: Story['play'] = async ({ canvasElement }) => {
  const panel = canvasElement.querySelector('crm-client-panel');
  await panel?.updateComplete;
  panel?.shadowRoot?.querySelector<HTMLButtonElement>('[part~="convert"]')?.click();
};

export const Prospect: Story = { loaders: [demoInbox({ then: () => undefined })] };
export const Client: Story = { loaders: [demoInbox({ open: 'amelie' })] };
export const Dark: Story = { args: { theme: 'dark' }, loaders: [demoInbox({ open: 'amelie' })] };
export const Compact: Story = { args: { density: 'compact' }, loaders: [demoInbox({ open: 'amelie' })] };
export const ConvertDialog: Story = { loaders: [demoInbox({ then: () => undefined })], play: openDialog };
export const Loading: Story = {
  loaders: [demoInbox({ open: 'amelie', before: (desk) => desk.hold('load_clients') })],
};
export const NothingOpen: Story = { loaders: [demoInbox({ open: null })] };
