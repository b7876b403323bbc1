import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { icon } from '../bits/icons.js';
import { iconChevDown, iconPlus } from '../bits/more-icons.js';
import { recallSections, rememberSections, type SectionId } from './panel-memory.js';

export interface Section {
  readonly id: SectionId;
  readonly title: string;
  readonly count?: number;
  /** A button at the end of the heading, beside the heading's own. */
  readonly act?: { readonly label: string; readonly plus?: boolean; readonly run: () => void };
  /** Asked for only while the section is open. */
  readonly body: () => TemplateResult;
}

/** The accordion: draws its sections and keeps in mind which ones the agent wants to see. */
export class PanelSections implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #agent: () => string;
  #recalledFor: string | undefined;
  #open: Partial<Record<SectionId, boolean>> = {};

  /** @param agent whose choice it is; asked anew each time, because sign-in may come late */
  constructor(host: ReactiveControllerHost, agent: () => string) {
    this.#host = host;
    this.#agent = agent;
    host.addController(this);
  }

  hostConnected(): void {
    // Another panel of the same agent may have changed it since.
    this.#recalledFor = undefined;
  }

  isOpen(id: SectionId): boolean {
    const agent = this.#agent();
    if (agent !== this.#recalledFor) {
      this.#recalledFor = agent;
      this.#open = recallSections(agent);
    }
    return this.#open[id] ?? true;
  }

  open(id: SectionId): void {
    if (!this.isOpen(id)) this.#turn(id, true);
  }

  #turn(id: SectionId, open: boolean): void {
    this.#open = { ...this.#open, [id]: open };
    rememberSections(this.#agent(), this.#open);
    this.#host.requestUpdate();
  }

  render({ id, title, count, act, body }: Section): TemplateResult {
    const open = this.isOpen(id);
    return html`<section class="sec" part="section section-${id}">
      <div class="sec__h">
        <h3>
          <button
            type="button"
            id="head-${id}"
            aria-expanded=${open}
            aria-controls=${open ? `body-${id}` : nothing}
            @click=${() => this.#turn(id, !open)}
          >
            ${icon(iconChevDown, 16, 'chev')}${title}${count === undefined ? nothing : html` <b><bdi>${count}</bdi></b>`}
          </button>
        </h3>
        ${
          act
            ? html`<button
                class="${act.plus ? 'ib' : 'link'} act"
                type="button"
                aria-label=${act.plus ? act.label : nothing}
                title=${act.plus ? act.label : nothing}
                @click=${act.run}
              >
                ${act.plus ? icon(iconPlus) : act.label}
              </button>`
            : nothing
        }
      </div>
      ${open ? html`<div class="sec__b" id="body-${id}" role="group" aria-labelledby="head-${id}">${body()}</div>` : nothing}
    </section>`;
  }
}
