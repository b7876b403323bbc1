import { html } from 'lit';
import type { Message } from '../../store/state.js';
import type { Body, BodyHost } from './body-host.js';
import type * as More from './more-bodies.js';
import { otherBody } from './other-body.js';

/** After a failure, nobody asks again for so long. */
const AGAIN_MS = 30_000;

let more: typeof More | undefined;
let asked: Promise<void> | undefined;
let failedAt = -Infinity;

/** Resolves when the code is there, or has failed to come. */
export function wantMore(): Promise<void> {
  return (asked ??= import('./more-bodies.js').then(
    (come) => void (more = come),
    () => {
      failedAt = Date.now();
      asked = undefined;
    },
  ));
}

/** Room of about the right size while its code is on its way; the plain card if that does not come. */
export function laterBody(message: Message, host: BodyHost): Body {
  const make = more?.MORE[message.messageType];
  if (more && make) {
    host.adopt(more.moreStyles);
    return make(message, host);
  }
  if (Date.now() - failedAt < AGAIN_MS) return otherBody(message, host);
  void wantMore().then(() => host.redraw());
  const content = html`<div class="later later--${message.messageType}"></div>`;
  return message.messageType === 'email' ? { content, look: 'mail' } : { content };
}
