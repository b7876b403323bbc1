import { expect } from '@open-wc/testing';
import { atom } from 'nanostores';
import type { ChatState } from './chat-state.js';
import { uploadOverTus } from './uploading.js';

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
  });
});
