import { expect } from '@open-wc/testing';
import { waitUntil } from '../testing/stage.js';
import { atom } from 'nanostores';
import { deskTransport, openOffice } from '../testing/index.js';
import type { ChatState } from './chat-state.js';
import { uploadOverTus } from './uploading.js';
import { UploadRefused, type Upload } from './vault.js';

describe('files over tus, with the token of the connection', () => {
  const Real = globalThis.XMLHttpRequest;
  afterEach(() => void (globalThis.XMLHttpRequest = Real));

  /** Takes everything at once, from whoever shows the token `good`. */
  class Server {
    status = 0;
    responseText = '';
    withCredentials = false;
    readonly upload = {};
    onload?: () => void;
    #method = '';
    #token = '';
    #bytes = 0;
    open(method: string) {
      this.#method = method;
    }
    setRequestHeader(name: string, value: string) {
      if (name === 'Authorization') this.#token = value;
    }
    getResponseHeader(name: string) {
      const all: Record<string, string> = { location: '/files/u1', 'upload-offset': String(this.#bytes) };
      return all[name.toLowerCase()] ?? null;
    }
    abort() {}
    send(body: Blob | null = null) {
      this.#bytes = body?.size ?? 0;
      this.status = this.#token !== 'Bearer good' ? 401 : this.#method === 'POST' ? 201 : 204;
      void Promise.resolve().then(() => this.onload?.());
    }
  }

  it('let the host know that the server refused the one it has', async () => {
    globalThis.XMLHttpRequest = Server as unknown as typeof XMLHttpRequest;
    const uploads = { endpoint: 'https://files.example/files', maxBytes: 100, types: ['*/*'] };
    const asked: unknown[] = [];
    const upload = uploadOverTus({ $features: atom({ uploads }) } as unknown as ChatState, {
      // A host that keeps its token until it is told that it will not do.
      token: (ask) => {
        asked.push(ask);
        return ask?.fresh ? 'good' : 'old';
      },
    });
    const attachment = { blob: new Blob(['words']), name: 'a.txt', type: 'text/plain' };
    const file = { conversationId: 'camila', attachment } as unknown as Parameters<typeof upload>[0];
    const done = await upload(
      file,
      () => undefined,
      new AbortController().signal,
      () => undefined,
    );
    expect(done).to.include({ uploadId: 'u1' });
    expect(asked).to.deep.equal([{ fresh: false }, { fresh: true }]);
    await upload(
      file,
      () => undefined,
      new AbortController().signal,
      () => undefined,
    );
    expect(asked, 'the next file goes with the token that was taken').to.have.length(2);
  });

  it('are refused in words where the server takes none', async () => {
    const upload = uploadOverTus({ $features: atom({}) } as unknown as ChatState, {});
    const came = upload(
      {} as never,
      () => undefined,
      new AbortController().signal,
      () => undefined,
    );
    const failure = await came.catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(UploadRefused).and.to.include({ code: 'UNAVAILABLE' });
  });

  for (const isHosts of [false, true])
    it(`go ${isHosts ? 'where the host carries them, if it does' : 'to where the server says, ahead of their message'}`, async () => {
      globalThis.XMLHttpRequest = Server as unknown as typeof XMLHttpRequest;
      const uploads = { endpoint: 'https://files.example/files', maxBytes: 100, types: ['*/*'] };
      const carried: string[] = [];
      const own: Upload = ({ attachment: { name } }) => (carried.push(name), Promise.resolve({ uploadId: 'own' }));
      const { desk, store, world } = await openOffice({ features: { uploads }, ...(isHosts ? { upload: own } : {}) });
      const { id } = desk.addConversation();
      // How the desk is reached has nothing to do with how files are: the token is that of the connection by URL.
      await store.connectSocket({ url: 'http://127.0.0.1:9', token: 'good' });
      store.connect(deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) }));
      await world.advance(1);
      const attachment = { blob: new Blob(['words']), name: 'a.txt', type: 'text/plain' };
      await store.sendMessage(id, 'with a file', 'file', { attachment });
      await waitUntil(async () => (await world.settle(), desk.messages(id).length > 0), undefined, { timeout: 8000 });
      expect(desk.asks('send_message').at(-1)).to.have.nested.property('metadata.uploadId', isHosts ? 'own' : 'u1');
      expect(carried).to.deep.equal(isHosts ? ['a.txt'] : []);
      store.dispose();
    });
});
