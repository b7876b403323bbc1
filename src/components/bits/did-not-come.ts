import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { Later } from '../../controllers/later.js';

/** In the place of something whose code did not come: a page that went offline, or a host that published anew. */
export function didNotCome(part: Later<unknown>, host: { requestUpdate(): void }): TemplateResult {
  const again = async () => {
    await part.load();
    host.requestUpdate();
  };
  return html`<div class="banner" role="status">
    ${msg('This part did not load.')}<button type="button" @click=${again}>${msg('Try again')}</button>
  </div>`;
}
