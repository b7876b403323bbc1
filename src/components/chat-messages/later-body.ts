import { html } from 'lit';
import { Later } from '../../controllers/later.js';
import type { Message } from '../../store/state.js';
import type { Body, BodyHost } from './body-host.js';
import { otherBody } from './other-body.js';

const moreBodies = new Later(() => import('./more-bodies.js'));

/** Room of about the right size while its code is on its way; the plain card if that does not come. */
export function laterBody(message: Message, host: BodyHost, kind: string = message.messageType): Body {
  const more = moreBodies.want(host);
  const make = more?.MORE[kind];
  if (more && make) {
    host.adopt(more.moreStyles);
    return make(message, host);
  }
  if (moreBodies.failed) return otherBody(message, host);
  const content = html`<div class="later later--${kind}"></div>`;
  return message.messageType === 'email' ? { content, look: 'mail' } : { content };
}
