import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../store/state.js';
import { previewOf } from '../bits/preview.js';
import { icon } from '../bits/icons.js';

/** What a reply answers: who said it, a line or two of it, and the way there. */
export function quotedSource(source: Message | undefined, name: string, jump: () => void): TemplateResult {
  const { text, icon: drawing } = source ? previewOf(source) : { text: msg('An earlier message'), icon: undefined };
  return html`<button type="button" class="quote" part="quote" title=${msg('Go to this message')} @click=${jump}>
    ${name ? html`<b><bdi>${name}</bdi></b>` : nothing}<span dir="auto"
      >${drawing ? icon(drawing, 14) : nothing}${text}</span
    >
  </button>`;
}
