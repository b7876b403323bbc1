// A back end without Socket.IO: asks go by fetch, news come as server-sent events. These four methods are all there is.
import { TransportError } from 'crm-chat-elements';

const NEWS = ['new_message', 'conversation_updated', 'prospect_updated', 'typing'];

export function httpTransport(url) {
  let source;
  return {
    open(sink) {
      sink.status({ state: 'connecting' });
      source = new EventSource(`${url}/news`);
      source.onopen = () => sink.status({ state: 'open' });
      source.onerror = () => sink.status({ state: 'down' }); // it reconnects by itself
      for (const name of NEWS) {
        source.addEventListener(name, (event) => sink.event(name, JSON.parse(event.data)));
      }
    },

    async request(name, payload, timeoutMs) {
      if (source?.readyState !== EventSource.OPEN) throw new TransportError('offline');
      try {
        const response = await fetch(`${url}/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(payload ?? {}),
          signal: AbortSignal.timeout(timeoutMs),
        });
        return await response.json();
      } catch {
        throw new TransportError('timeout'); // it may have arrived: the outbox asks again under the same key
      }
    },

    notify() {
      // This server does not care who is typing.
    },

    close() {
      source?.close();
    },
  };
}
