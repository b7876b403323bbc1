import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { html, svg, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icon, iconAlert, iconX } from '../bits/icons.js';
import { iconCheck, iconMic, iconPause, iconTrash } from '../bits/more-icons.js';
import { duration } from '../bits/quantities.js';
import { StorePart } from '../bits/store-part.js';
import { canTryAgain, troubleOf, troubleWords, type Trouble } from './microphone.js';
import type { VoiceRecorder } from './voice-recorder.js';
import { voiceStripStyles } from './voice-strip.styles.js';

const BARS = 44;

/**
 * Stands in the place of the reply field while a voice note is recorded.
 *
 * @internal
 * @tag crm-voice-strip
 */
export class VoiceStrip extends StorePart {
  static override styles = [voiceStripStyles];

  /** The channel's name, for the words. */
  @property({ attribute: false })
  channel = '';

  /** A recorder that nobody has started; or why there is none. */
  @property({ attribute: false })
  prepare: () => VoiceRecorder | Trouble = () => 'unknown';

  /** Told in words, for those who do not see the strip. */
  @property({ attribute: false })
  announce: (words: string) => void = () => undefined;

  /** The strip is to go; nothing is kept. */
  @property({ attribute: false })
  leave: () => void = () => undefined;

  /** The browser's dialog for files, instead. */
  @property({ attribute: false })
  attach: () => void = () => undefined;

  @state()
  private trouble: Trouble | undefined;

  @state()
  private isAsking = false;

  #recorder?: VoiceRecorder;
  #hadFocus = true;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
    this.addEventListener('keydown', this.#pressed);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.role = 'group';
    if (!this.#recorder) void this.#begin();
  }

  /** What is there is kept, however the strip goes. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#recorder?.finish();
  }

  async #begin(): Promise<void> {
    this.trouble = undefined;
    const prepared = this.prepare();
    if (typeof prepared === 'string') return this.#failed(prepared);
    this.#recorder = prepared;
    try {
      await prepared.start();
      if (prepared.state === 'recording') this.announce(msg('Recording'));
    } catch (error) {
      this.#failed(troubleOf(error));
    }
  }

  #failed(trouble: Trouble): void {
    this.trouble = trouble;
    this.announce(troubleWords(trouble, this.channel));
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation(); // the panel's own keys: a letter must not archive what is being answered
    if (event.key !== 'Escape') return;
    event.preventDefault();
    const recorder = this.#recorder;
    if (this.trouble || !recorder || recorder.state === 'waiting') return this.#drop();
    if (this.isAsking) return this.#keep();
    recorder.pause();
    this.isAsking = true;
    this.announce(msg('Discard this recording?'));
  };

  readonly #toggle = (): void => {
    const recorder = this.#recorder;
    if (recorder?.state === 'paused') {
      recorder.resume();
      this.announce(msg('Recording'));
    } else {
      recorder?.pause();
      this.announce(msg('Recording paused'));
    }
  };

  readonly #keep = (): void => {
    this.isAsking = false;
    this.announce(msg('Recording paused'));
  };

  readonly #drop = (): void => {
    this.#recorder?.discard();
    this.leave();
  };

  readonly #finish = (): void => this.#recorder?.finish();

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (this.hasUpdated) this.#hadFocus = this.contains((this.getRootNode() as ShadowRoot).activeElement);
    this.ariaLabel = msg('Voice note');
  }

  /** A button that goes away hands the focus on. */
  protected override updated(): void {
    const { activeElement } = this.getRootNode() as ShadowRoot;
    if (this.#hadFocus && !this.contains(activeElement)) this.querySelector<HTMLElement>('[data-first]')?.focus();
  }

  protected override render(): TemplateResult {
    if (this.trouble) return this.#troubled(this.trouble);
    if (this.isAsking)
      return html`<div class="rec rec--words" part="voice">
        ${icon(iconTrash, 16)}
        <p>${msg('Discard this recording?')} <span class="num">${this.#time}</span></p>
        <span class="rec__acts">
          <button type="button" data-first @click=${this.#keep}>${msg('Keep it')}</button>
          <button type="button" class="is-danger" @click=${this.#drop}>${msg('Discard')}</button>
        </span>
      </div>`;
    const state = this.#recorder?.state ?? 'waiting';
    if (state === 'waiting')
      return html`<div class="rec rec--words" part="voice">
        ${icon(iconMic, 16)}
        <p>${msg('Waiting for the microphone. Allow it where the browser asks.')}</p>
        <span class="rec__acts">
          <button type="button" data-first @click=${this.#drop}>${msg('Cancel')}</button>
        </span>
      </div>`;
    return this.#recording(state === 'paused');
  }

  get #time(): string {
    return duration(Math.floor(this.#recorder?.seconds ?? 0));
  }

  #recording(isPaused: boolean): TemplateResult {
    const toggle = isPaused ? msg('Continue recording') : msg('Pause recording');
    return html`<div class="rec" part="voice">
      ${this.#button(msg('Discard'), icon(iconTrash), this.#drop, 'voice-discard')}
      <i class="rec__d ${isPaused ? 'is-paused' : ''}"></i>
      <span class="num" role="timer" aria-label=${msg('Recorded')}><bdi>${this.#time}</bdi></span>
      ${isPaused ? html`<span class="rec__w">${msg('Paused')}</span>` : ''}${this.#wave()}
      ${this.#button(toggle, icon(isPaused ? iconMic : iconPause), this.#toggle, 'voice-pause')}
      <button
        type="button"
        class="send"
        part="voice-finish"
        data-first
        aria-label=${msg('Finish recording')}
        title=${msg('Finish recording')}
        @click=${this.#finish}
      >
        ${icon(iconCheck)}
      </button>
    </div>`;
  }

  /** The last seconds, the newest at the end. */
  #wave(): TemplateResult {
    const levels = this.#recorder?.levels.slice(-BARS) ?? [];
    return html`<svg
      class="rec__wave"
      viewBox="0 0 174 24"
      preserveAspectRatio="none"
      fill="currentColor"
      aria-hidden="true"
    >
      ${Array.from({ length: BARS }, (_, bar) => {
        const level = levels[bar];
        const height = 2 + 20 * (level ?? 0);
        return svg`<rect x=${bar * 4} y=${12 - height / 2} width="2" height=${height} rx="1" class=${level === undefined ? '' : 'on'}></rect>`;
      })}
    </svg>`;
  }

  #button(label: string, drawing: TemplateResult, act: () => void, part: string): TemplateResult {
    return html`<button type="button" class="ib" part=${part} aria-label=${label} title=${label} @click=${act}>
      ${drawing}
    </button>`;
  }

  #troubled(trouble: Trouble): TemplateResult {
    const again = () => void this.#begin();
    return html`<div class="rec rec--words is-trouble" part="voice">
      ${icon(iconAlert, 16)}
      <p>${troubleWords(trouble, this.channel)}</p>
      <span class="rec__acts">
        ${
          canTryAgain(trouble)
            ? html`<button type="button" data-first @click=${again}>${msg('Try again')}</button>
                <button type="button" @click=${this.attach}>${msg('Attach files')}</button>`
            : html`<button type="button" data-first @click=${this.attach}>${msg('Attach files')}</button>`
        }
      </span>
      ${this.#button(msg('Close'), icon(iconX, 16), this.#drop, 'voice-close')}
    </div>`;
  }
}

if (!customElements.get('crm-voice-strip')) customElements.define('crm-voice-strip', VoiceStrip);

declare global {
  interface HTMLElementTagNameMap {
    'crm-voice-strip': VoiceStrip;
  }
}
