/** Files of messages on their way to where the server takes them. Whoever builds the store may say how that is done. */
import type { WritableAtom } from 'nanostores';
import type { MessageMetadata } from '../contract/index.js';
import type { SocketIoSettings } from '../transport/socket-io.js';
import { tokenOf, type Credentials } from '../transport/token.js';
import { TAKEN_BACK } from '../transport/upload.js';
import type { ChatState } from './chat-state.js';
import type { Tabs } from './tabs.js';
import {
  UploadRefused,
  type AttachedFile,
  type Failure,
  type MessageRow,
  type OutboxRow,
  type Upload,
} from './vault.js';

/** Up to so many bytes a file stays until its message is stored; more would be written to the disk again at each step. */
const KEPT_BYTES = 16 * 1024 * 1024;

/** A message whose file is not at the server yet. */
export type FileRow = MessageRow & { readonly attachment: AttachedFile };

export function needsUpload(row: OutboxRow): row is FileRow {
  return row.kind === 'message' && row.attachment !== undefined && !row.attachment.uploaded;
}

/** `row`: the file is at the server, and the message says so. `refused`: it never will be. Neither: not this time. */
export type Carried = { row: MessageRow } | { refused?: Failure };

export class Uploads {
  upload: Upload | undefined;
  readonly #tabs: Tabs;
  readonly #running = new Map<string, AbortController>();

  /** @param $parts how far each one is, by message key; 0 to 1 */
  constructor(
    private readonly $parts: WritableAtom<Readonly<Record<string, number>>>,
    tabs: Tabs,
  ) {
    this.#tabs = tabs;
  }

  async carry(row: FileRow, keep: (resume: string) => void): Promise<Carried> {
    const { upload } = this;
    if (!upload) {
      return { refused: { code: 'UNAVAILABLE', message: 'Files cannot be sent here.', retryable: true } };
    }
    const abort = new AbortController();
    this.#running.set(row.key, abort);
    const tell = (part: number) => {
      if (abort.signal.aborted) return;
      this.note(row.key, part);
      this.#tabs.tell('upload', { key: row.key, part });
    };
    const travel = async (): Promise<Carried> => {
      const metadata = await upload(row, tell, abort.signal, keep);
      tell(1);
      return { row: withUploaded(row, metadata) };
    };
    const arrived = travel().catch((failure: unknown): Carried => {
      if (!(failure instanceof UploadRefused)) return {};
      tell(1);
      return { refused: { code: failure.code, message: failure.message, retryable: false } };
    });
    return arrived.finally(() => this.#running.delete(row.key));
  }

  /** Here or on the page that sends. What waits for another attempt stays told as far as it came. */
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
    this.#running.get(key)?.abort(TAKEN_BACK);
    this.note(key, 1);
  }

  forget(): void {
    for (const abort of this.#running.values()) abort.abort(TAKEN_BACK);
    this.$parts.set({});
  }
}

/** The file is at the server: its message says as what, and keeps it where that costs little. */
function withUploaded({ attachment, ...row }: FileRow, metadata: MessageMetadata): MessageRow {
  const message = { ...row.message, metadata: { ...row.message.metadata, ...metadata } };
  const { resume: _resume, ...file } = attachment;
  const kept = attachment.blob.size <= KEPT_BYTES ? { attachment: { ...file, uploaded: true } } : {};
  return { ...row, ...kept, message };
}

/** The server has lost the file (it was kept for a day, and the message came later): it is uploaded anew. */
export function anew<R extends MessageRow>(row: R): R {
  const { attachment, message } = row;
  if (!attachment) return row;
  const { resume: _resume, uploaded: _uploaded, ...file } = attachment;
  const { uploadId: _id, ...metadata } = message.metadata!; // our own has at least its key there
  return { ...row, attachment: file, message: { ...message, metadata } };
}

/** Files go by tus to where the server announces that it takes them; the code comes with the first one. */
export function uploadOverTus(state: ChatState, { url, token, options }: SocketIoSettings): Upload {
  let made: { endpoint: string; upload: Upload } | undefined;
  return async (...all) => {
    const { tusUpload } = await import('../transport/tus-upload.js');
    const announced = state.$features.get().uploads;
    if (!announced) throw new UploadRefused('UNAVAILABLE', 'Files cannot be sent here.');
    const endpoint = url && URL.canParse(url) ? new URL(announced.endpoint, url).href : announced.endpoint;
    const known = made?.endpoint === endpoint ? made.upload : undefined;
    const bearer = (fresh: boolean) => tokenOf(token, options?.auth as Credentials | undefined, fresh);
    const upload = known ?? tusUpload({ endpoint, token: bearer });
    made = { endpoint, upload };
    return upload(...all);
  };
}
