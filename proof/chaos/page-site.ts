/** The host's web server for the real browsers: one page and the built inbox. It is never killed, as a host's own server would not be. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { Readable } from 'node:stream';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const SCRIPT = fileURLToPath(new URL('./host-page.js', import.meta.url));
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Chaos</title><link rel="icon" href="data:,">
<style>html,body{height:100%;margin:0}crm-chat{display:block;height:100%}</style>
<body><script type="module" src="/host-page.js"></script></body></html>`;
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.json': 'application/json' };

export class PageSite {
  private constructor(
    readonly url: string,
    readonly listener: Server,
  ) {}

  /**
   * `door`: where agents sign in; asked by the host's server, as browsers may not. `built`: the folder of the built inbox.
   */
  static async open(door: string, built = DIST): Promise<PageSite> {
    const listener = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://site').pathname;
      if (path === '/sign-in') {
        const body = Readable.toWeb(request) as ReadableStream<Uint8Array>;
        const headers = { 'content-type': 'application/json' };
        const asked = new Response(body).text().then((text) =>
          fetch(`${door}/api/demo/sign-in`, {
            method: 'POST',
            headers,
            body: text,
            signal: AbortSignal.timeout(5000),
          }),
        );
        return void asked
          .then(async (answer) => response.writeHead(answer.status, headers).end(await answer.text()))
          .catch(() => response.writeHead(502).end());
      }
      if (path === '/') return void response.setHeader('content-type', 'text/html').end(PAGE);
      const file = path === '/host-page.js' ? SCRIPT : join(built, normalize(path.replace(/^\/lib\//, '/')));
      void readFile(file).then(
        (content) =>
          response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream').end(content),
        () => response.writeHead(404).end(),
      );
    }).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    return new PageSite(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, listener);
  }

  async close(): Promise<void> {
    this.listener.closeAllConnections();
    this.listener.close();
    await once(this.listener, 'close');
  }
}
