import { expect } from '@open-wc/testing';
import { CrmMessageSendEvent } from './events.js';

describe('public events', () => {
  it('carry their detail, with its type, to element, document and window', () => {
    const heard: string[] = [];
    const element = document.body.appendChild(document.createElement('div'));
    element.addEventListener('crm-message-send', (event) => heard.push(event.detail.content));
    document.addEventListener('crm-message-send', (event) => heard.push(event.detail.content), { once: true });
    window.addEventListener('crm-message-send', (event) => heard.push(event.detail.content), { once: true });
    element.dispatchEvent(new CrmMessageSendEvent({ conversationId: 'one', content: 'hi', messageType: 'text' }));
    element.remove();
    expect(heard).to.deep.equal(['hi', 'hi', 'hi']);
  });
});
