/** Change the public properties, see them on the whole inbox and on its states, and copy the CSS. */
import type { ArgTypes, Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import manifest from '../custom-elements.json';
import '../src/components/chat/chat.js';
import { demoInbox, type DemoInbox } from './demo-inbox.js';

interface PublicProperty {
  name: string;
  default?: string;
  description?: string;
}
const declared = manifest.modules.flatMap(
  (module) => module.declarations as { tagName: string; cssProperties?: PublicProperty[] }[],
);
const properties = declared.find((one) => one.tagName === 'crm-chat')?.cssProperties ?? [];

type Theme = Record<string, string | number | undefined>;

const isColour = ({ default: preset = '' }: PublicProperty) => /^(#|light-dark)/.test(preset);
const control = (one: PublicProperty) => {
  if (one.name === '--crm-color-scheme') return { control: 'inline-radio', options: ['light', 'dark', 'light dark'] };
  if (one.name === '--crm-density') return { control: { type: 'range', min: 0, max: 1, step: 0.25 } };
  return { control: isColour(one) ? 'color' : 'text' };
};
const argTypes = Object.fromEntries(
  properties.map((one) => [
    one.name,
    { ...control(one), description: one.description, table: { defaultValue: { summary: one.default } } },
  ]),
) as Partial<ArgTypes<Theme>>;

const cssOf = (theme: Theme) => {
  const set = properties.filter(({ name }) => theme[name] !== undefined && theme[name] !== '');
  return `crm-chat {\n${set.map(({ name }) => `  ${name}: ${theme[name]};\n`).join('')}}\n`;
};

type Story = StoryObj<Theme>;

const copy = (event: Event) => {
  const text = (event.currentTarget as HTMLElement).closest('section')?.querySelector('pre')?.textContent ?? '';
  void navigator.clipboard.writeText(text);
};

/** What is set arrives inside, the rest stays, and the button hands out what is shown. */
const play: Story['play'] = async ({ canvasElement, args }) => {
  const chat = canvasElement.querySelector('crm-chat');
  await chat?.updateComplete;
  const set = Object.entries(args).filter(([name]) => name.startsWith('--crm-'));
  const look = getComputedStyle(chat!);
  for (const [name, value] of set) {
    const arrived = look.getPropertyValue(name).trim();
    if (arrived !== String(value)) throw new Error(`${name} is ${arrived}, not ${value}`);
  }
  const surface = args['--crm-surface'];
  if (surface && look.backgroundColor !== rgbOf(String(surface)))
    throw new Error(`the ground is ${look.backgroundColor}`);
  const copied: string[] = [];
  const { clipboard } = navigator;
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: async (text: string) => void copied.push(text) },
  });
  canvasElement.querySelector<HTMLButtonElement>('section button')?.click();
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard });
  if (copied.join() !== cssOf(args)) throw new Error(`copied: ${copied.join()}`);
};
/** `#1b1714` → `rgb(27, 23, 20)` */
const rgbOf = (hex: string) => `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;

const meta: Meta<Theme> = {
  title: 'Theme playground',
  component: 'crm-chat',
  argTypes,
  loaders: [demoInbox({ then: ({ desk }) => desk.customerTypes('camila') })],
  play,
  render: (theme, { loaded }) => {
    const css = cssOf(theme);
    return html`<style>
        ${css}
      </style>
      <section style="display: flex; gap: 16px; align-items: start; padding: 12px; background: #ffffff; color: #1a1d23">
        <pre tabindex="0" style="margin: 0; flex: 1; overflow: auto">${css}</pre>
        <button type="button" @click=${copy}>Copy the CSS</button>
      </section>
      <crm-chat style="display: block; block-size: 780px" .store=${(loaded as DemoInbox).store}></crm-chat>`;
  },
};
export default meta;

/** Start from the defaults. */
export const Playground: Story = {};
/** A host whose colour is green, whose corners are square and whose pages are dense. */
export const GreenAndSquare: Story = {
  args: { '--crm-accent': '#0b6b4f', '--crm-radius': '2px', '--crm-density': 0, '--crm-font-size': '13px' },
};
/** A dark host with a warm accent. */
export const WarmDark: Story = {
  args: {
    '--crm-color-scheme': 'dark',
    '--crm-accent': '#ffb454',
    '--crm-surface': '#1b1714',
    '--crm-text': '#efe7df',
  },
};
