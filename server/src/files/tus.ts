/**
 * The tus endpoint: @tus/server between a door that knows who comes and a store that knows whose uploads are whose.
 * Refusals are `{ error: { code, message, retryable, field? } }`, like everywhere on this server.
 */
import { DataStore, ERRORS, Server, Upload } from '@tus/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { WireError } from '../../../src/contract/index.js';
import type { Agent } from '../access.js';
import { readToken, type TokenRules } from '../auth/tokens.js';
import { keyOf } from '../key-of.js';
import { isAllowedOrigin } from '../origins.js';
import { createBucket, takeOrRefuse, type Bucket } from '../realtime/rate-limit.js';
import { Refusal } from '../refusal.js';
import type { Settings } from '../settings.js';
import type { World } from '../world.js';
import { UPLOADS_PATH, type Files } from './files.js';
import { isUploadId, newUploadId, originalOf, type UploadRow } from './uploads.js';

export interface Door {
  files: Files;
  world: World;
  log: Logger;
  rules: TokenRules;
  settings: Pick<Settings, 'origins' | 'production' | 'publicUrl' | 'uploads'>;
}

/** Who makes a request, and of which upload it speaks. */
interface Visit {
  agent: Agent;
  row?: UploadRow;
}

const BEGINNINGS = { perSecond: 5, burst: 100 };
const AGENTS = 1000;

export async function addUploads(http: FastifyInstance, door: Door): Promise<void> {
  const { files, settings, world, log } = door;
  const visits = new WeakMap<IncomingMessage, Visit>();
  const tus = createTus(door, visits);
  const buckets = new Map<string, Bucket>();
  const bucketOf = ({ tenantId, id }: Agent): Bucket => {
    const key = keyOf(tenantId, id);
    const known = buckets.get(key);
    if (known) return known;
    if (buckets.size >= AGENTS) buckets.delete(buckets.keys().next().value!);
    const bucket = createBucket(BEGINNINGS, () => world.now().getTime());
    buckets.set(key, bucket);
    return bucket;
  };

  async function admit(request: FastifyRequest<{ Params: { id?: string } }>): Promise<Visit> {
    const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const { agent } = await readToken(door.rules, world, bearer);
    const { id } = request.params;
    if (id === undefined) {
      takeOrRefuse(bucketOf(agent));
      return { agent };
    }
    const row = await files.uploads.find(agent, id);
    if (!row) throw new Refusal('NOT_FOUND', 'There is no such upload, or it is not yours.', { field: 'uploadId' });
    if (row.messageId === null && files.uploads.expiresAt(row) <= world.now())
      throw new Refusal('NOT_FOUND', 'The upload was not sent in time. Attach the file again.', { field: 'expired' });
    if (row.refusal && request.method !== 'DELETE')
      throw new Refusal(row.refusal.code, row.refusal.message, { field: row.refusal.field });
    if (row.messageId !== null && request.method === 'DELETE')
      throw new Refusal('FORBIDDEN', 'The file was already sent and cannot be taken back.', { field: 'uploadId' });
    return { agent, row };
  }

  async function serve(request: FastifyRequest<{ Params: { id?: string } }>, reply: FastifyReply): Promise<unknown> {
    const headers: Record<string, string> = {
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      vary: 'Origin',
    };
    if (!isAllowedOrigin(settings, request.raw))
      return reply.code(403).headers(headers).send(asBody('FORBIDDEN', 'Pages of this origin may not upload here.'));
    const { origin } = request.headers;
    if (request.method !== 'OPTIONS') {
      try {
        const visit = await admit(request);
        visits.set(request.raw, visit);
        headers['upload-expires'] = files.uploads.expiresAt(visit.row ?? { createdAt: world.now() }).toUTCString();
      } catch (error) {
        const told = tell(error, log);
        const wait = told.error.retryAfterMs;
        return reply
          .code(told.status)
          .headers({
            ...headers,
            'tus-resumable': '1.0.0',
            ...(origin !== undefined && { 'access-control-allow-origin': origin }),
            ...(wait !== undefined && { 'retry-after': String(Math.ceil(wait / 1000)) }),
          })
          .send({ error: told.error });
      }
    }
    reply.hijack();
    for (const [name, value] of Object.entries(headers)) reply.raw.setHeader(name, value);
    await tus.handle(request.raw, reply.raw).catch((error: unknown) => {
      log.error({ err: error }, 'an upload was left without an answer');
      reply.raw.destroy();
    });
  }

  await http.register((scope, _options, done) => {
    // Bytes go from the wire to the storage; nothing is collected or parsed on the way.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
    scope.route({ url: UPLOADS_PATH, method: ['POST', 'OPTIONS'], handler: serve });
    scope.route({ url: `${UPLOADS_PATH}/:id`, method: ['HEAD', 'PATCH', 'DELETE', 'OPTIONS'], handler: serve });
    done();
  });
}

function createTus(door: Door, visits: WeakMap<IncomingMessage, Visit>): Server {
  const { files, log, settings } = door;
  const store = new UploadStore(files);
  const visitOf = (request: unknown): Visit => {
    const raw = (request as { runtime?: { node?: { req?: IncomingMessage } } }).runtime?.node?.req;
    return visits.get(raw!)!;
  };
  return new TypedServer({
    path: UPLOADS_PATH,
    datastore: store,
    maxSize: settings.uploads.maxBytes,
    allowedOrigins: () => true, // refused at the door otherwise
    exposedHeaders: ['Upload-Expires', 'Retry-After'],
    namingFunction: () => newUploadId(),
    generateUrl: (_request, { id }) => `${settings.publicUrl}${UPLOADS_PATH}/${id}`,
    getFileIdFromRequest: (_request, last) => (last !== undefined && isUploadId(last) ? last : undefined),
    async onUploadCreate(request, upload) {
      const { agent } = visitOf(request);
      const { filename, filetype, conversationId } = upload.metadata ?? {};
      if (!conversationId)
        throw new Refusal('BAD_PAYLOAD', '"conversationId" is missing.', { field: 'conversationId' });
      if (conversationId.includes('\0') || conversationId.length > 200)
        throw new Refusal('BAD_PAYLOAD', '"conversationId" is not as agreed.', { field: 'conversationId' });
      await files.uploads.begin(agent, upload.id, {
        conversationId,
        name: filename ?? '',
        type: filetype ?? '',
        size: upload.size ?? 0,
      });
      return {};
    },
    async onUploadFinish(request, upload) {
      const row = await files.uploads.find(visitOf(request).agent, upload.id);
      if (!row) throw ERRORS.FILE_NOT_FOUND;
      const { refusal } = await files.uploads.settle(row);
      if (refusal) throw new Refusal(refusal.code, refusal.message, { field: refusal.field });
      return {};
    },
    onResponseError(_request, error) {
      // What @tus/server says itself keeps its status; its words become ours in `write`.
      if ('status_code' in error) return undefined;
      const told = tell(error, log);
      return { status_code: told.status, body: JSON.stringify({ error: told.error }) };
    },
  });
}

/** Says every failure in the one shape. */
class TypedServer extends Server {
  override write(
    context: Parameters<Server['write']>[0],
    headers: Headers,
    status: number,
    body = '',
  ): ReturnType<Server['write']> {
    if (status < 400) return super.write(context, headers, status, body);
    headers.set('content-type', 'application/json; charset=utf-8');
    const [code, message] = TUS_WORDS[status] ?? (['BAD_PAYLOAD', body.trim()] as const);
    const text = body.startsWith('{') ? body : JSON.stringify(asBody(code, message));
    return super.write(context, headers, status, text);
  }
}

const TUS_WORDS: Readonly<Record<number, readonly [WireError['code'], string]>> = {
  404: ['NOT_FOUND', 'There is no such upload, or it is not yours.'],
  409: ['CONFLICT', 'The upload continues from another place. Ask where it stands.'],
  410: ['NOT_FOUND', 'The upload is gone. Attach the file again.'],
  412: ['BAD_PAYLOAD', 'The request does not speak tus 1.0.0.'],
  413: ['TOO_LARGE', 'The file is larger than was agreed.'],
  500: ['INTERNAL', 'Something went wrong on the server. Try again.'],
};

const asBody = (code: WireError['code'], message: string) => ({ error: new Refusal(code, message).error });

const STATUS: Partial<Record<WireError['code'], number>> = {
  UNAUTHENTICATED: 401,
  TOKEN_EXPIRED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  TOO_LARGE: 413,
  RATE_LIMITED: 429,
};
/** Where the field says more than the code. */
const STATUS_OF_FIELD: Readonly<Record<string, number>> = {
  'NOT_FOUND conversationId': 403,
  'BAD_PAYLOAD filetype': 415,
  'BAD_PAYLOAD program': 415,
  'TOO_LARGE quota': 507,
  'NOT_FOUND expired': 410,
};

function tell(error: unknown, log: Logger): { status: number; error: WireError } {
  if (error instanceof Refusal) {
    const { code, field } = error.error;
    log.info({ event: 'upload', code, field }, 'refused');
    return { status: STATUS_OF_FIELD[`${code} ${field}`] ?? STATUS[code] ?? 400, error: error.error };
  }
  log.error({ event: 'upload', err: error }, 'failed');
  return { status: 500, error: asBody('INTERNAL', 'Something went wrong on the server. Try again.').error };
}

/** How @tus/server sees the uploads. Rows are made and looked after elsewhere; here go the bytes. */
class UploadStore extends DataStore {
  readonly #files: Files;

  constructor(files: Files) {
    super();
    this.#files = files;
    this.extensions = ['creation', 'creation-with-upload', 'termination', 'expiration'];
  }

  override async create(upload: Upload): Promise<Upload> {
    await this.#files.storage.put(originalOf(upload.id), new Uint8Array());
    return upload;
  }

  override write(bytes: Readable, id: string, offset: number): Promise<number> {
    return this.#files.storage.append(originalOf(id), offset, bytes);
  }

  override async getUpload(id: string): Promise<Upload> {
    const row = await this.#files.uploads.byLink(id);
    if (!row) throw ERRORS.FILE_NOT_FOUND;
    return new Upload({
      id,
      size: row.size,
      // A process that ended between the row and the file left none: it begins at 0.
      offset: (await this.#files.storage.size(originalOf(id))) ?? 0,
      metadata: { filename: row.fileName, filetype: row.declaredType, conversationId: row.conversationId },
      creation_date: row.createdAt.toISOString(),
    });
  }

  override async remove(id: string): Promise<void> {
    const row = await this.#files.uploads.byLink(id);
    if (row) await this.#files.uploads.abandon(row);
  }
}
