/** What is inside a bubble, by message type. */
import { msg } from '@lit/localize';
import { html } from 'lit';
import type { Message } from '../../store/state.js';
import { icon } from '../bits/icons.js';
import { iconTrash } from '../bits/more-icons.js';
import type { Body, BodyHost, MakeBody } from './body-host.js';
import { fileBody } from './file-row.js';
import { laterBody } from './later-body.js';
import { otherBody } from './other-body.js';
import { pictureBody } from './picture-body.js';
import { richText } from './rich-text.js';

const BODIES: Readonly<Record<string, MakeBody>> = {
  text: (message, host) => ({ content: richText(message.content, host, { markup: host.markup }) }),
  image: pictureBody,
  file: fileBody,
  audio: (message, host) => laterBody(message, host),
  email: (message, host) => laterBody(message, host),
  location: (message, host) => laterBody(message, host),
  contact: (message, host) => laterBody(message, host),
};

export function messageBody(message: Message, host: BodyHost): Body {
  if (message.deletedAt)
    return { content: html`<span class="gone">${icon(iconTrash, 14)}${msg('This message was deleted')}</span>` };
  if (host.leaving) return laterBody(message, host, 'upload');
  const make = Object.hasOwn(BODIES, message.messageType) ? BODIES[message.messageType] : undefined;
  return (make ?? otherBody)(message, host);
}
