import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { contactAvatar } from '../bits/avatar.js';
import { icon } from '../bits/icons.js';
import { iconCheck, iconCopy, iconMail, iconPhone, iconUserCheck } from '../bits/more-icons.js';
import { dateName } from '../bits/moments.js';
import type { Contact } from './contact.js';

/** A way to reach the contact that can be copied. */
export type Reach = 'phone' | 'email';

interface Around {
  readonly locale: string | undefined;
  /** What was copied a moment ago. */
  readonly copied: Reach | undefined;
  readonly copy: (kind: Reach, value: string) => void;
  /** Opens the dialog; absent for those who are clients already. */
  readonly convert?: () => void;
}

/** Who it is: avatar, name, kind, phone and email. */
export function identity(contact: Contact, around: Around): TemplateResult {
  const { id, name, named, isClient, since, phone, email } = contact;
  const { locale, convert } = around;
  return html`<div class="id" part="identity">
    ${contactAvatar({ id, ...(named ? { name } : {}) }, 48)}
    <div class="who">
      <h3 class="cut"><bdi dir="auto">${name}</bdi></h3>
      <div class="id__s">
        <span class="chip ${isClient ? '' : 'chip--acc'}">${isClient ? msg('Client') : msg('Prospect')}</span>
        ${since ? html`<span class="cut">${msg(str`since ${dateName(since, Date.now(), locale)}`)}</span>` : nothing}
      </div>
    </div>
    ${
      phone || email
        ? html`<ul class="id__c">
            ${phone ? reach('phone', phone, around) : nothing}${email ? reach('email', email, around) : nothing}
          </ul>`
        : nothing
    }
    ${
      convert
        ? html`<button
            class="btn btn--tonal btn--wide"
            part="convert"
            type="button"
            aria-haspopup="dialog"
            @click=${convert}
          >
            ${icon(iconUserCheck)}${msg('Convert to client')}
          </button>`
        : nothing
    }
  </div>`;
}

/** One way to reach the contact, and its copy button. */
function reach(kind: Reach, value: string, { copied, copy }: Around): TemplateResult {
  const done = copied === kind;
  const label = done ? msg('Copied') : kind === 'phone' ? msg('Copy phone number') : msg('Copy email address');
  return html`<li>
    ${icon(kind === 'phone' ? iconPhone : iconMail)}<span class="cut"><bdi>${value}</bdi></span
    ><button class="ib" type="button" aria-label=${label} title=${label} @click=${() => copy(kind, value)}>
      ${icon(done ? iconCheck : iconCopy)}
    </button>
  </li>`;
}
