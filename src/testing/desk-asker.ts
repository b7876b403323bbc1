/** Who asks the Desk, and how it says no. */
import type { Agent, Conversation, ErrorCode, Features, WireError } from '../contract/index.js';

/** Thrown by an answer to refuse; reaches the asker as an error ack. */
export class DeskRefusal extends Error {
  constructor(readonly error: WireError) {
    super(error.message);
  }
}

export const refuse = (code: ErrorCode, message: string, field?: string) =>
  new DeskRefusal({ code, message, retryable: false, ...(field ? { field } : {}) });

/** Who asks, and what a repeated ask was answered the first time. */
export interface Asker {
  agent: Agent;
  epoch: string;
  level: 0 | 1 | 2;
  features: Features;
  /** Answers by idempotency key, for the whole life of the desk. */
  answered: Map<string, { hash: string; data: unknown }>;
  /** What is not theirs to see is not there. */
  sees(conversation: Conversation): boolean;
}
