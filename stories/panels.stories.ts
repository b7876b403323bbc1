/** Which panels a host wants, and in which order: `panels` on the whole inbox. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/components/chat/chat.js';
import { demoInbox, type DemoInbox } from './demo-inbox.js';
import { box, lookControls, type LookArgs } from './inbox-story.js';

interface Args extends LookArgs {
  /** Any of `list`, `messages` and `client`, in any order. */
  panels: string;
}

const meta: Meta<Args> = {
  title: 'crm-chat/Panels',
  component: 'crm-chat',
  argTypes: { ...lookControls, panels: { control: 'text' } },
  loaders: [demoInbox()],
  render: ({ theme, density, width, panels }, { loaded }) =>
    html`<crm-chat
      style=${box(width)}
      panels=${panels}
      .store=${(loaded as DemoInbox).store}
      .theme=${theme}
      .density=${density}
    ></crm-chat>`,
  // What stands there, in which order; a narrow box shows one of them, and knows of the others.
  play: async ({ canvasElement, args }) => {
    const chat = canvasElement.querySelector('crm-chat');
    await chat?.updateComplete;
    const tags = { list: 'crm-conversation-list', messages: 'crm-chat-messages', client: 'crm-client-panel' };
    const wanted = args.panels.split(' ').map((name) => tags[name as keyof typeof tags]);
    const shown = [...(chat?.shadowRoot?.querySelector('.grid')?.children ?? [])]
      .map(({ localName }) => localName)
      .filter((tag) => tag.startsWith('crm-'));
    if (shown.join() !== wanted.join()) throw new Error(`there are ${shown.join(', ')}; wanted: ${wanted.join(', ')}`);
  },
};
export default meta;
type Story = StoryObj<Args>;

export const ContactFirst: Story = { args: { panels: 'client messages list' } };
export const WithoutList: Story = { args: { panels: 'messages client' } };
export const WithoutContact: Story = { args: { panels: 'list messages' } };
export const ListAndContact: Story = { args: { panels: 'list client' } };
export const MessagesAlone: Story = { args: { panels: 'messages' } };
export const ListAlone: Story = { args: { panels: 'list', width: 320 } };
export const ContactAlone: Story = { args: { panels: 'client', width: 320 } };
/** Two panels stand side by side in a place that is too narrow for three. */
export const TwoInANarrowPlace: Story = { args: { panels: 'messages client', width: 760 } };
