import { msg, str, updateWhenLocaleChanges } from '@lit/localize';
import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { icon } from '../bits/icons.js';
import { iconPause, iconPlay } from '../bits/more-icons.js';
import { duration } from '../bits/quantities.js';
import { StorePart } from '../bits/store-part.js';
import { AudioPlayer } from '../chat-messages/audio-player.js';

const KEY = 'preview';

const styles = css`
  crm-sound-preview {
    flex: none;
    display: flex;
    align-items: center;
    gap: var(--_s2);
  }
  crm-sound-preview button {
    display: grid;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    border-radius: 50%;
    background: var(--_text-2);
    color: var(--_bg);
  }
  .tray crm-sound-preview .is-bad {
    color: var(--_crit-text);
  }
  @media (pointer: coarse) {
    crm-sound-preview button {
      inline-size: 40px;
      block-size: 40px;
    }
  }
  @media (forced-colors: active) {
    crm-sound-preview button {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;

/**
 * Plays a sound that waits in the tray.
 *
 * @internal
 * @tag crm-sound-preview
 */
export class SoundPreview extends StorePart {
  static override styles = [styles];

  @property({ attribute: false })
  sound?: Blob;

  /** Seconds; 0: known when it is played. */
  @property({ attribute: false })
  length = 0;

  @property({ attribute: false })
  name = '';

  readonly #player = new AudioPlayer();
  #address = '';

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#silence();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('sound')) this.#silence();
  }

  /** Silent, and nothing of it is kept. */
  #silence(): void {
    this.#player.stop();
    if (this.#address) URL.revokeObjectURL(this.#address);
    this.#address = '';
  }

  readonly #toggle = (): void => {
    if (!this.sound) return;
    this.#address ||= URL.createObjectURL(this.sound);
    this.#player.toggle(KEY, this.#address);
  };

  protected override render(): TemplateResult {
    const now = this.read(this.#player.$now);
    const isRunning = now !== null && !now.paused && !now.failed;
    const words = isRunning ? msg(str`Pause ${this.name}`) : msg(str`Play ${this.name}`);
    const time = now && (isRunning || now.at > 0) ? now.at : this.length;
    return html`<button type="button" part="attachment-play" aria-label=${words} title=${words} @click=${this.#toggle}>
        ${icon(isRunning ? iconPause : iconPlay, 16)}
      </button>
      ${
        now?.failed
          ? html`<small class="is-bad" role="status">${msg('This recording is not available')}</small>`
          : html`<small class="num"><bdi>${duration(time)}</bdi></small>`
      }`;
  }
}

if (!customElements.get('crm-sound-preview')) customElements.define('crm-sound-preview', SoundPreview);

declare global {
  interface HTMLElementTagNameMap {
    'crm-sound-preview': SoundPreview;
  }
}
