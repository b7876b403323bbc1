/** What is told of new messages outside the panels: the page's title, a sound, the desktop; and what the host is asked first. */
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import { createDesk, deskTransport } from '../../testing/index.js';
import '../conversation-list/conversation-list.js';
import './chat-provider.js';
import type { CrmChatProvider } from './chat-provider.js';

const WAIT = { timeout: 8000 };

describe('telling of new messages outside the panels', () => {
  const office = async (notify: string) => {
    const desk = createDesk();
    const { id } = desk.addConversation({ prospectId: desk.addContact({ name: 'Ana' }).id });
    desk.addMessage(id, { content: 'Hello' });
    const transport = deskTransport(desk, { agentId: 'agent-1' });
    const provider = await fixture<CrmChatProvider>(
      html`<crm-chat-provider .transport=${transport} agent-id=${crypto.randomUUID()}
        ><crm-conversation-list></crm-conversation-list
      ></crm-chat-provider>`,
    );
    await waitUntil(() => provider.chat?.$inbox.get().ready, undefined, WAIT);
    if (notify) provider.notify = notify;
    await provider.updateComplete;
    return { desk, id, provider, unread: () => provider.chat!.$unreadTotal.get() };
  };

  it('counts in the title only when asked to, and gives the title back', async () => {
    const before = document.title;
    document.title = 'My CRM';
    const { desk, id, provider, unread } = await office('');
    await waitUntil(() => unread() > 0, undefined, WAIT);
    expect(document.title).to.equal('My CRM');
    provider.notify = 'title';
    await waitUntil(() => document.title === `(${unread()}) My CRM`, undefined, WAIT);
    desk.customerSays(id, 'And now?');
    await waitUntil(() => document.title === `(${unread()}) My CRM` && unread() > 1, undefined, WAIT);
    provider.notify = undefined;
    await waitUntil(() => document.title === 'My CRM', undefined, WAIT);
    document.title = before;
  });

  it('asks the host first for each new message, not for what was there, and says when sound is blocked', async () => {
    const { desk, id, provider } = await office('sound');
    const told: string[] = [];
    provider.addEventListener('crm-notify', (event) => told.push(`${event.detail.title}: ${event.detail.body}`));
    const blocked = oneEvent(provider, 'crm-sound-blocked');
    // The code of notifications is on its way: only what comes after it is news.
    await import('./notifications.js');
    await provider.updateComplete;
    desk.customerSays(id, 'First news', { timestamp: new Date(Date.now() + 5000).toISOString() });
    await blocked;
    expect(told).to.deep.equal(['New message from Ana: First news']);
    provider.addEventListener('crm-notify', (event) => event.preventDefault());
    let sounded = false;
    provider.addEventListener('crm-sound-blocked', () => (sounded = true));
    desk.customerSays(id, 'Second news', { timestamp: new Date(Date.now() + 9000).toISOString() });
    await waitUntil(() => told.length === 2, undefined, WAIT);
    expect(sounded).to.equal(false);
  });

  it('asks for permission only when a button of the host says so, and shows nothing on the desktop without it', async () => {
    const { Notification } = window;
    const asked: string[] = [];
    const shown: string[] = [];
    let closed = 0;
    const allow = (permission: NotificationPermission) =>
      Object.defineProperty(window, 'Notification', {
        configurable: true,
        writable: true,
        value: class extends EventTarget {
          static permission = permission;
          static requestPermission = async () => asked.push(permission) && permission;
          constructor(title: string) {
            super();
            shown.push(title);
          }
          close() {
            closed++;
          }
        },
      });
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    try {
      allow('default');
      const { desk, id, provider } = await office('desktop');
      await import('./notifications.js');
      await provider.updateComplete;
      const told: string[] = [];
      provider.addEventListener('crm-notify', (event) => told.push(event.detail.body));
      desk.customerSays(id, 'First news', { timestamp: new Date(Date.now() + 5000).toISOString() });
      await waitUntil(() => told.length === 1, undefined, WAIT);
      expect(asked, 'nobody was asked unasked').to.deep.equal([]);
      allow('granted');
      expect(await provider.askForNotifications()).to.equal('granted');
      expect(asked).to.deep.equal(['granted']);
      desk.customerSays(id, 'Second news', { timestamp: new Date(Date.now() + 9000).toISOString() });
      await waitUntil(() => shown.length > 0, undefined, WAIT);
      expect(shown, 'only of what came after').to.deep.equal(['New message from Ana']);
      expect(closed).to.equal(0);
      await provider.chat!.reset();
      expect(closed, 'nothing stays on the desktop when the agent has gone').to.equal(1);
    } finally {
      Reflect.deleteProperty(document, 'visibilityState');
      Object.defineProperty(window, 'Notification', { configurable: true, writable: true, value: Notification });
    }
  });
});

describe('telling of new messages from the first moment on', () => {
  it('tells all that come after one that says it is from the future', async () => {
    const desk = createDesk();
    const [id, other] = ['Ana', 'Bo'].map((name) => {
      const added = desk.addConversation({ prospectId: desk.addContact({ name }).id });
      desk.addMessage(added.id, { content: 'Hello' });
      return added.id;
    }) as [string, string];
    const told: string[] = [];
    const provider = await fixture<CrmChatProvider>(
      html`<crm-chat-provider
        .transport=${deskTransport(desk, { agentId: 'agent-1' })}
        agent-id=${crypto.randomUUID()}
        notify="sound"
        @crm-notify=${(event: HTMLElementEventMap['crm-notify']) => told.push(event.detail.body)}
        ><crm-conversation-list></crm-conversation-list
      ></crm-chat-provider>`,
    );
    await waitUntil(() => provider.chat?.conversations.$ids.get().length === 2, undefined, WAIT);
    await waitUntil(() => provider.chat?.$inbox.get().ready, undefined, WAIT);
    await import('./notifications.js');
    await provider.updateComplete;
    const says = async (where: string, content: string, timestamp: string) => {
      const before = told.length;
      desk.customerSays(where, content, { timestamp });
      await waitUntil(() => told.length > before, content, WAIT);
    };
    await says(id, 'From far ahead', '2131-01-01T00:00:00.000Z');
    await says(other, 'After it', new Date().toISOString());
    await says(id, 'After it, in the same conversation', new Date().toISOString());
    const { id: late } = desk.addConversation({ prospectId: desk.addContact({ name: 'Cy' }).id });
    await says(late, 'After it, in a new conversation', new Date(Date.now() + 1000).toISOString());
    expect(told).to.have.length(4);
  });

  it('tells nothing that was there when the page was opened', async () => {
    const desk = createDesk();
    const { id } = desk.addConversation({ prospectId: desk.addContact({ name: 'Ana' }).id });
    desk.addMessage(id, { content: 'Hello' });
    const transport = deskTransport(desk, { agentId: 'agent-1' });
    const told: string[] = [];
    const provider = await fixture<CrmChatProvider>(
      html`<crm-chat-provider
        .transport=${transport}
        agent-id=${crypto.randomUUID()}
        notify="sound"
        @crm-notify=${(event: HTMLElementEventMap['crm-notify']) => told.push(event.detail.body)}
        ><crm-conversation-list></crm-conversation-list
      ></crm-chat-provider>`,
    );
    await waitUntil(() => provider.chat?.conversations.$ids.get().length === 1, undefined, WAIT);
    await waitUntil(() => provider.chat?.$inbox.get().ready, undefined, WAIT);
    await import('./notifications.js');
    await provider.updateComplete;
    desk.customerSays(id, 'News', { timestamp: new Date(Date.now() + 5000).toISOString() });
    await waitUntil(() => told.length > 0, undefined, WAIT);
    expect(told).to.deep.equal(['News']);
  });
});
