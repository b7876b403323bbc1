/** What can be set from outside, in one place. A bad value is one clear sentence and the end. */
import { join, resolve } from 'node:path';
import type { ChannelSheet } from '../../src/contract/index.js';
import { readChannels } from './channels.js';

export interface Settings {
  production: boolean;
  port: number;
  host: string;
  dataDir: string;
  /** PostgreSQL; absent: the embedded database in `dataDir`. */
  databaseUrl: string | undefined;
  /** Absent: made on the first start and kept in `dataDir` (never in production). */
  jwtSecret: string | undefined;
  jwtIssuer: string;
  jwtAudience: string;
  /** Pages that may connect; empty: the server's own, and the local machine's outside production. */
  origins: string[];
  logLevel: string;
  /** Of one agent at once: pages, devices, and lines that broke and are not missed yet. */
  socketsPerAgent: number;
  /** The channel that plays the customers. */
  sandbox: boolean;
  /** Multiplies every delay of the sandbox. */
  sandboxPace: number;
  demoSeed: number;
  /** Where browsers reach this server, without a slash at the end; empty: links begin with a slash. */
  publicUrl: string;
  uploads: UploadSettings;
  /** Channels of this server's own, beside the six or instead of one of them. */
  channels: ChannelSheet[];
}

export interface UploadSettings {
  on: boolean;
  /** MIME types or `image/*` patterns; each channel's sheet narrows them. */
  types: string[];
  maxBytes: number;
  /** Bytes of what one agent has uploaded and not sent; of everything a tenant keeps. */
  agentQuota: number;
  tenantQuota: number;
  /** What has not been sent by then is thrown away. */
  keepMs: number;
  /** How long a link to a file holds at least. */
  linkMs: number;
}

/** A start that cannot go on, in one sentence for the person at the terminal. */
export class StartFailure extends Error {}

const MB = 1024 * 1024;
const HOUR = 60 * 60 * 1000;
const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const text = (name: string) => env[name]?.trim() || undefined;
  const oneOf = (name: string, allowed: readonly string[], fallback: string) => {
    const value = text(name) ?? fallback;
    if (!allowed.includes(value))
      throw new StartFailure(`${name} must be one of ${allowed.join(', ')}, not "${value}".`);
    return value;
  };
  const number = (name: string, fallback: number, from: number, to: number, whole = true) => {
    const raw = text(name);
    const value = raw === undefined ? fallback : Number(raw);
    if (!(value >= from && value <= to) || (whole && !Number.isInteger(value)))
      throw new StartFailure(`${name} must be a ${whole ? 'whole ' : ''}number from ${from} to ${to}, not "${raw}".`);
    return value;
  };

  const production = oneOf('NODE_ENV', ['production', 'development', 'test'], 'development') === 'production';
  const jwtSecret = text('JWT_SECRET');
  if (production && !jwtSecret) throw new StartFailure('JWT_SECRET must be set when NODE_ENV is production.');
  if (jwtSecret && jwtSecret.length < 32) throw new StartFailure('JWT_SECRET must have at least 32 characters.');
  const databaseUrl = text('DATABASE_URL');
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl))
    throw new StartFailure('DATABASE_URL must begin with postgres:// or postgresql://.');

  return {
    production,
    port: number('PORT', 3001, 0, 65535),
    host: text('HOST') ?? '127.0.0.1',
    dataDir: resolve(text('DATA_DIR') ?? join(process.cwd(), 'data')),
    databaseUrl,
    jwtSecret,
    jwtIssuer: text('JWT_ISSUER') ?? 'crm-chat',
    jwtAudience: text('JWT_AUDIENCE') ?? 'crm-chat',
    origins: (text('ORIGINS') ?? '').split(',').flatMap((entry) => (entry.trim() ? [readOrigin(entry.trim())] : [])),
    logLevel: oneOf('LOG_LEVEL', LEVELS, production ? 'info' : 'warn'),
    socketsPerAgent: number('SOCKETS_PER_AGENT', 20, 1, 1_000_000),
    sandbox: oneOf('SANDBOX', ['on', 'off'], production ? 'off' : 'on') === 'on',
    sandboxPace: number('SANDBOX_PACE', 1, 0.01, 1000, false),
    demoSeed: number('DEMO_SEED', 20261117, 0, 2 ** 31),
    channels: readOwnChannels(text('CHANNELS_FILE')),
    publicUrl: readPublicUrl(text('PUBLIC_URL')),
    uploads: {
      on: oneOf('UPLOADS', ['on', 'off'], 'on') === 'on',
      types: readTypes(text('UPLOAD_TYPES') ?? 'image/*,audio/*,video/*,text/*,application/*'),
      maxBytes: number('UPLOAD_MAX_MB', 100, 0.001, 10_000, false) * MB,
      agentQuota: number('UPLOAD_AGENT_MB', 500, 0.001, 1e6, false) * MB,
      tenantQuota: number('UPLOAD_TENANT_MB', 10_240, 0.001, 1e9, false) * MB,
      keepMs: number('UPLOAD_KEEP_HOURS', 24, 0.01, 10_000, false) * HOUR,
      linkMs: number('FILE_LINK_MINUTES', 60, 0.1, 100_000, false) * 60_000,
    },
  };
}

function readOwnChannels(path: string | undefined): ChannelSheet[] {
  if (path === undefined) return [];
  try {
    return readChannels(path);
  } catch (error) {
    throw new StartFailure(`CHANNELS_FILE ${path} ${(error as Error).message}.`);
  }
}

function readPublicUrl(entry: string | undefined): string {
  if (entry === undefined) return '';
  if (URL.canParse(entry) && /^https?:\/\/[^?#]*$/.test(entry)) return entry.replace(/\/+$/, '');
  throw new StartFailure(`PUBLIC_URL must be an address such as https://chat.example.com, not "${entry}".`);
}

function readTypes(list: string): string[] {
  const types = list.split(',').flatMap((entry) => entry.trim().toLowerCase() || []);
  const odd = types.find((type) => !/^(\*\/\*|[\w.+-]+\/(\*|[\w.+-]+))$/.test(type));
  if (odd !== undefined || !types.length)
    throw new StartFailure(`UPLOAD_TYPES must name types such as image/*,application/pdf, not "${odd ?? list}".`);
  return types;
}

function readOrigin(entry: string): string {
  // What pages from the disk say (desktop shells), and sandboxed frames too: only for who asks for it.
  if (entry === 'null') return entry;
  try {
    const { origin } = new URL(entry);
    if (origin !== 'null') return origin;
  } catch {
    // falls through to the sentence below
  }
  throw new StartFailure(`ORIGINS must name origins such as https://crm.example.com, not "${entry}".`);
}
