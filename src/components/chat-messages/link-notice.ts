import { msg } from '@lit/localize';
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Link } from '../../store/state.js';
import { icon, iconAlert, iconWifiOff } from '../bits/icons.js';
import { whyNot } from '../bits/refusal.js';

/** A break shorter than this is nobody's business. */
const PATIENCE_MS = 1500;
const BACK_MS = 4000;

/** Says what is wrong with the connection, once it has been wrong for a while, and that it is well again. */
export class LinkNotice implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer?: ReturnType<typeof setTimeout>;
  #down = false;
  #back = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#down = false;
    this.#back = false;
  }

  /** Call it while rendering. */
  note(link: Link | undefined): void {
    const away =
      link?.status === 'offline' || link?.status === 'closed' || (link?.status === 'connecting' && this.#down);
    if (away && !this.#down && this.#timer === undefined) {
      this.#back = false;
      this.#later(PATIENCE_MS, () => (this.#down = true));
    } else if (!away && link?.status !== 'connecting') {
      if (this.#timer !== undefined && !this.#back) {
        clearTimeout(this.#timer);
        this.#timer = undefined;
      }
      if (this.#down && link?.status === 'online') {
        this.#back = true;
        this.#later(BACK_MS, () => (this.#back = false));
      }
      this.#down = false;
    }
  }

  /** The strip under the header. `unsafe`: messages wait in a place that does not survive the page. */
  strip(link: Link | undefined, unsafe: boolean): TemplateResult | typeof nothing {
    if (link?.status === 'refused') {
      return html`<div class="banner banner--crit" part="strip" role="alert">
        ${icon(iconAlert)}<span>${whyNot(link.error, this.#host) || msg('The server refused to connect.')}</span>
      </div>`;
    }
    if (!this.#down) return nothing;
    return html`<div class="banner" part="strip" role="status">
        ${icon(iconWifiOff)}<span
          >${
            navigator.onLine
              ? msg('The server cannot be reached. Messages wait here and go out when it is back.')
              : msg('You are offline. Messages wait here and go out when you are back.')
          }</span
        >
      </div>
      ${
        unsafe
          ? html`<div class="banner" part="strip" role="status">
              ${icon(iconAlert)}<span
                >${msg('This browser cannot keep waiting messages. Leave the page open until they are sent.')}</span
              >
            </div>`
          : nothing
      }`;
  }

  /** Said politely, never shown. */
  get words(): string {
    return this.#back ? msg('Back online') : '';
  }

  get down(): boolean {
    return this.#down;
  }

  #later(ms: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      then();
      this.#host.requestUpdate();
    }, ms);
  }
}
