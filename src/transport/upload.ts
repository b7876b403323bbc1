/** How files travel: the shapes that an uploader and the store agree on. */

/** Thrown by an uploader for what must not be tried again as it is. Anything else that it throws is the weather. */
export class UploadRefused extends Error {
  override readonly name = 'UploadRefused';
  /**
   * @param code `TOO_LARGE`, `UNSUPPORTED_TYPE`, `PROGRAM`, `EMPTY`, `QUOTA`, `NOT_FOUND` (the conversation), `FORBIDDEN`,
   * `UNAVAILABLE`, or one of the uploader's own: agents
   * read these in their language, and `message` where the code says nothing.
   */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Reason of the abort when the message was taken back: what has arrived of the file may be thrown away. */
export const TAKEN_BACK = 'taken back';

/** What an uploader needs to know of a message. */
export interface FileToSend {
  readonly conversationId: string;
  readonly attachment: {
    readonly blob: Blob;
    readonly name: string;
    /** MIME type. */
    readonly type: string;
    /** What the uploader told `keep` in an earlier attempt, perhaps before a reload. */
    readonly resume?: string;
  };
}

/** What the message is to carry. */
export type UploadedFile = {
  /** For `metadata.uploadId` of `send_message`. */
  readonly uploadId: string;
  readonly fileName: string;
  /** Bytes. */
  readonly fileSize: number;
  /** MIME type. */
  readonly fileType: string;
};
