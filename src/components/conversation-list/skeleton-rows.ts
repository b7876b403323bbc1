import { html, type TemplateResult } from 'lit';

/** Rows of the true height that breathe until the real ones are there. */
export const skeletonRows = (count = 8): TemplateResult =>
  html`<div class="cards" part="skeleton" aria-hidden="true">
    ${Array.from(
      { length: count },
      () =>
        html`<div class="card card--sk">
          <span class="sk sk--c"></span><span class="sk sk--name"></span><span class="sk sk--text"></span
          ><span class="sk sk--foot"></span>
        </div>`,
    )}
  </div>`;
