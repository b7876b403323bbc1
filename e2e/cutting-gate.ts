/**
 * A door in front of the server that counts what of an upload's bytes goes through to it, and can cut the line in the middle
 * of a request: what the browser says it has sent is no proof of what went over the wire, and a proxy inside the browser
 * can only break a request off before its first byte.
 */
import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { pipeline } from 'node:stream';

export class CuttingGate {
  /** Bytes of files that went through to the server, piece by piece: where each began, by its own word, and how many came. */
  readonly pieces: { offset: number; bytes: number }[] = [];
  /** Where the server said that an upload stands, each time it was asked. */
  readonly told: number[] = [];
  /** Uploads get through. */
  isOpen = true;
  readonly #server: Server;
  #cutAt = Infinity;

  private constructor(readonly target: URL) {
    this.#server = createServer((request, response) => this.#pass(request, response));
    this.#server.on('upgrade', (request, socket, head) => {
      const onward = connect(Number(target.port), target.hostname, () => {
        const lines = request.rawHeaders.flatMap((name, at, all) => (at % 2 === 0 ? [`${name}: ${all[at + 1]}`] : []));
        onward.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
        onward.write(head);
        pipeline(socket, onward, socket, () => socket.destroy());
      });
      onward.on('error', () => socket.destroy());
    });
  }

  static async open(target: string): Promise<CuttingGate> {
    const gate = new CuttingGate(new URL(target));
    gate.#server.listen(0, '127.0.0.1');
    await once(gate.#server, 'listening');
    return gate;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the gate is closed');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Bytes of files that went through so far. */
  get bytes(): number {
    return this.pieces.reduce((sum, piece) => sum + piece.bytes, 0);
  }

  /** Lets exactly so many bytes of files through, then cuts the line and keeps it cut until `isOpen` is set again. */
  cutAfter(bytes: number): void {
    this.#cutAt = bytes;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    const isUpload = /^\/uploads\b/.test(request.url ?? '');
    if (isUpload && !this.isOpen) return void request.socket.destroy();
    const onward = ask(this.target, { path: request.url, method: request.method, headers: request.headers });
    onward.on('error', () => request.socket.destroy());
    onward.on('response', (answer) => {
      const at = answer.headers['upload-offset'];
      if (isUpload && request.method === 'HEAD' && at !== undefined) this.told.push(Number(at));
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      pipeline(answer, response, () => undefined);
    });
    if (isUpload && request.method === 'PATCH') this.#count(request, onward);
    else pipeline(request, onward, () => undefined);
  }

  #count(request: IncomingMessage, onward: ReturnType<typeof ask>): void {
    const piece = { offset: Number(request.headers['upload-offset']), bytes: 0 };
    this.pieces.push(piece);
    request.on('data', (chunk: Buffer) => {
      if (!this.isOpen) return;
      const through = chunk.subarray(0, Math.max(0, this.#cutAt - this.bytes));
      piece.bytes += through.length;
      this.isOpen = through.length === chunk.length;
      onward.write(through, () => {
        if (this.isOpen) return;
        onward.destroy();
        request.socket.destroy();
      });
    });
    request.on('end', () => this.isOpen && onward.end());
    request.on('error', () => onward.destroy());
  }
}
