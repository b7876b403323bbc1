import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import { messageAddress } from '../../controllers/message-address.js';
import { nothing } from 'lit';
import { CHANNELS, type ChannelSheet } from '../../contract/index.js';
import { createChatStore, type ChatStore } from '../../store/index.js';
import type { Transport } from '../../transport/index.js';
import { createDesk, deskTransport } from '../../testing/index.js';
import { provideChat } from '../../controllers/chat-context.js';
import '../conversation-list/conversation-list.js';
import type { CrmConversationList } from '../conversation-list/conversation-list.js';
import './chat-provider.js';
import type { CrmChatProvider } from './chat-provider.js';
import { browserVault } from '../../store/browser-vault.js';
import { drawerName, tokenClaims } from './identity.js';

const storeOf = (list: CrmConversationList) => (list as unknown as { chat: unknown }).chat;

describe('how an element finds its store', () => {
  it('takes its own, else the nearest provider’s, else the page’s, else none', async () => {
    const [own, near, page] = [createChatStore(), createChatStore(), createChatStore()];
    const orphan = await fixture<CrmConversationList>(html`<crm-conversation-list></crm-conversation-list>`);
    expect(storeOf(orphan)).to.equal(undefined);
    expect(orphan.shadowRoot!.textContent).not.to.equal('');
    provideChat(document.documentElement, page);
    expect(storeOf(orphan)).to.equal(page);
    const provider = await fixture<CrmChatProvider>(
      html`<crm-chat-provider .store=${near}
        ><div><crm-conversation-list></crm-conversation-list></div
      ></crm-chat-provider>`,
    );
    const list = provider.querySelector('crm-conversation-list')!;
    expect(storeOf(list)).to.equal(near);
    list.store = own;
    expect(storeOf(list)).to.equal(own);
    provideChat(document.documentElement, undefined);
  });

  it('is found by a panel that is moved into it', async () => {
    const near = createChatStore();
    const provider = await fixture<CrmChatProvider>(html`<crm-chat-provider .store=${near}></crm-chat-provider>`);
    const list = await fixture<CrmConversationList>(html`<crm-conversation-list></crm-conversation-list>`);
    provider.append(list);
    expect(storeOf(list)).to.equal(near);
  });

  it('keeps two inboxes on one page apart', async () => {
    const pair = await fixture(
      html`<div>
        <crm-chat-provider .store=${createChatStore()}
          ><crm-conversation-list></crm-conversation-list
        ></crm-chat-provider>
        <crm-chat-provider .store=${createChatStore()}
          ><crm-conversation-list></crm-conversation-list
        ></crm-chat-provider>
      </div>`,
    );
    const [first, second] = [...pair.querySelectorAll('crm-conversation-list')];
    expect(storeOf(first!)).not.to.equal(storeOf(second!));
  });
});

describe('a provider that connects', () => {
  const connected = async () => {
    const desk = createDesk();
    const { id } = desk.addConversation();
    const transport = deskTransport(desk, { agentId: 'agent-1' });
    const provider = await fixture<CrmChatProvider>(
      html`<crm-chat-provider .transport=${transport} agent-id=${crypto.randomUUID()}></crm-chat-provider>`,
    );
    const online = () => provider.chat?.$link.get().status === 'online';
    while (!online()) await oneEvent(provider, 'crm-link-change');
    return { desk, id, provider };
  };

  it('stays connected when it is moved, and lets go when it is removed', async () => {
    const { provider } = await connected();
    const store = provider.chat!;
    const elsewhere = await fixture<HTMLElement>(html`<div></div>`);
    elsewhere.append(provider);
    await Promise.resolve();
    expect(provider.chat).to.equal(store);
    expect(store.$link.get().status).to.equal('online');
    provider.remove();
    await Promise.resolve();
    expect(store.$link.get().status).to.equal('closed');
    expect(provider.chat).to.equal(undefined);
  });

  it('tells the host when the token is refused, and when a payload was dropped', async () => {
    const { desk, provider } = await connected();
    setTimeout(() => desk.emitRaw('new_message', { nonsense: true }));
    const problem = await oneEvent(provider, 'crm-protocol-error');
    expect(problem.detail.event).to.equal('new_message');
    setTimeout(() => desk.refuse('TOKEN_EXPIRED', 'The token has expired.'));
    const refused = await oneEvent(provider, 'crm-token-refused');
    expect(refused.detail).to.deep.equal({ code: 'TOKEN_EXPIRED', message: 'The token has expired.' });
  });

  it('takes properties that were set before it was defined', () => {
    const early = document.createElement('crm-chat-provider');
    const store = createChatStore();
    Object.defineProperty(early, 'store', { value: store, writable: true, configurable: true, enumerable: true });
    document.body.append(early);
    expect(Object.hasOwn(early, 'store')).to.equal(false);
    expect(early.store).to.equal(store);
    early.remove();
  });

  it('leaves the address alone unless it is asked, then follows it and writes it', async () => {
    const { id, provider } = await connected();
    const before = location.href;
    provider.chat!.setActiveConversation(id);
    expect(location.href).to.equal(before);
    provider.routing = 'hash';
    provider.base = '/inbox';
    provider.chat!.setActiveConversation(null);
    await provider.updateComplete;
    provider.chat!.setActiveConversation(id);
    expect(location.hash).to.equal(`#/inbox/${id}`);
    const back = oneEvent(window, 'popstate');
    history.back();
    await back;
    expect(provider.chat!.$activeId.get()).to.equal(null);
    provider.routing = 'off';
    await provider.updateComplete;
    history.replaceState(null, '', before);
  });
});

describe('l0-auto-retry', () => {
  it('reaches the store that is made here: what a quiet server did not get is sent again', async function () {
    this.timeout(40_000);
    const desk = createDesk({ level: 0, ack: 'none' });
    const { id } = desk.addConversation();
    const transport = deskTransport(desk, { agentId: 'agent-1' });
    let left = 0;
    const counted: Transport = {
      open: (sink) => transport.open(sink),
      close: () => transport.close(),
      notify: (name, payload) => transport.notify(name, payload),
      request: (name, payload, timeoutMs) => {
        left += Number(name === 'send_message');
        return transport.request(name, payload, timeoutMs);
      },
    };
    const provider = await fixture<CrmChatProvider>(
      html`<crm-chat-provider
        .transport=${counted}
        agent-id=${crypto.randomUUID()}
        l0-auto-retry="ifAbsent"
      ></crm-chat-provider>`,
    );
    const wait = { timeout: 30_000 };
    await waitUntil(() => provider.chat?.$link.get().status === 'online', undefined, wait);
    const store = provider.chat!;
    store.setActiveConversation(id);
    desk.dropAsk('send_message');
    const key = await store.sendMessage(id, 'Did it arrive?');
    await waitUntil(() => left === 1, 'the first try', wait);
    desk.goOffline();
    await waitUntil(() => store.thread(id).messages.get(key)?.delivery === 'uncertain', undefined, wait);
    desk.goOnline();
    await waitUntil(() => desk.messages(id).length > 0, 'the second try', wait);
    expect(desk.messages(id).map(({ content }) => content)).to.deep.equal(['Did it arrive?']);
  });
});

describe('what a provider hands on to the store that is made here', () => {
  const made = async (channels: Record<string, ChannelSheet> | undefined, budget: string | undefined) => {
    const desk = createDesk({ features: { agents: {}, channels: [{ ...CHANNELS['sms']!, label: 'Texting' }] } });
    const ids = ['one', 'two'].map((id) => desk.addConversation({ id }).id);
    for (const id of ids) for (let index = 0; index < 20; index++) desk.addMessage(id, { content: `${id} ${index}` });
    const provider = await fixture<CrmChatProvider>(
      html`<crm-chat-provider
        .transport=${deskTransport(desk, { agentId: 'agent-1' })}
        .channels=${channels}
        agent-id=${crypto.randomUUID()}
        message-budget=${budget ?? nothing}
      ></crm-chat-provider>`,
    );
    await waitUntil(() => provider.chat?.$features.get().channels, undefined, { timeout: 30_000 });
    return provider.chat!;
  };
  const sizeOf = (store: ChatStore, id: string) => store.thread(id).messages.size;
  /** Opens one conversation after the other. */
  const walk = async (store: ChatStore) => {
    for (const id of ['one', 'two']) {
      store.setActiveConversation(id);
      await waitUntil(() => sizeOf(store, id) === 20, undefined, { timeout: 30_000 });
    }
  };

  it('is sheets of channels, which come before what the server says', async () => {
    const pigeon = { ...CHANNELS['sms']!, id: 'pigeon', label: 'Pigeon' };
    const store = await made({ pigeon, sms: { ...CHANNELS['sms']!, label: 'Our texts' } }, undefined);
    expect(['pigeon', 'sms'].map((id) => store.channel(id).label)).to.deep.equal(['Pigeon', 'Our texts']);
    expect((await made(undefined, undefined)).channel('sms').label).to.equal('Texting');
  });

  it('is a budget of messages, above which what nobody looks at is let go', async () => {
    const store = await made(undefined, '30');
    await walk(store);
    await waitUntil(() => sizeOf(store, 'one') === 0, 'over the budget', { timeout: 30_000 });
    expect(sizeOf(store, 'two'), 'the open one stays').to.equal(20);
  });

  it('is no budget at all when the attribute says nothing that can be one', async () => {
    const warned: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => void warned.push(text);
    try {
      const store = await made(undefined, 'many');
      await walk(store);
      expect(sizeOf(store, 'one')).to.equal(20);
      expect(warned.filter((text) => text.includes('message-budget'))).to.have.length(1);
    } finally {
      console.warn = warn;
    }
  });
});

describe('a token function', () => {
  const asked = async (token: () => Promise<string>) => {
    const provider = await fixture<CrmChatProvider>(
      html`<crm-chat-provider server-url="http://127.0.0.1:9" .token=${token}></crm-chat-provider>`,
    );
    while (!provider.chat) await provider.updateComplete;
    return provider;
  };

  it('that throws is weather, not the end', async () => {
    const provider = await asked(() => {
      throw new Error('The host’s own server is away.');
    });
    const { chat } = provider;
    expect(chat).to.exist;
    while (chat!.$link.get().status !== 'offline') await oneEvent(provider, 'crm-link-change');
    provider.remove();
  });

  it('may be a new one at every render without connecting anew', async () => {
    const provider = await asked(async () => 'one');
    const { chat } = provider;
    let opened = 0;
    chat!.$link.listen(({ status }) => (opened += Number(status === 'connecting')));
    for (let render = 0; render < 5; render++) {
      provider.token = async () => 'again';
      await provider.updateComplete;
    }
    expect(provider.chat).to.equal(chat);
    expect(opened).to.be.lessThan(2); // the first connection itself
    provider.remove();
  });
});

/** A server that shakes hands over HTTP and says no more: then Socket.IO asks for the token. */
class HandshakeOnly {
  readyState = 0;
  status = 200;
  responseText = '';
  withCredentials = false;
  onreadystatechange: (() => void) | undefined;
  #isFirst = false;
  open(_method: string, address: string): void {
    this.#isFirst = !address.includes('sid=');
  }
  setRequestHeader(): void {}
  abort(): void {}
  send(): void {
    if (!this.#isFirst) return;
    this.responseText = '0{"sid":"s","upgrades":[],"pingInterval":60000,"pingTimeout":60000,"maxPayload":1000000}';
    this.readyState = 4;
    queueMicrotask(() => this.onreadystatechange?.());
  }
}

describe('the drawer for unsent words', () => {
  const { XMLHttpRequest } = window;
  afterEach(() => {
    window.XMLHttpRequest = XMLHttpRequest;
  });
  const token = (claims: object) => `h.${btoa(JSON.stringify(claims)).replaceAll('=', '')}.s`;

  it('differs by server, tenant and agent', () => {
    const names = [
      drawerName('https://a.example', token({ sub: 'x', tenant: '1' }), undefined),
      drawerName('https://b.example', token({ sub: 'x', tenant: '1' }), undefined),
      drawerName('https://a.example', token({ sub: 'y', tenant: '1' }), undefined),
      drawerName('https://a.example', token({ sub: 'x', tenant: '2' }), undefined),
      drawerName('https://a.example', 'opaque', 'x'),
      drawerName('https://a.example', token({ sub: 'y', tenant: '1' }), 'x|1'),
      drawerName('https://a.example', token({ sub: 'y', tenant: '1|x' }), '1'),
      drawerName('https://a.example', token({ sub: 'y', tenant: '1%7Cx' }), '1'),
    ];
    expect(new Set(names).size).to.equal(names.length);
    expect(names[0], 'databases that are there keep their names').to.equal('https://a.example|1|x');
    expect(drawerName('https://a.example', token({ tenant: '1' }), 'x')).to.equal('https://a.example|1|x');
  });

  it('has no name as long as nobody can tell whose it is', () => {
    for (const nobody of [undefined, '']) {
      expect(drawerName('https://a.example', undefined, nobody)).to.equal(undefined);
      expect(drawerName('https://a.example', 'opaque', nobody)).to.equal(undefined);
    }
  });

  for (const how of ['a token', 'a token and agent-id'])
    it(`is not opened before it is known whose it is, and takes what was written until then: ${how}`, async function () {
      this.timeout(60_000);
      const wait = { timeout: 30_000 };
      const sub = `auth0|${crypto.randomUUID()}`;
      window.XMLHttpRequest = HandshakeOnly as never;
      let signIn: (token: string) => void = () => undefined;
      const later = new Promise<string>((resolve) => (signIn = resolve));
      let asked = 0;
      const ask = async () => {
        if (asked++ === 0) throw new Error('The host’s own server is away.');
        return later;
      };
      const before = new Set((await indexedDB.databases()).map(({ name }) => name));
      const provider = await fixture<CrmChatProvider>(
        html`<crm-chat-provider
          server-url="http://127.0.0.1:9"
          .token=${ask}
          agent-id=${how === 'a token' ? nothing : sub}
        ></crm-chat-provider>`,
      );
      await waitUntil(() => provider.chat, undefined, wait);
      const store = provider.chat!;
      const key = await store.sendMessage('c', 'Written while nobody was known');
      store.setDraft('c', 'and half a thought');
      await waitUntil(() => asked > 1, 'the second try', wait);
      expect(store.$storage.get()).to.equal('memory');
      const made = (await indexedDB.databases()).filter(({ name }) => !before.has(name));
      expect(made, 'nothing is kept under a name that is not theirs').to.deep.equal([]);
      signIn(token({ sub, tenant: 't' }));
      await waitUntil(() => store.$storage.get() === 'durable', 'the drawer', wait);
      const name = `http://127.0.0.1:9|t|${sub.replace('|', '%7C')}`;
      const vault = browserVault(name);
      const kept = await vault.open();
      expect(kept.outbox.map((row) => row.key)).to.deep.equal([key]);
      expect(kept.drafts).to.deep.equal({ c: 'and half a thought' });
      expect(store.thread('c').messages.get(key)?.delivery).to.equal('queued');
      provider.remove();
      vault.close();
      indexedDB.deleteDatabase(`crm-chat:${name}`);
    });

  it('reads only what it can of a token', () => {
    expect(tokenClaims('not-a-token')).to.deep.equal({});
    expect(tokenClaims('a.%%%.c')).to.deep.equal({});
    expect(tokenClaims(`a.${btoa('"text"')}.c`)).to.deep.equal({});
    expect(tokenClaims(token({ sub: 7, tenant: 't' }))).to.deep.equal({ tenant: 't' });
  });
});

describe('addresses of conversations and messages', () => {
  it('leads to a message, and opens a conversation in another tab with Ctrl and the middle button', async () => {
    const desk = createDesk();
    const { id } = desk.addConversation({ prospectId: desk.addContact({ name: 'Ana' }).id });
    const message = desk.addMessage(id, { content: 'Hello' });
    const store = createChatStore({ transport: deskTransport(desk, { agentId: 'agent-1' }) });
    const before = location.href;
    history.replaceState(null, '', `#/chat/${id}/${message.id}`);
    const provider = await fixture<CrmChatProvider>(
      html`<crm-chat-provider .store=${store} routing="hash" base="chat"
        ><crm-conversation-list></crm-conversation-list
      ></crm-chat-provider>`,
    );
    expect(store.$activeId.get()).to.equal(id);
    expect(store.thread(id).$target.get()).not.to.equal(null);
    const list = provider.querySelector('crm-conversation-list')!;
    const row = () => list.shadowRoot!.querySelector<HTMLElement>('[role=option]');
    await waitUntil(row, undefined, { timeout: 8000 });
    const opened: string[] = [];
    const { open } = window;
    window.open = (address) => (opened.push(String(address)), null);
    store.setActiveConversation(null);
    row()!.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, ctrlKey: true }));
    row()!.dispatchEvent(new MouseEvent('auxclick', { bubbles: true, composed: true, cancelable: true, button: 1 }));
    window.open = open;
    expect(opened).to.deep.equal([`#/chat/${id}`, `#/chat/${id}`]);
    expect(store.$activeId.get()).to.equal(null);
    provider.routing = 'off';
    await provider.updateComplete;
    history.replaceState(null, '', before);
  });

  for (const routing of ['path', 'hash'] as const)
    it(`name a message in the way that is read again: ${routing}`, async () => {
      const desk = createDesk();
      // Ids of other makers may hold anything.
      const { id } = desk.addConversation({ id: 'a/b c', prospectId: desk.addContact({ name: 'Ana' }).id });
      const message = desk.addMessage(id, { content: 'Hello' });
      const open = () => createChatStore({ transport: deskTransport(desk, { agentId: 'agent-1' }) });
      const before = location.href;
      const first = open();
      const provider = await fixture<CrmChatProvider>(
        html`<crm-chat-provider .store=${first} routing=${routing} base="chat"></crm-chat-provider>`,
      );
      const url = messageAddress(first, id, message.id);
      expect(new URL(url).origin).to.equal(location.origin);
      provider.remove();
      history.replaceState(null, '', url);
      const second = open();
      const other = await fixture<CrmChatProvider>(
        html`<crm-chat-provider .store=${second} routing=${routing} base="chat"></crm-chat-provider>`,
      );
      expect(second.$activeId.get()).to.equal(id);
      await waitUntil(() => second.thread(id).$target.get()?.messageId === message.id);
      expect(location.href, 'the address stays').to.equal(url);
      other.routing = 'off';
      await other.updateComplete;
      history.replaceState(null, '', before);
      const off = messageAddress(second, id, message.id);
      expect(new URL(off).searchParams.get('message'), 'off: for the host to read').to.equal(message.id);
    });
});
