// A back end behind one plain WebSocket: asks go as `{id, name, ask}`, answers come as `{id, reply}`, news as `{name, news}`.
import { TransportError } from 'crm-chat-elements';

/** Milliseconds until the next try, longer each time. */
const WAITS = [500, 1000, 2000, 5000, 10_000];

export function webSocketTransport(url) {
  const waiting = new Map();
  let socket;
  let retry;
  let tries = 0;
  let nextId = 0;

  function connect(sink) {
    sink.status({ state: 'connecting' });
    socket = new WebSocket(url);
    socket.onopen = () => {
      tries = 0;
      sink.status({ state: 'open' });
    };
    socket.onmessage = ({ data }) => {
      const { id, reply, name, news } = JSON.parse(data);
      if (name) return sink.event(name, news);
      waiting.get(id)?.resolve(reply);
      waiting.delete(id);
    };
    socket.onclose = () => {
      for (const { reject } of waiting.values()) reject(new TransportError('timeout')); // they may have arrived
      waiting.clear();
      sink.status({ state: 'down' });
      retry = setTimeout(() => connect(sink), WAITS[Math.min(tries++, WAITS.length - 1)]);
    };
  }

  return {
    open: connect,

    request(name, payload, timeoutMs) {
      if (socket?.readyState !== WebSocket.OPEN) return Promise.reject(new TransportError('offline'));
      return new Promise((resolve, reject) => {
        const id = ++nextId;
        const timer = setTimeout(() => settle(reject, new TransportError('timeout')), timeoutMs);
        const settle = (end, value) => {
          clearTimeout(timer);
          waiting.delete(id);
          end(value);
        };
        waiting.set(id, {
          resolve: (reply) => settle(resolve, reply),
          reject: (error) => settle(reject, error),
        });
        socket.send(JSON.stringify({ id, name, ask: payload }));
      });
    },

    notify(name, payload) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ name, ask: payload }));
    },

    close() {
      clearTimeout(retry);
      if (!socket) return;
      socket.onclose = null;
      socket.close();
    },
  };
}
