import { expect } from '@open-wc/testing';
import { tusUpload } from './tus-upload.js';
import { TAKEN_BACK, UploadRefused } from './upload.js';

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** A tus server as a browser sees it: what arrives over XMLHttpRequest, with the faults that the test asks for. */
class FakeTus {
  readonly asked: { method: string; url: string; headers: Record<string, string>; bytes: number }[] = [];
  readonly uploads = new Map<string, { length: number; parts: Blob[] }>();
  /** Answers that are given instead, by method; each once. */
  readonly instead: { method: string; answer: Answer | 'breaks' | 'hangs' }[] = [];
  /** The line breaks when so many bytes of one request have arrived; once. */
  cutAt: number | undefined;

  size(upload: string): number {
    return this.uploads.get(upload)!.parts.reduce((sum, part) => sum + part.size, 0);
  }

  answer(method: string, url: string, headers: Record<string, string>, body: Blob | null): Answer | 'breaks' | 'hangs' {
    this.asked.push({ method, url, headers, bytes: body?.size ?? 0 });
    const at = this.instead.findIndex((one) => one.method === method);
    if (at >= 0) return this.instead.splice(at, 1)[0]!.answer;
    if (method === 'POST') {
      const id = `u${this.uploads.size + 1}`;
      this.uploads.set(id, { length: Number(headers['Upload-Length']), parts: [] });
      return { status: 201, headers: { location: `/files/${id}` } };
    }
    const id = url.split('/').at(-1)!;
    const upload = this.uploads.get(id);
    if (!upload) return { status: 404 };
    if (method === 'DELETE') return this.uploads.delete(id) ? { status: 204 } : { status: 404 };
    const lengths = { 'upload-length': `${upload.length}`, 'tus-resumable': '1.0.0' };
    if (method === 'PATCH') {
      if (Number(headers['Upload-Offset']) !== this.size(id)) return { status: 409 };
      const cut = this.cutAt;
      if (cut !== undefined && cut < body!.size) {
        this.cutAt = undefined;
        upload.parts.push(body!.slice(0, cut));
        return 'breaks';
      }
      upload.parts.push(body!);
      return { status: 204, headers: { ...lengths, 'upload-offset': `${this.size(id)}` } };
    }
    return { status: 200, headers: { ...lengths, 'upload-offset': `${this.size(id)}` } };
  }
}

/** The part of XMLHttpRequest that uploads use. */
function requestTo(server: FakeTus) {
  return class {
    status = 0;
    responseText = '';
    withCredentials = false;
    readonly upload: { onprogress?: (event: unknown) => void } = {};
    onload?: () => void;
    onerror?: (event: unknown) => void;
    #method = '';
    #url = '';
    #answer: Answer = { status: 0 };
    #aborted = false;
    readonly #headers: Record<string, string> = {};
    open(method: string, url: string) {
      this.#method = method;
      this.#url = url;
    }
    setRequestHeader(name: string, value: string) {
      this.#headers[name] = value;
    }
    getResponseHeader(name: string) {
      return this.#answer.headers?.[name.toLowerCase()] ?? null;
    }
    abort() {
      this.#aborted = true;
    }
    send(body: Blob | null = null) {
      const answer = server.answer(this.#method, this.#url, this.#headers, body);
      queueMicrotask(() => {
        if (this.#aborted || answer === 'hangs') return;
        if (answer === 'breaks') return this.onerror?.(new ProgressEvent('error'));
        if (body) this.upload.onprogress?.({ lengthComputable: true, loaded: body.size });
        this.#answer = answer;
        this.status = answer.status;
        this.responseText = answer.body ?? '';
        this.onload?.();
      });
    }
  };
}

describe('uploads over tus', () => {
  const Real = globalThis.XMLHttpRequest;
  let server: FakeTus;
  let kept: string[];
  let told: number[];

  beforeEach(() => {
    server = new FakeTus();
    [kept, told] = [[], []];
    globalThis.XMLHttpRequest = requestTo(server) as unknown as typeof XMLHttpRequest;
  });
  afterEach(() => void (globalThis.XMLHttpRequest = Real));

  const words = 'abcdefghij';
  const file = (resume?: string) => ({
    conversationId: 'camila',
    attachment: {
      blob: new Blob([words], { type: 'text/plain' }),
      name: 'Grüße \u202Egpj.exe',
      type: 'text/plain',
      ...(resume === undefined ? {} : { resume }),
    },
  });
  const run = (
    settings: Partial<Parameters<typeof tusUpload>[0]> = {},
    given = file(),
    signal = new AbortController().signal,
  ) =>
    tusUpload({ endpoint: 'https://files.example/files', chunkBytes: 4, ...settings })(
      given,
      (part) => told.push(part),
      signal,
      (resume) => kept.push(resume),
    );
  const failure = (promise: Promise<unknown>): Promise<Error> =>
    promise.then(
      () => {
        throw new Error('it went through');
      },
      (error: Error) => error,
    );
  const methods = () => server.asked.map(({ method }) => method);
  const arrived = (id: string) => new Blob(server.uploads.get(id)!.parts).text();

  it('go in chunks, with a token and what the server needs to know, and tell how far they are', async () => {
    const done = await run({ token: () => Promise.resolve('secret') });
    expect(done).to.deep.equal({
      uploadId: 'u1',
      fileName: 'Grüße \u202Egpj.exe',
      fileSize: 10,
      fileType: 'text/plain',
    });
    expect(await arrived('u1')).to.equal(words);
    expect(server.asked.map(({ bytes }) => bytes)).to.deep.equal([0, 4, 4, 2]);
    expect(server.asked.every(({ headers }) => headers['Authorization'] === 'Bearer secret')).to.equal(true);
    const metadata = Object.fromEntries(
      server.asked[0]!.headers['Upload-Metadata']!.split(',').map((pair) => {
        const [name, value] = pair.split(' ');
        return [name, new TextDecoder().decode(Uint8Array.from(atob(value!), (letter) => letter.charCodeAt(0)))];
      }),
    );
    expect(metadata).to.deep.equal({
      filename: 'Grüße \u202Egpj.exe',
      filetype: 'text/plain',
      conversationId: 'camila',
    });
    expect(kept).to.deep.equal(['https://files.example/files/u1']);
    expect(told.at(-1)).to.equal(1);
    expect([...told].sort((a, b) => a - b)).to.deep.equal(told);
    expect(localStorage.getItem('tus::')).to.equal(null);
  });

  it('that break are the weather, and the next attempt sends only the rest', async () => {
    server.cutAt = 3;
    expect(await failure(run({ chunkBytes: 100 }))).not.to.be.instanceOf(UploadRefused);
    expect(server.size('u1')).to.equal(3);
    server.asked.length = told.length = 0;
    await run({ chunkBytes: 100 }, file(kept[0]));
    expect(methods()).to.deep.equal(['HEAD', 'PATCH']);
    expect(server.asked[1]).to.deep.include({ bytes: 7 });
    expect(told[0], 'shown before the first new byte').to.equal(0.3);
    expect(await arrived('u1')).to.equal(words);
  });

  it('whose place at the server has expired begin anew', async () => {
    const done = await run({}, file('https://files.example/files/gone'));
    expect(methods().slice(0, 2)).to.deep.equal(['HEAD', 'POST']);
    expect(done.uploadId).to.equal('u1');
    expect(kept).to.deep.equal(['https://files.example/files/u1']);
  });

  it('fetch another token when theirs is refused, once, and go on', async () => {
    server.instead.push({ method: 'PATCH', answer: { status: 401 } });
    const asked: boolean[] = [];
    await run({ token: (fresh) => Promise.resolve(`t${asked.push(fresh)}`) });
    expect(asked).to.deep.equal([false, true]);
    expect(server.asked.at(-1)!.headers['Authorization']).to.equal('Bearer t2');
    expect(methods()).to.deep.equal(['POST', 'PATCH', 'HEAD', 'PATCH', 'PATCH', 'PATCH']);
    server.instead.push({ method: 'POST', answer: { status: 401 } }, { method: 'POST', answer: { status: 401 } });
    expect(await failure(run({ token: () => Promise.resolve('old') }))).not.to.be.instanceOf(UploadRefused);
  });

  const REFUSALS: [number, string | undefined, string, RegExp | string][] = [
    [413, '{"error":{"code":"TOO_LARGE","message":"At most 5 MB."}}', 'TOO_LARGE', 'At most 5 MB.'],
    [415, '{"code":"UNSUPPORTED_TYPE","message":"Not a picture."}', 'UNSUPPORTED_TYPE', 'Not a picture.'],
    [415, '{"error":{"code":"BAD_PAYLOAD","field":"program","message":"No."}}', 'PROGRAM', 'No.'],
    [507, 'The disk is full.', 'QUOTA', 'The disk is full.'],
    [403, '<html>nginx</html>', 'FORBIDDEN', /tus/],
  ];
  for (const [status, body, code, message] of REFUSALS)
    it(`that are refused with ${status} say why`, async () => {
      server.instead.push({ method: 'POST', answer: { status, ...(body === undefined ? {} : { body }) } });
      const error = await failure(run());
      expect(error).to.be.instanceOf(UploadRefused);
      expect((error as UploadRefused).code).to.equal(code);
      expect(error.message).to.match(message instanceof RegExp ? message : new RegExp(`^${message}$`));
    });

  for (const status of [409, 423, 429, 500, 503])
    it(`that meet ${status} are tried again`, async () => {
      server.instead.push({ method: 'PATCH', answer: { status } });
      expect(await failure(run())).not.to.be.instanceOf(UploadRefused);
    });

  it('stop when they are told to: what is only interrupted stays at the server, what is taken back does not', async () => {
    for (const [reason, left] of [
      [undefined, 1],
      [TAKEN_BACK, 0],
    ] as const) {
      server.uploads.clear();
      server.asked.length = 0;
      server.instead.push({ method: 'PATCH', answer: 'hangs' });
      const stop = new AbortController();
      const ended = failure(run({}, file(), stop.signal));
      while (methods().at(-1) !== 'PATCH') await new Promise((resolve) => setTimeout(resolve));
      stop.abort(reason);
      expect((await ended).message).to.equal('aborted');
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve));
      expect(server.uploads.size).to.equal(left);
    }
    const before = server.asked.length;
    await failure(run({}, file(), AbortSignal.abort()));
    expect(server.asked).to.have.length(before);
  });
});
