/** Makes an upload a message's own, inside the transaction that stores the message. */
import { and, eq } from 'drizzle-orm';
import type { MessageMetadata, SendMessage } from '../../../src/contract/index.js';
import type { Agent } from '../access.js';
import type { Queries } from '../database/open.js';
import { uploads } from '../database/schema.js';
import { Refusal } from '../refusal.js';
import type { World } from '../world.js';
import type { Variant } from './links.js';
import type { UploadRow, Uploads } from './uploads.js';

const FIELD = 'metadata.uploadId';
const KINDS: ReadonlySet<string> = new Set(['image', 'audio', 'file']);

export interface Claimed {
  messageType: string;
  metadata: MessageMetadata;
}

/** Locks the upload; what somebody else's, another conversation's and nobody's upload have in common is the answer. */
export async function claimUpload(
  parts: { world: World; uploads: Uploads },
  tx: Queries,
  agent: Agent,
  ask: SendMessage,
  uploadId: string,
): Promise<Claimed> {
  const [row] = await tx
    .select()
    .from(uploads)
    .where(and(eq(uploads.tenantId, agent.tenantId), eq(uploads.agentId, agent.id), eq(uploads.id, uploadId)))
    .for('update');
  if (!row || row.conversationId !== ask.conversationId || isExpired(parts, row))
    throw new Refusal('NOT_FOUND', 'The file is not at the server any more. Attach it again.', { field: FIELD });
  if (row.messageId !== null)
    throw new Refusal('CONFLICT', 'This file was already sent with another message.', { field: FIELD });
  if (row.refusal) throw new Refusal(row.refusal.code, row.refusal.message, { field: FIELD });
  if (row.state !== 'ready')
    throw new Refusal('BAD_PAYLOAD', 'The file has not arrived completely yet.', { field: FIELD });
  if (!KINDS.has(ask.messageType))
    throw new Refusal('BAD_PAYLOAD', 'A file is sent as an image, an audio or a file.', { field: 'messageType' });
  // What cannot be shown or played in the page is a file, whatever its sender took it for.
  const messageType = ask.messageType === row.kind ? row.kind : 'file';
  return { messageType, metadata: factsOf(ask.metadata ?? {}, row, messageType) };
}

/** The message exists now; its upload is its own. */
export async function bindUpload(tx: Queries, agent: Agent, uploadId: string, messageId: string): Promise<void> {
  await tx
    .update(uploads)
    .set({ messageId })
    .where(and(eq(uploads.tenantId, agent.tenantId), eq(uploads.id, uploadId)));
}

const isExpired = ({ world, uploads: life }: { world: World; uploads: Uploads }, row: UploadRow) =>
  row.messageId === null && life.expiresAt(row) <= world.now();

/** The server's own facts stand; the sender's addresses and sizes go; what only a sender can know stays. */
function factsOf(given: MessageMetadata, row: UploadRow, messageType: string): MessageMetadata {
  const {
    clientMessageId: _key,
    imageUrl: _image,
    audioUrl: _audio,
    fileUrl: _file,
    width: _width,
    height: _height,
    duration: told,
    waveform,
    transcript,
    ...rest
  } = given;
  const duration = row.duration ?? told;
  return {
    ...rest,
    uploadId: row.id,
    fileName: row.fileName,
    fileSize: row.size,
    fileType: row.fileType ?? row.declaredType,
    ...(row.width !== null && row.height !== null && { width: row.width, height: row.height }),
    ...(messageType === 'audio' && {
      ...(duration !== undefined && { duration }),
      ...(waveform !== undefined && { waveform }),
      ...(transcript !== undefined && { transcript }),
    }),
  };
}

const SHOWN_AS: Readonly<Record<string, readonly [field: 'imageUrl' | 'audioUrl', variant: Variant]>> = {
  image: ['imageUrl', 'picture'],
  audio: ['audioUrl', 'sound'],
};

/** The links of a stored message, made now. */
export function linksOf(
  links: { to(id: string, variant: Variant): string },
  messageType: string,
  metadata: MessageMetadata,
): MessageMetadata {
  const { uploadId } = metadata;
  if (uploadId === undefined) return metadata;
  const shown = SHOWN_AS[messageType];
  return {
    ...metadata,
    ...(shown && { [shown[0]]: links.to(uploadId, shown[1]) }),
    fileUrl: links.to(uploadId, 'file'),
  };
}
