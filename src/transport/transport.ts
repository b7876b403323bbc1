/**
 * Room 2: how it travels. A transport carries and nothing else: it never remembers, retries or queues, because the
 * store's outbox decides what is sent, when, and how often.
 */

/** What the transport says of itself. */
export type LinkStatus =
  | { state: 'connecting' }
  | { state: 'open' }
  /** Down, and the transport keeps trying by itself. */
  | { state: 'down'; reason?: string }
  /** The server turned us away; trying again needs another token. */
  | { state: 'refused'; code: string; message: string }
  /** Closed by us, or without hope of coming back. */
  | { state: 'closed'; reason?: string };

/** Where a transport puts what arrives; the store passes exactly one. */
export interface Sink {
  /** An event of the server. The payload is unchecked: the store holds it against its schema. */
  event(name: string, payload: unknown): void;
  status(status: LinkStatus): void;
  /** Something arrived that shows that the link lives, and nothing else: a heartbeat. */
  alive?(): void;
}

/**
 * The four methods a host writes to bring its own back end.
 *
 * @example
 * const transport: Transport = {
 *   open(sink) { source.onmessage = (m) => sink.event(m.type, JSON.parse(m.data)); sink.status({ state: 'open' }); },
 *   request: (name, payload) => fetch(`/chat/${name}`, { method: 'POST', body: JSON.stringify(payload) }).then((r) => r.json()),
 *   notify: (name, payload) => void navigator.sendBeacon(`/chat/${name}`, JSON.stringify(payload)),
 *   close() { source.close(); },
 * };
 */
export interface Transport {
  /**
   * True: it finds out by itself, within 15 s, when nothing arrives any more. Otherwise the store asks the server
   * something when it has heard nothing for a while, and opens again where that stays without an answer too.
   */
  readonly vouches?: boolean;
  open(sink: Sink): void;
  /**
   * Asks and waits. Resolves with what the server answered, in any style that `readAnswer` knows; `timeoutMs` is when to
   * give up. Rejects with a `TransportError`: at once with `offline` while the link is down.
   */
  request(name: string, payload: unknown, timeoutMs: number): Promise<unknown>;
  /** Says and forgets (typing): a loss is fine. */
  notify(name: string, payload: unknown): void;
  close(): void;
}

export type TransportFailure = 'offline' | 'timeout';

export class TransportError extends Error {
  override readonly name = 'TransportError';
  constructor(
    /** `offline`: nothing was sent. `timeout`: it may have been received and stored. */
    readonly reason: TransportFailure,
    message: string = reason,
  ) {
    super(message);
  }
}
