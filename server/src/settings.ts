/** What can be set from outside, in one place. A bad value is one clear sentence and the end. */
import { join, resolve } from 'node:path';

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
  /** The channel that plays the customers. */
  sandbox: boolean;
  /** Multiplies every delay of the sandbox. */
  sandboxPace: number;
  demoSeed: number;
}

/** A start that cannot go on, in one sentence for the person at the terminal. */
export class StartFailure extends Error {}

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
    sandbox: oneOf('SANDBOX', ['on', 'off'], production ? 'off' : 'on') === 'on',
    sandboxPace: number('SANDBOX_PACE', 1, 0.01, 1000, false),
    demoSeed: number('DEMO_SEED', 20261117, 0, 2 ** 31),
  };
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
