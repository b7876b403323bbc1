/**
 * The only file that knows tus-js-client; loaded with the first file. One call is one attempt: the outbox decides when
 * there is another, and hands back where this one stood.
 */
import { DetailedError, Upload, type HttpResponse } from 'tus-js-client';
import { TAKEN_BACK, UploadRefused, type FileToSend, type UploadedFile } from './upload.js';

export interface TusSettings {
  /** Where uploads are created; relative to the page. */
  endpoint: string;
  /** Fetches what goes into `Authorization: Bearer …`; `fresh` when the last one was refused. Absent: none is sent. */
  token?: (fresh: boolean) => Promise<string | undefined>;
  /**
   * Bytes in one request. Default: 1 MiB, which proxies let through as they are installed; what has arrived when a
   * request breaks counts all the same.
   */
  chunkBytes?: number;
}

const CHUNK_BYTES = 1024 * 1024;

/** Statuses that will not change by themselves. */
const REFUSALS: Readonly<Record<number, string>> = {
  400: 'BAD_PAYLOAD',
  403: 'FORBIDDEN',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_TYPE',
  507: 'QUOTA',
};
/** What a server that names code and field says more exactly. */
const TOLD: Readonly<Record<string, string>> = {
  'BAD_PAYLOAD program': 'PROGRAM',
  'BAD_PAYLOAD size': 'EMPTY',
  'NOT_FOUND conversationId': 'NOT_FOUND',
};
const NOT_ADMITTED = 401;

/** Uploads over tus 1.0, for `createChatStore({ upload })`. */
export function tusUpload({ endpoint, token, chunkBytes = CHUNK_BYTES }: TusSettings) {
  const base = new URL(endpoint, document.baseURI).href;
  let known: Promise<string | undefined> | undefined;
  const bearer = (fresh = false) => {
    if (fresh || !known) {
      known = token?.(fresh) ?? Promise.resolve(undefined);
      known.catch(() => (known = undefined)); // the next request asks again
    }
    return known;
  };

  return async function upload(
    file: FileToSend,
    onProgress: (part: number) => void,
    signal: AbortSignal,
    keep: (resume: string) => void = () => undefined,
  ): Promise<UploadedFile> {
    const { blob, name, type } = file.attachment;
    let { resume } = file.attachment;
    const attempt = () =>
      new Promise<string>((resolve, reject) => {
        if (signal.aborted) return reject(new Error('aborted'));
        const upload = new Upload(blob, {
          endpoint: base,
          chunkSize: chunkBytes,
          // A request that breaks is the outbox's business, and so is what is remembered.
          retryDelays: null,
          storeFingerprintForResuming: false,
          fingerprint: () => Promise.resolve(''),
          metadata: { filename: name, filetype: type, conversationId: file.conversationId },
          ...(resume === undefined ? {} : { uploadUrl: resume }),
          onBeforeRequest: async (request) => {
            const text = await bearer();
            if (text !== undefined) request.setHeader('Authorization', `Bearer ${text}`);
          },
          onAfterResponse: (request, response) => {
            const at = Number(response.getHeader('Upload-Offset'));
            if (request.getMethod() === 'HEAD' && at > 0) onProgress(at / Math.max(1, blob.size));
          },
          onProgress: (sent, total) => onProgress(total > 0 ? sent / total : 0),
          onUploadUrlAvailable: () => {
            if (!upload.url || upload.url === resume) return;
            resume = upload.url;
            keep(resume);
          },
          onSuccess: () => {
            signal.removeEventListener('abort', stop);
            resolve(upload.url ?? '');
          },
          onError: (error) => {
            signal.removeEventListener('abort', stop);
            reject(error);
          },
        });
        const stop = () => {
          // A server that does not hear of it cleans up by itself, later.
          upload.abort(signal.reason === TAKEN_BACK).catch(() => undefined);
          reject(new Error('aborted'));
        };
        signal.addEventListener('abort', stop, { once: true });
        upload.start();
      });

    let url: string;
    try {
      url = await attempt();
    } catch (failure) {
      if (statusOf(failure) !== NOT_ADMITTED) throw plain(failure);
      // The token grew old during the upload: another one, once.
      await bearer(true);
      url = await attempt().catch((again: unknown) => Promise.reject(plain(again)));
    }
    return { uploadId: lastSegment(url), fileName: name, fileSize: blob.size, fileType: type };
  };
}

function statusOf(failure: unknown): number | undefined {
  return failure instanceof DetailedError ? failure.originalResponse?.getStatus() : undefined;
}

/** What the server said for good is a refusal; everything else is tried again. */
function plain(failure: unknown): Error {
  const error = failure instanceof Error ? failure : new Error(String(failure));
  const response = failure instanceof DetailedError ? failure.originalResponse : null;
  const code = response && REFUSALS[response.getStatus()];
  if (!response || !code) return error;
  const told = wordsOf(response);
  return new UploadRefused(TOLD[`${told.code} ${told.field}`] ?? code, told.message ?? error.message);
}

/** `{ error: { code, message } }`, `{ code, message }`, or a line of text. */
function wordsOf(response: HttpResponse): { code?: unknown; field?: unknown; message?: string } {
  const body = response.getBody() ?? '';
  try {
    const told = JSON.parse(body) as { error?: unknown };
    const { code, field, message } = (typeof told.error === 'object' && told.error ? told.error : told) as Record<
      string,
      unknown
    >;
    return { code, field, ...(typeof message === 'string' ? { message } : {}) };
  } catch {
    const line = body.trim();
    return line && line.length <= 200 && !line.startsWith('<') ? { message: line } : {};
  }
}

function lastSegment(url: string): string {
  return decodeURIComponent(new URL(url).pathname.split('/').filter(Boolean).at(-1) ?? '');
}
