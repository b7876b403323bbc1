import { expect, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import { emulateMedia } from '@web/test-runner-commands';
import { createChatStore } from '../../store/index.js';
import { loadEverything } from '../../controllers/later.js';
import { DEMO_AGENT, demoDesk, deskTransport } from '../../testing/index.js';
import './chat.js';
import type { CrmChat } from './chat.js';

type Host = { name: string; set: Record<string, string>; theme: 'light' | 'dark'; density: 'comfortable' | 'compact' };
/** Four hosts that want to look like themselves: the same ones as in stories/themes.stories.ts. */
const HOSTS: readonly Host[] = [
  {
    name: 'warm and square',
    set: { accent: '#7a4b1f', surface: '#fdfaf4', text: '#2a241c', radius: '3px', font: 'Georgia, serif' },
    theme: 'light',
    density: 'comfortable',
  },
  { name: 'monochrome', set: { accent: '#111111', radius: '6px' }, theme: 'light', density: 'compact' },
  {
    name: 'round and violet, dark',
    set: { accent: '#8b5cf6', surface: '#14121c', text: '#e9e6f2', radius: '12px' },
    theme: 'dark',
    density: 'comfortable',
  },
  { name: 'bright yellow accent', set: { accent: '#ffd400', radius: '8px' }, theme: 'dark', density: 'comfortable' },
];

async function inbox(host: Pick<Host, 'set' | 'theme' | 'density'>): Promise<CrmChat> {
  await loadEverything();
  const store = createChatStore({ transport: deskTransport(demoDesk(), { agentId: DEMO_AGENT }) });
  store.setActiveConversation('camila');
  const box = await fixture<HTMLElement>(
    html`<div><crm-chat .store=${store} .theme=${host.theme} .density=${host.density}></crm-chat></div>`,
  );
  box.style.cssText = 'inline-size:1240px;block-size:800px;zoom:0.6';
  for (const [name, value] of Object.entries(host.set)) box.style.setProperty(`--crm-${name}`, value);
  const chat = box.querySelector('crm-chat')!;
  await waitUntil(() => panel(chat, 'crm-chat-messages')?.querySelector('[role=article]'), undefined, {
    timeout: 8000,
  });
  await waitUntil(() => panel(chat, 'crm-conversation-list')?.querySelector('[role=option]'), undefined, {
    timeout: 8000,
  });
  return chat;
}
const panel = (chat: CrmChat, tag: string) => chat.shadowRoot!.querySelector(tag)?.shadowRoot;

const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
/** Whatever a colour is written in, as red, green, blue (0 to 255) and alpha (0 to 1). */
function rgba(colour: string): [number, number, number, number] {
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = pen.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}
const over = (top: readonly number[], under: readonly number[]) =>
  [0, 1, 2].map((at) => top[at]! * top[3]! + under[at]! * (1 - top[3]!)).concat(1);
const outwards = (element: Element): Element | null =>
  element.assignedSlot ?? element.parentElement ?? ((element.getRootNode() as ShadowRoot).host || null);
/** The ground an element stands on: everything painted behind it, down to the page. */
function groundOf(element: Element): readonly number[] {
  const layers: number[][] = [];
  for (let at: Element | null = element; at; at = outwards(at)) {
    const layer = rgba(getComputedStyle(at).backgroundColor);
    layers.push(layer);
    if (layer[3] === 1) break;
  }
  return layers.reduceRight((under, layer) => over(layer, under), [255, 255, 255, 1]);
}
function luminance(colour: readonly number[]): number {
  const [red, green, blue] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
function ratio(one: readonly number[], other: readonly number[]): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

/** Every element that shows text of its own, with its contrast to what lies behind it. */
function textsOf(chat: CrmChat): { text: string; ratio: number }[] {
  const found: { text: string; ratio: number }[] = [];
  const roots = ['crm-conversation-list', 'crm-chat-messages', 'crm-client-panel'].map((tag) => panel(chat, tag)!);
  for (const element of roots.flatMap((root) => [...root.querySelectorAll<HTMLElement>('*')])) {
    const text = [...element.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.textContent)
      .join('')
      .trim();
    if (
      !text ||
      !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ||
      element.closest('[aria-disabled=true], [disabled], svg, .vh')
    )
      continue;
    const ground = groundOf(element);
    found.push({
      text: `${element.localName}.${element.className}: ${text.slice(0, 40)}`,
      ratio: ratio(over(rgba(getComputedStyle(element).color), ground), ground),
    });
  }
  return found;
}
const tooWeak = (chat: CrmChat, least: number) =>
  textsOf(chat)
    .filter((one) => one.ratio < least)
    .map((one) => `${one.ratio.toFixed(2)} ${one.text}`);

describe('the look of a host', () => {
  for (const host of HOSTS) {
    it(`can be read: ${host.name}`, async () => {
      const chat = await inbox(host);
      expect(textsOf(chat).length).to.be.greaterThan(60);
      expect(tooWeak(chat, 4.5)).to.deep.equal([]);
    });
  }

  it('takes every public property from any ancestor', async () => {
    const set = {
      accent: 'rgb(120, 20, 60)',
      surface: 'rgb(250, 248, 240)',
      text: 'rgb(10, 20, 30)',
      font: 'monospace',
      'font-size': '16px',
      radius: '2px',
      unit: '5px',
      density: '0',
      'color-scheme': 'light',
      positive: 'rgb(0, 90, 0)',
      warning: 'rgb(120, 70, 0)',
      critical: 'rgb(150, 0, 0)',
      note: 'rgb(90, 90, 0)',
    };
    const box = await fixture<HTMLElement>(html`<div><crm-conversation-list></crm-conversation-list></div>`);
    const list = box.querySelector('crm-conversation-list')!;
    const token = (name: string) => getComputedStyle(list).getPropertyValue(name).trim();
    const derived: Record<string, string> = {
      accent: '--_accent',
      surface: '--_surface',
      text: '--_ink',
      font: '--_font',
      'font-size': '--_fs',
      radius: '--_r',
      unit: '--_u',
      density: '--_d',
      positive: '--_positive',
      warning: '--_warning',
      critical: '--_critical',
      note: '--_note',
    };
    for (const [name, value] of Object.entries(set)) {
      const own = derived[name];
      if (own) expect(['', value], `default of ${name}`).not.to.include(token(own));
      box.style.setProperty(`--crm-${name}`, value);
      if (own) expect(token(own), name).to.equal(value);
    }
    const style = getComputedStyle(list);
    expect([style.colorScheme, style.fontFamily, style.fontSize]).to.deep.equal(['light', 'monospace', '16px']);
  });

  it('gives stronger text and lines where more contrast is asked for, by attribute or by the system', async () => {
    const chat = await inbox({ set: {}, theme: 'light', density: 'comfortable' });
    const line = () => {
      const messages = chat.shadowRoot!.querySelector('crm-chat-messages')!;
      const surface = rgba(getComputedStyle(messages).backgroundColor);
      return ratio(rgba(getComputedStyle(messages).borderInlineStartColor), surface);
    };
    expect(line()).to.be.lessThan(1.6);
    chat.contrast = 'more';
    await chat.updateComplete;
    expect(line()).to.be.greaterThan(3);
    expect(tooWeak(chat, 5)).to.deep.equal([]);
    chat.contrast = undefined;
    await chat.updateComplete;
    expect(line()).to.be.lessThan(1.6);
  });

  it('moves nothing where motion is not wanted', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    const chat = await inbox({ set: {}, theme: 'light', density: 'comfortable' });
    const moving = ['crm-conversation-list', 'crm-chat-messages', 'crm-client-panel'].flatMap((tag) =>
      [...panel(chat, tag)!.querySelectorAll('*')].filter((element) => {
        const { transitionDuration, animationName, animationDuration } = getComputedStyle(element);
        const seconds = (list: string) => Math.max(...list.split(',').map(parseFloat));
        return seconds(transitionDuration) > 0.001 || (animationName !== 'none' && seconds(animationDuration) > 0.001);
      }),
    );
    expect(moving.map((element) => `${element.localName}.${element.className}`)).to.deep.equal([]);
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('keeps shapes where the system forces its colours', async () => {
    await emulateMedia({ forcedColors: 'active' });
    const chat = await inbox({ set: {}, theme: 'light', density: 'comfortable' });
    const messages = panel(chat, 'crm-chat-messages')!;
    const bubbles = [...messages.querySelectorAll('.bub')];
    expect(bubbles.length).to.be.greaterThan(2);
    const flat = bubbles.filter(
      (bubble) =>
        !bubble.matches('.bub--img, .bub--emoji') && parseFloat(getComputedStyle(bubble).borderTopWidth) < 0.5,
    );
    expect(flat.map((bubble) => bubble.className)).to.deep.equal([]);
    expect(tooWeak(chat, 4.5)).to.deep.equal([]);
    await emulateMedia({ forcedColors: 'none' });
  });
});
