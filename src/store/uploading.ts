/** Files of messages on their way to where the server takes them. Whoever builds the store says how that is done. */
import { atom } from 'nanostores';
import type { Tabs } from './tabs.js';
import { UploadRefused, type Failure, type MessageRow, type Upload } from './vault.js';

/** `row`: the file is at the server, and the message says so. `refused`: it never will be. Neither: not this time. */
export type Carried = { row: MessageRow } | { refused?: Failure };

export class Uploads {
  /** How far each one is, by message key; 0 to 1. */
  readonly $parts = atom<Readonly<Record<string, number>>>({});
  upload: Upload | undefined;
  readonly #tabs: Tabs;
  readonly #running = new Map<string, AbortController>();

  constructor(tabs: Tabs) {
    this.#tabs = tabs;
  }

  async carry(row: MessageRow): Promise<Carried> {
    const { attachment, ...rest } = row;
    if (!attachment) return { row };
    if (!this.upload) {
      return { refused: { code: 'UNAVAILABLE', message: 'Files cannot be sent here.', retryable: true } };
    }
    const abort = new AbortController();
    this.#running.set(row.key, abort);
    const tell = (part: number) => {
      this.note(row.key, part);
      this.#tabs.tell('upload', { key: row.key, part });
    };
    try {
      const metadata = await this.upload({ ...row, attachment }, tell, abort.signal);
      const { message } = row;
      return { row: { ...rest, message: { ...message, metadata: { ...message.metadata, ...metadata } } } };
    } catch (failure) {
      if (!(failure instanceof UploadRefused)) return {};
      return { refused: { code: failure.code, message: failure.message, retryable: false } };
    } finally {
      this.#running.delete(row.key);
      tell(1);
    }
  }

  /** Here or on the page that sends. */
  note(key: string, part: number): void {
    const { [key]: _before, ...others } = this.$parts.get();
    this.$parts.set(part < 1 ? { ...others, [key]: part } : others);
  }

  /** The link went: they go on later, from where they stand, if the uploader can. */
  stop(): void {
    for (const abort of this.#running.values()) abort.abort();
  }

  /** The message was taken back. */
  abandon(key: string): void {
    this.#running.get(key)?.abort();
  }
}
