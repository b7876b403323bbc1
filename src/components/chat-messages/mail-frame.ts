import { msg, str } from '@lit/localize';
import { html, nothing, render, type TemplateResult } from 'lit';
import { define } from '../../controllers/chat-element.js';
import { foldedPart } from '../bits/first-part.js';
import { icon } from '../bits/icons.js';
import { iconImage } from '../bits/more-icons.js';
import { dots, type MailSettings } from './mail-body.js';
import { mailPage, type Inline, type MailLook, type MailPage } from './mail-page.js';
import { cleanMail, isRemote, swells, trusted, weigh, type CleanMail } from './mail-sanitiser.js';

/** Pixels from which a mail is folded, and so many more before it is worth a button. */
const FOLD_AT = 400;
const FOLD_SLACK = 60;
/** Letters of a mail that is shown as words. */
const WORDS_MOST = 20_000;
const unfolding = (whole: boolean, toggle: MailSettings['toggle']): TemplateResult =>
  html`<button
    type="button"
    class="link unfold"
    part="show-more"
    aria-expanded=${whole ? 'true' : 'false'}
    @click=${() => toggle('whole')}
  >
    ${whole ? msg('Show less') : msg('Show more')}
  </button>`;
/** Pictures whose sizes are asked for before they are shown. */
const SIZED = 60;

/**
 * An e-mail's HTML, sanitised, in a sandboxed frame. It draws at once when it is put in, at its final height, so that the
 * log can measure it like any other row.
 *
 * @internal
 * @tag crm-mail-frame
 */
export class MailFrame extends HTMLElement {
  // Without first values, which would write over what was set before the element was defined.
  page?: string;
  /** The same mail as words, for when its HTML cannot be shown. */
  plain?: string;
  label?: string;
  /** Pictures that came with the mail and may be shown at once, by content id. */
  inline?: Inline;
  locale?: string | undefined;

  #settings: MailSettings = { images: false, quoted: false, whole: false, heavy: false, toggle: () => undefined };
  #sides: Map<string, readonly [number, number]> | undefined;
  /** The same of those that came with the mail. */
  readonly #inlineSides = new Map<string, readonly [number, number]>();
  /** Whose sizes were asked for, and those that have come or never will. */
  readonly #inlineAsked = new Set<string>();
  #inlineReady: Inline = new Map();
  /** What the page was made from, and the page. */
  #drawn = '';
  #mail: CleanMail | undefined;
  #made: MailPage = { text: '', height: 0 };
  /** What is in which frame. */
  #shown = '';
  #frame: HTMLIFrameElement | undefined;
  #width = 0;
  readonly #gauge = document.createElement('div');
  readonly #watch = new ResizeObserver(() => this.#resized());

  /** Set last, so it is what draws. */
  set settings(settings: MailSettings) {
    this.#settings = settings;
    if (this.isConnected) this.#draw();
  }

  connectedCallback(): void {
    if (Object.hasOwn(this, 'settings')) {
      const early = (this as unknown as { settings: MailSettings }).settings;
      Reflect.deleteProperty(this, 'settings');
      this.#settings = early;
    }
    this.#gauge.className = 'mail__gauge';
    this.#gauge.ariaHidden = 'true';
    this.#draw();
    this.#watch.observe(this);
    // Colours do not reach into the frame: a change of theme draws it again (a transition of no length tells of it).
    this.addEventListener('transitionend', this.#recoloured);
  }

  disconnectedCallback(): void {
    // A frame that is moved loses what was in it.
    this.#shown = '';
    this.#watch.disconnect();
    this.removeEventListener('transitionend', this.#recoloured);
  }

  readonly #recoloured = (event: TransitionEvent): void => {
    if (event.target === this && event.propertyName === 'color') this.#draw();
  };

  #resized(): void {
    if (Math.abs(this.clientWidth - this.#width) >= 1) this.#draw();
  }

  #draw(): void {
    const { page: source = '' } = this;
    const weight = weigh(source);
    const fits = weight === 'light' || (weight === 'heavy' && this.#settings.heavy);
    const mail = fits ? cleanMail(source) : undefined;
    if (mail) this.#drawPage(mail);
    else this.#drawWords(weight === 'heavy' && !this.#settings.heavy);
  }

  #drawWords(heavy: boolean): void {
    this.#drawn = '';
    const all = (this.plain ?? '').slice(0, WORDS_MOST);
    const part = foldedPart(all);
    const { whole, toggle } = this.#settings;
    const words = whole ? all : part;
    render(
      html`<p class="txt ${words === all ? '' : 'is-folded'}" dir="auto">${words || msg('This email has no text.')}</p>
        ${part === all ? nothing : unfolding(whole, toggle)}${
          heavy
            ? html`<button type="button" class="link unfold" @click=${() => toggle('heavy')}>
                ${msg('Show this long email as it was sent')}
              </button>`
            : nothing
        }`,
      this,
    );
  }

  #drawPage(mail: CleanMail): void {
    const { images, quoted, whole } = this.#settings;
    if (images && !this.#sides) void this.#askSides(mail);
    void this.#askInline();
    this.#width = this.clientWidth;
    render(this.#around(mail), this);
    const look = this.#look();
    const shows = images && this.#sides !== undefined;
    // Rows are drawn again for many reasons; the page only when something of it has changed.
    const drawn = JSON.stringify([shows && this.#sides?.size, quoted, this.#width, look, [...this.#inlineReady]]);
    if (drawn !== this.#drawn || mail !== this.#mail) {
      this.#drawn = drawn;
      this.#mail = mail;
      const parts = quoted && mail.quoted ? [mail.own, mail.quoted] : [mail.own];
      // The gauge is laid out where the frame is, so it stands in the element while it measures.
      this.append(this.#gauge);
      const sides = new Map([...(this.#sides ?? []), ...this.#inlineSides]);
      this.#made = mailPage(parts, look, shows, this.#width || 600, sides, this.#gauge, this.#inlineReady);
      this.#gauge.remove();
    }
    const { text, height } = this.#made;
    const tall = height > FOLD_AT + FOLD_SLACK;
    const frame = this.querySelector('iframe');
    const more = this.querySelector<HTMLElement>('.unfold');
    if (!frame || !more) return;
    more.hidden = !tall;
    frame.style.blockSize = `${tall && !whole ? FOLD_AT : height}px`;
    frame.classList.toggle('is-cut', tall && !whole);
    if (text === this.#shown && frame === this.#frame) return;
    this.#shown = text;
    this.#frame = frame;
    // What was taken out may have held it together: it is read once more in there.
    frame.srcdoc = swells(text) ? '' : trusted(text);
  }

  #around(mail: CleanMail): TemplateResult {
    const { images, quoted, whole, toggle } = this.#settings;
    return html`${
        mail.remote > 0 && !images
          ? html`<div class="mail__ask" part="images-ask">
              ${icon(iconImage, 16)}<span class="grow"
                >${
                  mail.remote === 1
                    ? msg('One picture from outside is not shown: it would tell the sender that you read this.')
                    : msg(
                        str`${mail.remote} pictures from outside are not shown: they would tell the sender that you read this.`,
                      )
                }</span
              ><button type="button" class="link" part="images-show" @click=${() => toggle('images')}>
                ${msg('Show pictures')}
              </button>
            </div>`
          : nothing
      }<iframe
        class="mail__page"
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerpolicy="no-referrer"
        scrolling="no"
        title=${this.label ?? ''}
      ></iframe
      >${unfolding(whole, toggle)}${mail.quoted ? dots(quoted, () => toggle('quoted')) : nothing}`;
  }

  /** The agent wants to see the pictures: their sizes first, so that the frame has its height before they are in it. */
  async #askSides(mail: CleanMail): Promise<void> {
    const sides = (this.#sides = new Map());
    const sources = [mail.own, mail.quoted].flatMap((part) =>
      [...(part?.querySelectorAll('img') ?? [])].map((image) => image.getAttribute('src') ?? ''),
    );
    await Promise.all([...new Set(sources.filter(isRemote))].slice(0, SIZED).map((source) => measure(source, sides)));
    if (this.isConnected) this.#draw();
  }

  /** Pictures that came with the mail: shown once their sizes are known; links that were made anew are other ones. */
  async #askInline(): Promise<void> {
    const all = [...(this.inline ?? [])].slice(0, SIZED);
    const fresh = all.filter(([, source]) => !this.#inlineAsked.has(source));
    if (fresh.length === 0) return;
    for (const [, source] of fresh) this.#inlineAsked.add(source);
    await Promise.all(fresh.map(([, source]) => measure(source, this.#inlineSides)));
    this.#inlineReady = new Map(all.filter(([, source]) => this.#inlineSides.has(source)));
    if (this.isConnected) this.#draw();
  }

  #look(): MailLook {
    const style = getComputedStyle(this);
    const card = this.closest('.mail');
    const [text, luminance] = painted(style.color);
    const [ground] = painted(card ? getComputedStyle(card).backgroundColor : 'Canvas');
    const [link] = painted(style.getPropertyValue('outline-color') || style.color);
    return {
      text,
      ground,
      link,
      font: style.fontFamily,
      size: parseFloat(style.fontSize) || 14,
      dark: luminance > 0.5,
      lang: this.locale ?? '',
    };
  }
}

const measure = (source: string, sides: Map<string, readonly [number, number]>): Promise<void> =>
  new Promise((done) => {
    const image = new Image();
    image.referrerPolicy = 'no-referrer';
    image.onload = () => done(void sides.set(source, [image.naturalWidth, image.naturalHeight]));
    image.onerror = () => done();
    image.src = source;
  });

let brush: CanvasRenderingContext2D | null | undefined;

/** Any CSS colour as `#rrggbb`, and how bright it is, 0 to 1. */
function painted(colour: string): [hex: string, luminance: number] {
  brush ??= Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', {
    willReadFrequently: true,
  });
  if (!brush) return ['#000000', 0];
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = colour;
  brush.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = brush.getImageData(0, 0, 1, 1).data;
  const hex = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  return [hex, (0.299 * red + 0.587 * green + 0.114 * blue) / 255];
}

define('crm-mail-frame', MailFrame);

declare global {
  interface HTMLElementTagNameMap {
    'crm-mail-frame': MailFrame;
  }
}
