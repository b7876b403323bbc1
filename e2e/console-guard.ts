/** A flow is not good while the console complains: collects errors, warnings of ours and breaches of the page's policy. */
import { expect, type BrowserContext, type ConsoleMessage } from '@playwright/test';

/** What the browser itself says while a server is away on purpose. */
const NETWORK = /net::ERR_|Failed to load resource|WebSocket connection to|WebSocket is closed/;

/** What Chromium says of any page that hangs up while Socket.IO is still changing over to WebSocket: how fast that is depends on the machine. */
const HUNG_UP_EARLY = /WebSocket is closed before the connection is established/;

/** What the server says to a page that has hung up while a request of the handshake was still under way. */
const HUNG_UP_MIDWAY = /status of 400 \(Bad Request\) \(\S*\/socket\.io\/\S*[?&]sid=/;

/** What the browser says of an answer that another origin may not read. */
const REFUSED_ORIGIN = /blocked by CORS policy/;

export class ConsoleGuard {
  readonly #problems: string[] = [];
  #serverIsDown = false;
  #hangsUp = false;
  #refusesOrigin = false;

  watch(context: BrowserContext): void {
    context.on('console', (message: ConsoleMessage) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      const text = `${message.type()}: ${message.text()} (${message.location().url})`;
      if (HUNG_UP_EARLY.test(text) || (this.#serverIsDown && NETWORK.test(text))) return;
      if (this.#hangsUp && HUNG_UP_MIDWAY.test(text)) return;
      if (this.#refusesOrigin && REFUSED_ORIGIN.test(text)) return;
      this.#problems.push(text);
    });
    context.on('weberror', (error) => this.#problems.push(String(error.error().stack ?? error.error())));
  }

  /** From here on the network may fail: a test has taken the server away. */
  expectServerDown(): void {
    this.#serverIsDown = true;
  }

  /** A test removes inboxes in the middle of connecting. */
  expectHangingUp(): void {
    this.#hangsUp = true;
  }

  /** A server that does not let the page's origin in. */
  expectRefusedOrigin(): void {
    this.#refusesOrigin = true;
  }

  check(): void {
    expect(this.#problems, 'the console stays clean').toEqual([]);
  }
}
