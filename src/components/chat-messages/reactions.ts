import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../store/state.js';
import { plainLabel } from '../bits/plain-label.js';

/** Different signs that are shown; letters of one sign that can be a sign. */
const SIGNS = 8;
const LONG = 16;
const NAMES = 20;

/** What others answered with one sign, counted. `nameOf`: who is meant by an id. */
export function reactions(message: Message, nameOf: (id: string) => string): TemplateResult | typeof nothing {
  const { reactions: given, deletedAt } = message;
  if (!given || given.length === 0 || deletedAt) return nothing;
  const counted = new Map<string, string[]>();
  for (const { emoji, by } of given) {
    const sign = plainLabel(emoji).trim().slice(0, LONG);
    if (!sign) continue;
    counted.set(sign, [...(counted.get(sign) ?? []), plainLabel(nameOf(by))]);
  }
  const shown = [...counted].slice(0, SIGNS);
  const more = counted.size - shown.length;
  return html`<ul class="reacts" part="reactions" aria-label=${msg('Reactions')}>
    ${shown.map(([sign, names]) => {
      const who = names.slice(0, NAMES).join(', ');
      return html`<li class="react" part="reaction" title=${who}>
        <span class="sr">${msg(str`${sign} from ${who}`)}</span><bdi aria-hidden="true">${sign}</bdi>${
          names.length > 1 ? html`<span aria-hidden="true">${names.length}</span>` : nothing
        }
      </li>`;
    })}${more > 0 ? html`<li class="react">+${more}</li>` : nothing}
  </ul>`;
}
