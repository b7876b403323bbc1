import type { LitElement, ReactiveController } from 'lit';
import { onWords, tell } from '../locales/languages.js';
import { speak, type Voice } from '../locales/voice.js';
import { goodLocale } from './bad-input.js';

/** What a host chose for an element (`locale`, `time-zone`), or what a panel found out for all its parts. */
const voices = new WeakMap<Element, Voice>();

/** Makes this the voice of an element and what is inside it; when it changes, everything that speaks renders again. */
export function giveVoice(element: Element, voice: Voice): void {
  const known = voices.get(element);
  if (known?.locale === voice.locale && known?.timeZone === voice.timeZone) return;
  voices.set(element, voice);
  tell();
}

/** One's own voice, before the first part is drawn: nobody can have spoken in another one. */
export function startVoice(element: Element, voice: Voice): void {
  if (voices.has(element)) giveVoice(element, voice);
  else voices.set(element, voice);
}

/** One step outwards, through slots and shadow roots. */
export function outwards(element: Element): Element | undefined {
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : undefined;
}

/** The first thing anybody around an element says, itself included. */
function nearest(element: Element, said: (at: Element) => string | null | undefined): string | undefined {
  for (let at: Element | undefined = element; at; at = outwards(at)) {
    const answer = said(at);
    if (answer) return answer;
  }
  return undefined;
}

/**
 * The language of texts, dates, numbers and amounts: the one that was chosen, else the page's. Where the page says only
 * `en`, the agent's own `en-GB` decides between 18:20 and 6:20 PM.
 */
export function localeFor(element: Element, chosen: string | undefined): string | undefined {
  return nearest(element, (at) => voices.get(at)?.locale) ?? chosen ?? pageLocale(element);
}

/** What a panel speaks: its own choice, else that of who is around it, else its store's, else the page's. */
export function panelVoice(
  panel: Element,
  own: { locale?: string | undefined; timeZone?: string | undefined },
  chosen: string | undefined,
): Voice {
  const around = outwards(panel);
  return {
    locale: own.locale || (around && nearest(around, (at) => voices.get(at)?.locale)) || chosen || pageLocale(panel),
    timeZone: around ? zoneFor(around, own.timeZone) : own.timeZone,
  };
}

function pageLocale(element: Element): string | undefined {
  const page = goodLocale(nearest(element, (at) => at.getAttribute('lang')));
  return navigator.languages.find((own) => !page || own === page || own.startsWith(`${page}-`)) ?? page;
}

const zones = new Map<string, boolean>();
function isZone(name: string): boolean {
  let good = zones.get(name);
  if (good === undefined) {
    try {
      good = Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
    } catch {
      good = false;
      console.warn(`crm-chat: there is no time zone "${name}"; the browser's is used.`);
    }
    zones.set(name, good);
  }
  return good;
}

/** The time zone chosen for an element or around it; undefined: the browser's. */
export function zoneFor(element: Element, chosen?: string): string | undefined {
  const zone = chosen || nearest(element, (at) => voices.get(at)?.timeZone);
  return zone && isZone(zone) ? zone : undefined;
}

/** What an inner element needs to be in its panel's language: it speaks in it, and renders again when words change. */
export class Speaker implements ReactiveController {
  readonly #host: LitElement;
  readonly #voice: () => Voice;
  #stop: (() => void) | undefined;

  constructor(
    host: LitElement,
    voice: () => Voice = () => ({ locale: localeFor(host, undefined), timeZone: zoneFor(host) }),
  ) {
    this.#host = host;
    this.#voice = voice;
    host.addController(this);
  }

  /** Texts of the next handler are this element's too. */
  speak = (): void => speak(this.#voice());

  hostConnected(): void {
    this.#stop ??= onWords(() => this.#host.requestUpdate());
  }

  hostUpdate(): void {
    this.speak();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
