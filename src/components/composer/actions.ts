/** The small buttons under the field, each with a place of its own. What they open comes with its first use. */
import { msg } from '@lit/localize';
import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { icon } from '../bits/icons.js';
import { iconBolt, iconClip, iconMic, iconSmile, iconTemplate } from '../bits/more-icons.js';
import type { Writing } from './writing.js';

/** One button of the row. */
export interface ComposerAction {
  readonly name: 'attach' | 'emoji' | 'quick-reply' | 'template' | 'voice';
  readonly drawing: SVGTemplateResult;
  /** Its label and tooltip. */
  words(): string;
  /** Hidden where it could do nothing: asked while the composer is drawn, which reads features and mode before. */
  isShown(writing: Writing): boolean;
  /** What it opens is open now; absent: it opens nothing that stays. */
  isOpen?(writing: Writing): boolean;
  run(writing: Writing, button: HTMLElement): void;
}

/** In the order in which they stand. */
const ACTIONS: readonly ComposerAction[] = [
  {
    name: 'attach',
    drawing: iconClip,
    words: () => msg('Attach files'),
    isShown: ({ files }) => files.canTake,
    run: ({ files }) => files.choose(),
  },
  {
    name: 'emoji',
    drawing: iconSmile,
    words: () => msg('Emoji'),
    isShown: ({ isClosed }) => !isClosed,
    isOpen: ({ popups }) => popups.isOpen('emoji'),
    run: ({ popups }, button) => popups.toggle('emoji', button),
  },
  {
    name: 'quick-reply',
    drawing: iconBolt,
    words: () => msg('Quick replies'),
    isShown: ({ store, mode, isClosed }) =>
      mode === 'reply' && !isClosed && store?.$features.get().quick_replies === true,
    isOpen: ({ popups }) => popups.isOpen('quick-replies'),
    run: ({ popups }, button) => popups.toggle('quick-replies', button),
  },
  {
    name: 'template',
    drawing: iconTemplate,
    words: () => msg('Templates'),
    // Closed, a button with words stands where the field was.
    isShown: (writing) => writing.mode === 'reply' && !writing.isClosed && hasTemplates(writing),
    isOpen: ({ popups }) => popups.isOpen('templates'),
    run: ({ popups }, button) => popups.toggle('templates', button),
  },
  {
    name: 'voice',
    drawing: iconMic,
    words: () => msg('Record a voice note'),
    isShown: ({ files }) => files.takesSound,
    run: ({ popups }, button) => popups.toggle('voice', button),
  },
];

export function actionRow(writing: Writing, actions: readonly ComposerAction[] = ACTIONS): TemplateResult {
  return html`<span class="tools" part="actions"
    >${actions
      .filter((action) => action.isShown(writing))
      .map(
        (action) =>
          html`<button
            type="button"
            class="ib"
            part="action action-${action.name}"
            data-action=${action.name}
            aria-label=${action.words()}
            title=${action.words()}
            @pointerdown=${(event: Event) => event.preventDefault()}
            aria-expanded=${action.isOpen ? `${action.isOpen(writing)}` : nothing}
            @click=${(event: Event) => action.run(writing, event.currentTarget as HTMLElement)}
          >
            ${icon(action.drawing)}
          </button>`,
      )}</span
  >`;
}

/** Only channels that ask for approved messages have them. */
export function hasTemplates({ store, conversationId }: Writing): boolean {
  const platform = store?.conversations.get(conversationId)?.platform;
  if (!store?.$features.get().templates || platform === undefined) return false;
  return store.channel(platform).replyWindow?.after === 'template';
}
