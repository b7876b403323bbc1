/** Somebody who comes at the end and reads what is stored: a bare socket, with nothing of the product in between. */
import { io, type Socket } from 'socket.io-client';
import type { StoredMessage } from './checker.js';

const PATIENCE_MS = 30_000;

interface Answer {
  ok: boolean;
  data?: { messages: StoredMessage[]; hasMore: boolean };
  error?: { message: string };
}

export class Reader {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async open(url: string): Promise<Reader> {
    const answer = await fetch(`${url}/api/demo/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ agentId: 'marta' }),
    });
    const { token } = (await answer.json()) as { token: string };
    const socket = io(url, { auth: { token }, transports: ['websocket'], forceNew: true, reconnection: false });
    await new Promise<void>((done, fail) => {
      socket.once('connect', done);
      socket.once('connect_error', (error) => fail(new Error(`the reader was not let in: ${error.message}`)));
    });
    return new Reader(socket);
  }

  /** All of a conversation, page by page, oldest first. */
  async thread(conversationId: string): Promise<StoredMessage[]> {
    const found: StoredMessage[] = [];
    for (;;) {
      const before = found[0] === undefined ? {} : { before: found[0].seq };
      const ask = { conversationId, limit: 200, ...before };
      const { ok, data, error } = (await this.#socket.timeout(PATIENCE_MS).emitWithAck('load_messages', ask)) as Answer;
      if (!ok || !data) throw new Error(`the reader was refused: ${error?.message}`);
      found.unshift(...data.messages);
      if (!data.hasMore) return found;
    }
  }

  close(): void {
    this.#socket.disconnect();
  }
}
