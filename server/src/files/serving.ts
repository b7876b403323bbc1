/**
 * Files for whoever holds a signed link. Only what was made anew here (pictures) and known kinds of sound are shown in a
 * page; everything else is saved, never opened, and nothing that is opened anyway may run or load anything.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { OCTETS } from '../../../src/contract/index.js';
import { isAllowedOrigin } from '../origins.js';
import { Refusal } from '../refusal.js';
import type { Settings } from '../settings.js';
import type { Files } from './files.js';
import { VARIANTS, type Variant } from './links.js';
import { PICTURE_TYPE } from './pictures.js';
import { readRange } from './range.js';
import { isPlayed } from './sound.js';
import { isUploadId, originalOf, pictureOf, type UploadRow } from './uploads.js';

type Asked = FastifyRequest<{ Params: { id: string; variant: string }; Querystring: Record<string, unknown> }>;

interface Shown {
  key: string;
  type: string;
  disposition: string;
}

const SAFE = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
  'referrer-policy': 'no-referrer',
  // Panels in other people's pages show these, also in pages that embed nothing without this.
  'cross-origin-resource-policy': 'cross-origin',
  vary: 'Origin',
};
/** What a browser would run if something talked it into opening it. */
const ACTIVE = /html|xml|svg|script|wasm|pdf|flash/;

const SHOW: Readonly<Record<Variant, (row: UploadRow) => Shown | undefined>> = {
  picture: (row) =>
    row.kind === 'image' ? { key: pictureOf(row.id), type: PICTURE_TYPE, disposition: 'inline' } : undefined,
  sound: (row) => {
    if (row.kind !== 'audio') return undefined;
    // Asked again here: a row may be older than the rule.
    return isPlayed(row.fileType) ? { key: originalOf(row.id), type: row.fileType, disposition: 'inline' } : saved(row);
  },
  file: saved,
};

function saved(row: UploadRow): Shown {
  const type = row.fileType ?? row.declaredType;
  return {
    key: originalOf(row.id),
    type: ACTIVE.test(type) ? OCTETS : type,
    disposition: `attachment; ${savedAs(row.fileName)}`,
  };
}

export function addFiles(
  http: FastifyInstance,
  { files, settings }: { files: Files; settings: Pick<Settings, 'origins' | 'production'> },
): void {
  http.get('/files/:id/:variant', async (request: Asked, reply) => {
    void reply.headers({ ...SAFE, 'cache-control': 'no-store' });
    const { origin } = request.headers;
    if (origin !== undefined && isAllowedOrigin(settings, request.raw))
      void reply.headers({
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag',
      });
    const { id, variant } = request.params;
    const left = isUploadId(id) && isVariant(variant) ? files.links.check(id, variant, request.query) : undefined;
    if (left === undefined) return refuse(reply, 403, 'This link is not valid.');
    if (left === 0) return refuse(reply, 403, 'This link has expired. Open the conversation again for a fresh one.');
    const row = await files.uploads.byLink(id);
    const shown = row?.state === 'ready' ? SHOW[variant as Variant](row) : undefined;
    const size = shown && (await files.storage.size(shown.key));
    if (!shown || size === undefined) return refuse(reply, 404, 'This file is not there any more.');
    return send(request, reply, files, shown, { size, etag: `"${id}-${variant}"`, left });
  });
}

function send(
  request: Asked,
  reply: FastifyReply,
  files: Files,
  shown: Shown,
  { size, etag, left }: { size: number; etag: string; left: number },
): FastifyReply {
  void reply.headers({
    'accept-ranges': 'bytes',
    'content-disposition': shown.disposition,
    // A key's bytes never change; only the permission ends.
    'cache-control': `private, max-age=${Math.floor(left / 1000)}, immutable`,
    etag,
  });
  const { range: asked, 'if-range': ifRange, 'if-none-match': known } = request.headers;
  if (known !== undefined && known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag))
    return reply.code(304).send();
  const range = ifRange !== undefined && ifRange !== etag ? undefined : readRange(asked, size);
  if (range === 'impossible') {
    void reply.header('content-range', `bytes */${size}`);
    return refuse(reply, 416, 'The file ends before that.');
  }
  void reply.type(shown.type).header('content-length', range ? range.to - range.from + 1 : size);
  if (range) void reply.code(206).header('content-range', `bytes ${range.from}-${range.to}/${size}`);
  return reply.send(request.method === 'HEAD' ? Readable.from([]) : files.storage.read(shown.key, range));
}

const isVariant = (text: string): text is Variant => (VARIANTS as readonly string[]).includes(text);

const CODES = { 403: 'FORBIDDEN', 404: 'NOT_FOUND', 416: 'BAD_PAYLOAD' } as const;
function refuse(reply: FastifyReply, status: keyof typeof CODES, message: string): FastifyReply {
  void reply.removeHeader('content-disposition').header('cache-control', 'no-store');
  return reply.code(status).send({ error: new Refusal(CODES[status], message).error });
}

/**
 * The name to save as: exactly (RFC 5987), and in plain letters for who does not know that. Marks that turn the writing
 * direction go: they would make "gpj.exe" look like "exe.jpg".
 */
export function savedAs(name: string): string {
  const straight = name.replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069]/g, '').replace(/^[. ]+|[. ]+$/g, '');
  const whole = straight.replace(/[/\\:*?"<>|]/g, '_') || 'file';
  const plain = whole.replace(/[^\x20-\x7e]/g, '_').replace(/%/g, '_');
  const exact = encodeURIComponent(whole).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${exact}`;
}
