/**
 * The embedded database takes no lock of its own, and a second process on the same folder would destroy it. The lock
 * file names the process and when it started, so that a lock left by a crash is told from a living one even when the
 * process number has been given to somebody else since.
 */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartFailure } from '../settings.js';

interface Holder {
  pid: number;
  /** Ticks since boot and which boot, where the system tells (Linux). */
  started: string | null;
}

export function lockFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'server.lock');
  const mine: Holder = { pid: process.pid, started: startOf(process.pid) };
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(mine));
  try {
    for (let tries = 0; tries < 5; tries++) {
      if (linked(draft, path)) return () => release(path, mine);
      const holder = read(path);
      if (holder && isAlive(holder)) refuse(dataDir, holder);
      setAside(path, `${draft}.old`, holder, dataDir);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw new StartFailure(`The data folder ${dataDir} could not be locked. Try again.`);
}

function refuse(dataDir: string, holder: Holder): never {
  throw new StartFailure(
    `The data folder ${dataDir} is in use by another server (process ${holder.pid}). Stop that one, or set DATA_DIR to another folder.`,
  );
}

/** The file appears complete or not at all: a lock caught half-written would look stale. */
function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a stale lock away. If a faster process has put a fresh one there meanwhile, that one is given back. */
function setAside(path: string, aside: string, expected: Holder | null, dataDir: string): void {
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const taken = read(aside);
  if (taken && isAlive(taken) && JSON.stringify(taken) !== JSON.stringify(expected)) {
    linked(aside, path);
    rmSync(aside, { force: true });
    refuse(dataDir, taken);
  }
  rmSync(aside, { force: true });
}

function release(path: string, mine: Holder): void {
  if (JSON.stringify(read(path)) === JSON.stringify(mine)) rmSync(path, { force: true });
}

function read(path: string): Holder | null {
  try {
    const { pid, started } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    return typeof pid === 'number' && Number.isInteger(pid) && pid > 0 ? { pid, started: started ?? null } : null;
  } catch {
    return null;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startOf(pid);
  return started === null || now === null || started === now;
}

function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${ticks}`;
  } catch {
    return null;
  }
}
