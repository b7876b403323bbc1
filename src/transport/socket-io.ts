/** The only file that knows socket.io-client; loaded on first use. */
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { hostsCredentials, type Credentials, type Token } from './token.js';
import { TransportError, type Sink, type Transport } from './transport.js';
import { uuidV7 } from './uuid.js';

export type { Token };

export interface SocketIoSettings {
  /** Where the server is; empty or absent: the page's own origin. */
  url?: string;
  token?: Token;
  /** Passed on to socket.io-client; `auth` may be an object or its function form and is merged with ours. */
  options?: Partial<ManagerOptions & SocketOptions>;
}

/** The server's words for "not with this token". Anything else that fails is the weather. */
const REFUSALS = new Set(['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'FORBIDDEN']);
const FIRST_DELAY_MS = 500;
const MOST_DELAY_MS = 30_000;
const DEVICE_KEY = 'crm-chat:device';

/**
 * Carries the contract over Socket.IO 4. Its own retries and buffers stay off: the outbox decides what is sent again.
 *
 * @example createChatStore({ transport: socketIoTransport({ url: 'https://chat.example', token: fetchToken }) });
 */
export function socketIoTransport({ url = '', token, options = {} }: SocketIoSettings = {}): Transport {
  let socket: Socket | undefined;
  let sink: Sink | undefined;
  /** How often in a row the server turned us away, and how often we came back by ourselves. */
  let refusals = 0;
  let comebacks = 0;
  let reconnectTimer: ReturnType<typeof setTimeout> | undefined;
  const tabId = uuidV7(Date.now());

  const credentials = async (): Promise<object> => {
    const more = await hostsCredentials(options.auth as Credentials | undefined);
    const known = typeof token === 'function' ? await token({ fresh: refusals > 0 }) : token;
    return { ...more, ...(known === undefined ? {} : { token: known }), crm: { v: 1, deviceId: deviceId(), tabId } };
  };

  const auth = (give: (data: object) => void) => {
    credentials().then(give, (failure: unknown) => {
      // No token could be fetched (the host's own server is away): the next attempt asks again.
      socket?.disconnect();
      sink?.status({ state: 'down', reason: failure instanceof Error ? failure.message : 'no token' });
      reconnectSoon();
    });
  };

  /** Where Socket.IO does not come back by itself; slower each time, and never all at once. */
  const reconnectSoon = () => {
    clearTimeout(reconnectTimer);
    const most = Math.min(MOST_DELAY_MS, FIRST_DELAY_MS * 2 ** comebacks++);
    reconnectTimer = setTimeout(() => socket?.connect(), most / 4 + Math.random() * most);
  };

  const onOnline = () => {
    if (socket && !socket.connected) socket.disconnect().connect();
  };
  const onPing = () => sink?.alive?.();
  const onOffline = () => {
    // The socket itself would notice only after a missed heartbeat.
    socket?.io.engine?.close();
  };

  return {
    open(into) {
      sink = into;
      sink.status({ state: 'connecting' });
      socket = io(url || undefined!, {
        reconnectionDelay: FIRST_DELAY_MS,
        reconnectionDelayMax: MOST_DELAY_MS,
        randomizationFactor: 1,
        timeout: 10_000,
        ...options,
        autoConnect: false,
        retries: 0,
        forceNew: true,
        auth,
      });
      socket.on('connect', () => {
        refusals = 0;
        comebacks = 0;
        sink?.status({ state: 'open' });
      });
      socket.on('disconnect', (reason) => {
        if (reason === 'io client disconnect') return;
        sink?.status({ state: 'down', reason });
        // The server hung up on purpose (an expired token): Socket.IO does not come back by itself then.
        if (reason === 'io server disconnect') reconnectSoon();
      });
      socket.on('connect_error', (error: Error & { data?: { code?: unknown } }) => {
        if (socket?.active) return sink?.status({ state: 'down', reason: error.message }); // the weather
        const told = typeof error.data?.code === 'string' ? error.data.code : undefined;
        if (told !== undefined && !REFUSALS.has(told)) {
          sink?.status({ state: 'down', reason: error.message }); // busy, or closed for now
          return reconnectSoon();
        }
        // A function may have handed out a token that had just expired, and a middleware without a code may have had a
        // bad moment: one more try, and then the server means it.
        const again = refusals++ === 0 && (typeof token === 'function' || told === undefined);
        if (again) return reconnectSoon();
        sink?.status({ state: 'refused', code: told ?? 'UNAUTHENTICATED', message: error.message });
      });
      // Where the server's heartbeat is slower than the store's patience, the store asks by itself.
      socket.io.on('ping', onPing);
      socket.onAny((name: string, payload: unknown) => sink?.event(name, payload));
      if (typeof window !== 'undefined') {
        window.addEventListener('online', onOnline);
        window.addEventListener('offline', onOffline);
      }
      socket.connect();
    },

    request(name, payload, timeoutMs) {
      const open = socket;
      if (!open?.connected) return Promise.reject(new TransportError('offline'));
      return new Promise((resolve, reject) => {
        // With `timeout` the first argument is Socket.IO's own; what follows is the server's.
        const answered = (lost: Error | null, ...answer: unknown[]) => {
          if (lost) reject(new TransportError('timeout', lost.message));
          else resolve(readArguments(answer));
        };
        const waiting = open.timeout(timeoutMs);
        // Servers in the field declare the list events as `(ack)`: no payload means no argument.
        if (payload === undefined) waiting.emit(name, answered);
        else waiting.emit(name, payload, answered);
      });
    },

    notify(name, payload) {
      if (socket?.connected) socket.volatile.emit(name, payload);
    },

    close() {
      clearTimeout(reconnectTimer);
      if (typeof window !== 'undefined') {
        window.removeEventListener('online', onOnline);
        window.removeEventListener('offline', onOffline);
      }
      sink = undefined;
      socket?.offAny();
      socket?.removeAllListeners();
      socket?.io.off('ping', onPing);
      socket?.disconnect();
      socket = undefined;
    },
  };
}

/** `(err, data)` is an error first; one argument is the answer itself. */
function readArguments(answer: unknown[]): unknown {
  if (answer.length < 2) return answer[0];
  const [error, data] = answer;
  return error === null || error === undefined ? data : { error };
}

/** Tells the server which browser this is; not a secret, and not needed where storage is refused. */
function deviceId(): string {
  try {
    const known = localStorage.getItem(DEVICE_KEY);
    if (known) return known;
    const made = uuidV7(Date.now());
    localStorage.setItem(DEVICE_KEY, made);
    return made;
  } catch {
    return 'unknown';
  }
}
