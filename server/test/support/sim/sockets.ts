/** As much of Socket.IO as the reference server's gateway needs, without a network: rooms, and one outlet for all that is said. */
import type { Namespace } from 'socket.io';
import type { BackendLink, Said } from '../../../../proof/sim/backend.js';

type Middleware = (socket: SimSocket, next: (error?: Error) => void) => void;
type Heard = (name: string, payload: unknown, ack: (answer: unknown) => void) => void;

export class SimSocket {
  readonly id: string;
  readonly data: Record<string, unknown> = {};
  readonly handshake: { auth: { token: string } };
  readonly rooms = new Set<string>();
  /** The line below: it ends with the socket here. */
  readonly conn = { readyState: 'open', once: () => undefined };
  gone = false;
  #heard: Heard[] = [];
  #left: (() => void)[] = [];

  constructor(
    readonly link: BackendLink,
    token: string,
  ) {
    this.id = `socket-${link.connection}`;
    this.handshake = { auth: { token } };
  }

  join(rooms: string | string[]): void {
    for (const room of [rooms].flat()) this.rooms.add(room);
  }
  onAny(listener: Heard): void {
    this.#heard.push(listener);
  }
  on(name: string, listener: () => void): void {
    if (name === 'disconnect') this.#left.push(listener);
  }
  disconnect(): void {
    if (this.gone) return;
    this.gone = true;
    for (const listener of this.#left) listener();
  }
  hear(name: string, payload: unknown): Promise<unknown> {
    return new Promise((resolve) => {
      for (const listener of this.#heard) listener(name, payload, resolve);
    });
  }
}

export class SimNamespace {
  readonly sockets = new Map<string, SimSocket>();
  readonly #say: (said: Said) => void;
  #middleware: Middleware | undefined;
  #entered: ((socket: SimSocket) => void) | undefined;

  constructor(say: (said: Said) => void) {
    this.#say = say;
  }

  asNamespace(): Namespace {
    return this as unknown as Namespace;
  }

  use(middleware: Middleware): void {
    this.#middleware = middleware;
  }
  on(_name: 'connection', entered: (socket: SimSocket) => void): void {
    this.#entered = entered;
  }

  async enter(socket: SimSocket): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#middleware!(socket, (error) => (error ? reject(error) : resolve()));
    });
    this.sockets.set(socket.id, socket);
    this.#entered!(socket);
  }

  to(rooms: string | string[]): Telling {
    return new Telling(this.sockets, this.#say, [rooms].flat());
  }
}

class Telling {
  readonly #sockets: Map<string, SimSocket>;
  readonly #say: (said: Said) => void;
  readonly #rooms: string[];
  readonly #not: string[] = [];

  constructor(sockets: Map<string, SimSocket>, say: (said: Said) => void, rooms: string[]) {
    this.#sockets = sockets;
    this.#say = say;
    this.#rooms = rooms;
  }
  get volatile(): this {
    return this;
  }
  to(rooms: string | string[]): this {
    this.#rooms.push(...[rooms].flat());
    return this;
  }
  except(rooms: string | string[]): this {
    this.#not.push(...[rooms].flat());
    return this;
  }
  emit(event: string, payload: unknown): void {
    const words = JSON.stringify(payload);
    for (const socket of this.#sockets.values()) {
      const among = (rooms: string[]) => rooms.some((room) => socket.rooms.has(room));
      if (!socket.gone && among(this.#rooms) && !among(this.#not))
        this.#say({ to: socket.link, event, payload: JSON.parse(words) as unknown });
    }
  }
}
