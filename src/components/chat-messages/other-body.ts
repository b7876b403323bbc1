import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import type { Message } from '../../store/state.js';
import { safeUrl } from '../bits/addresses.js';
import { iconUser } from '../bits/icons.js';
import { iconFile } from '../bits/more-icons.js';
import type { Body, BodyHost } from './body-host.js';
import { fileRow } from './file-row.js';
import { richText } from './rich-text.js';

/** A type nobody here knows: what it is called and what it says. */
export function otherBody(message: Message, host: BodyHost): Body {
  const { metadata } = message;
  const isCard = message.messageType === 'contact';
  const name = isCard ? msg('Contact card') : metadata?.fileName || message.messageType;
  const url = safeUrl(metadata?.fileUrl ?? metadata?.imageUrl ?? metadata?.audioUrl);
  return {
    content: html`${fileRow({ name, detail: '', url, drawing: isCard ? iconUser : iconFile }, host)}${
      message.content
        ? html`<div class="under">${richText(message.content, host, { markup: host.markup })}</div>`
        : nothing
    }`,
  };
}
