/** What the storm asks of a page of an agent, whether it has a screen or not. */
export interface Sent {
  key: string;
  conversationId: string;
  text: string;
}

export interface Shown {
  key: string;
  text: string;
  delivery: string;
}

export interface AgentPage {
  readonly agentId: string;
  /** What the page has shown as kept, in the order of writing. */
  readonly sent: readonly Sent[];
  readonly problems: readonly string[];
  /** What of its words is still on its way to the server; what failed is not. */
  waiting(): number | Promise<number>;
  /** Connected, and nothing is on its way any more. */
  isQuiet(): boolean | Promise<boolean>;
  failed(): string[] | Promise<string[]>;
  shows(conversationId: string): Shown[] | Promise<Shown[]>;
  close(): void | Promise<void>;
}
