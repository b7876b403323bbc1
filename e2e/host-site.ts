/**
 * A host's own site on a port of its own: pages under a policy, with the demo server behind the same address. A page that a
 * test makes up on the way (`route.fulfill`) is not enough, because the browser refuses it the socket.
 */
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { connect } from 'node:net';

interface Answer {
  readonly type: string;
  readonly body: string;
  readonly policy?: string;
}

export class HostSite {
  readonly url: string;
  readonly #server: Server;
  readonly #answers: Map<string, Answer>;

  private constructor(server: Server, port: number, answers: Map<string, Answer>) {
    this.#server = server;
    this.#answers = answers;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Everything that is not put on the site itself is asked of the server at `behind`. */
  static async open(behind: string): Promise<HostSite> {
    const { hostname, port, host } = new URL(behind);
    const answers = new Map<string, Answer>();
    const forwarded = ({ headers }: IncomingMessage) => ({
      ...headers,
      host,
      ...(headers.origin ? { origin: behind } : {}),
    });
    const server = createServer((asked, reply) => {
      const own = answers.get(asked.url ?? '');
      if (own) {
        reply.setHeader('content-type', own.type);
        if (own.policy) reply.setHeader('content-security-policy', own.policy);
        reply.end(own.body);
        return;
      }
      const onward = request(
        { hostname, port, path: asked.url, method: asked.method, headers: forwarded(asked) },
        (answer) => {
          reply.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(reply);
        },
      );
      onward.on('error', () => reply.destroy());
      reply.on('close', () => onward.destroy());
      asked.pipe(onward);
    });
    server.on('upgrade', (asked, socket, first: Buffer) => {
      const onward = connect(Number(port), hostname, () => {
        const lines = Object.entries(forwarded(asked)).map(([name, value]) => `${name}: ${String(value)}`);
        onward.write(`GET ${asked.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
        onward.write(first);
        socket.pipe(onward).pipe(socket);
      });
      // A page that leaves cuts its socket: both ends go.
      socket.on('error', () => onward.destroy()).on('close', () => onward.destroy());
      onward.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port for the host');
    return new HostSite(server, address.port, answers);
  }

  /** Puts a file on the site, or another in its place. */
  put(path: string, answer: Answer): void {
    this.#answers.set(path, answer);
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
