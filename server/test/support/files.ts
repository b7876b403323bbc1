/** What an agent's browser does with files: tus 1.0 over HTTP, and files small enough to be written by hand. */
import sharp from 'sharp';
import type { Agent } from '../../src/access.js';
import type { TestServer } from './server.js';

export interface Told {
  status: number;
  headers: Headers;
  error?: { code: string; message: string; field?: string; retryAfterMs?: number };
}

export interface Offer {
  name?: string;
  type?: string;
  conversationId?: string;
  size: number;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

export interface Browser {
  begin(offer: Offer): Promise<Told & { url: string; id: string }>;
  /** Sends these bytes as the part that begins at `at`. */
  put(url: string, at: number, bytes: Uint8Array): Promise<Told>;
  ask(method: string, url: string, headers?: Record<string, string>): Promise<Told>;
  /** The whole of it; answers the upload's id, or throws what was refused. */
  upload(bytes: Uint8Array, offer?: Omit<Offer, 'size'>): Promise<string>;
}

export async function openBrowser(server: Pick<TestServer, 'url' | 'token'>, agent: Agent): Promise<Browser> {
  const tus = { 'tus-resumable': '1.0.0', authorization: `Bearer ${await server.token(agent)}` };
  const told = async (response: Response): Promise<Told> => {
    const { error } = response.status >= 400 ? await readError(response) : {};
    return { status: response.status, headers: response.headers, ...(error && { error }) };
  };
  const browser: Browser = {
    async begin({ name = 'plan.pdf', type = 'application/pdf', conversationId = 'conversation-of-anna', size }) {
      const metadata = { filename: name, filetype: type, conversationId };
      const answer = await told(
        await fetch(`${server.url}/uploads`, {
          method: 'POST',
          headers: {
            ...tus,
            'upload-length': String(size),
            'upload-metadata': Object.entries(metadata)
              .map(([key, value]) => `${key} ${base64(value)}`)
              .join(','),
          },
        }),
      );
      const place = answer.headers.get('location');
      const url = place === null ? '' : new URL(place, server.url).href;
      return { ...answer, url, id: url.split('/').at(-1)! };
    },
    put: async (url, at, bytes) =>
      told(
        await fetch(url, {
          method: 'PATCH',
          headers: { ...tus, 'upload-offset': String(at), 'content-type': 'application/offset+octet-stream' },
          body: new Uint8Array(bytes),
        }),
      ),
    ask: async (method, url, headers = {}) => told(await fetch(url, { method, headers: { ...tus, ...headers } })),
    async upload(bytes, offer = {}) {
      const begun = await browser.begin({ ...offer, size: bytes.length });
      if (begun.error) throw Object.assign(new Error(begun.error.message), begun);
      const done = await browser.put(begun.url, 0, bytes);
      if (done.error) throw Object.assign(new Error(done.error.message), done);
      return begun.id;
    },
  };
  return browser;
}

async function readError(response: Response): Promise<{ error?: Told['error'] }> {
  const text = await response.text();
  return text ? (JSON.parse(text) as { error: Told['error'] }) : {};
}

export const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n');

export const picture = (width = 40, height = 30): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#a06040' } })
    .png()
    .toBuffer();

/** So many seconds of silence, 8 kHz. */
export function wave(seconds: number): Buffer {
  const bytes = Buffer.alloc(44 + seconds * 8000, 128);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(8000, 24);
  bytes.writeUInt32LE(8000, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(bytes.length - 44, 40);
  return bytes;
}

/** When this has become true, however slow the machine is today. */
export async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 3000; tries++) {
    if (await isTrue()) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error('It did not become true.');
}
