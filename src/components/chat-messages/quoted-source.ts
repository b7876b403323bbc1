import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { ChannelSheet } from '../../contract/index.js';
import type { Message } from '../../store/state.js';
import { previewOf } from '../bits/preview.js';
import { icon } from '../bits/icons.js';
import { readMarkup } from './markup.js';

/** What a reply answers: who said it, a line or two of it, and the way there. */
export function quotedSource(
  source: Message | undefined,
  name: string,
  markup: ChannelSheet['markup'],
  jump: () => void,
): TemplateResult {
  const { text, icon: drawing } = source ? previewOf(source) : { text: msg('An earlier message'), icon: undefined };
  const words =
    markup === 'whatsapp'
      ? readMarkup(text)
          .map((piece) => piece.text)
          .join('')
      : text;
  return html`<button type="button" class="quote" part="quote" title=${msg('Go to this message')} @click=${jump}>
    ${name ? html`<b><bdi>${name}</bdi></b>` : nothing}<span dir="auto"
      >${drawing ? icon(drawing, 14) : nothing}${words}</span
    >
  </button>`;
}
