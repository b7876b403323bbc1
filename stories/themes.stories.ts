import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/components/chat/chat.js';
import { demoInbox, type DemoInbox } from './demo-inbox.js';

interface Args {
  /** Public properties without their `--crm-`. */
  host: Record<string, string>;
  theme: 'light' | 'dark';
  density: 'comfortable' | 'compact';
  contrast?: 'more';
}

/** The same inbox in four hosts: each sets two to five properties on the element, and the rest follows. */
const meta: Meta<Args> = {
  title: 'Host themes',
  component: 'crm-chat',
  argTypes: {
    theme: { control: 'inline-radio', options: ['light', 'dark'] },
    density: { control: 'inline-radio', options: ['comfortable', 'compact'] },
    contrast: { control: 'inline-radio', options: [undefined, 'more'] },
  },
  loaders: [demoInbox()],
  render: ({ host, theme, density, contrast }, { loaded }) => {
    const look = Object.entries(host).map(([name, value]) => `--crm-${name}: ${value}`);
    return html`<crm-chat
      style="display: block; block-size: 800px; ${look.join('; ')}"
      .store=${(loaded as DemoInbox).store}
      .theme=${theme}
      .density=${density}
      .contrast=${contrast}
    ></crm-chat>`;
  },
};
export default meta;
type Story = StoryObj<Args>;

export const WarmAndSquare: Story = {
  args: {
    host: { accent: '#7a4b1f', surface: '#fdfaf4', text: '#2a241c', radius: '3px', font: 'Noto Serif, Georgia, serif' },
    theme: 'light',
    density: 'comfortable',
  },
};
export const Monochrome: Story = {
  args: { host: { accent: '#111111', radius: '6px' }, theme: 'light', density: 'compact' },
};
export const RoundAndViolet: Story = {
  args: {
    host: { accent: '#8b5cf6', surface: '#14121c', text: '#e9e6f2', radius: '12px' },
    theme: 'dark',
    density: 'comfortable',
  },
};
export const BrightYellow: Story = {
  args: {
    host: { accent: '#ffd400', radius: '8px', font: 'Noto Sans, sans-serif' },
    theme: 'dark',
    density: 'comfortable',
  },
};
/** Lines, outlines and quiet text are stronger. */
export const MoreContrast: Story = {
  args: { host: {}, theme: 'light', density: 'comfortable', contrast: 'more' },
};
