/** Who is writing: the contact as a bubble to come, colleagues as a line; and how often that is read out. */
import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { ChatStore } from '../../store/chat-store.js';
import type { Typist } from '../../store/state.js';
import { contactAvatar } from '../bits/avatar.js';
import { firstName } from '../bits/first-name.js';
import type { Contact } from './row-frame.js';

const AGAIN_MS = 30_000;

export function typingWords(typist: Typist, contact: Contact, store: ChatStore): string {
  if (typist.senderType !== 'agent') return msg(str`${contact.first || firstName(typist.name ?? '')} is typing`);
  const known = typist.name ?? (typist.senderId ? store.agents.get(typist.senderId)?.name : undefined);
  return known ? msg(str`${firstName(known)} is replying…`) : msg('A colleague is replying…');
}

export function typingTail(
  typists: readonly Typist[],
  contact: Contact,
  store: ChatStore,
): TemplateResult | typeof nothing {
  const theirs = typists.find((typist) => (typist.senderType ?? 'prospect') === 'prospect');
  const agents = typists.filter((typist) => typist.senderType === 'agent');
  if (!theirs && agents.length === 0) return nothing;
  return html`${
    theirs
      ? html`<div class="grp grp--in is-first" part="typing">
          ${contactAvatar(contact, 24)}
          <div class="grp__b">
            <div class="bub">
              <span class="typing"><i></i><i></i><i></i></span>
            </div>
            <div class="meta"><span>${typingWords(theirs, contact, store)}</span></div>
          </div>
        </div>`
      : nothing
  }${agents.map(
    (agent) => html`<div class="event" part="typing"><span>${typingWords(agent, contact, store)}</span></div>`,
  )}`;
}

/** Typing comes and goes by the second: it is read out once in a while. */
export class TypingAloud {
  /** What is read out now. */
  words = '';
  #at = -Infinity;

  hear(typist: Typist | undefined, now: number, words: (typist: Typist) => string): void {
    if (!typist) this.words = '';
    else if (now - this.#at >= AGAIN_MS) {
      this.#at = now;
      this.words = words(typist);
    }
  }
}
