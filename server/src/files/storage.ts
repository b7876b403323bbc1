/**
 * Where bytes are kept, under keys the server has made: never under a name that came from outside. The interface is what
 * an object store offers too (parts are appended while an upload runs); this one is a folder.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Both ends included, as in HTTP. */
export interface ByteRange {
  from: number;
  to: number;
}

export interface FileStorage {
  /** Writes a whole file, over what is there. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Adds to a file at its end, `at` bytes behind its start; what arrived before a failure stays. Answers the new size. */
  append(key: string, at: number, bytes: Readable): Promise<number>;
  /** Bytes; undefined: there is no such file. */
  size(key: string): Promise<number | undefined>;
  read(key: string, range?: ByteRange): Readable;
  /** Nothing there is no failure. */
  remove(key: string): Promise<void>;
  /** Every key, and when it was last written. */
  list(): AsyncIterable<{ key: string; at: Date }>;
}

const KEY = /^[0-9a-f]{32}\.(original|picture)$/;

/** Folders of 256 names each, so that no folder grows without end. Nothing is made before there is something to keep. */
export function createFolderStorage(root: string): FileStorage {
  const pathOf = (key: string) => {
    if (!KEY.test(key)) throw new Error('a storage key that the server has not made');
    return join(root, key.slice(0, 2), key);
  };
  const prepared = async (key: string) => {
    const path = pathOf(key);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return path;
  };
  return {
    async put(key, bytes) {
      await writeFile(await prepared(key), bytes, { mode: 0o600 });
    },
    async append(key, at, bytes) {
      const path = await prepared(key);
      // "r+" does not cut what is there, and "a" would not obey `at`.
      const flags = (await sizeOf(path)) === undefined ? 'w' : 'r+';
      const target = createWriteStream(path, { flags, start: at, mode: 0o600 });
      await pipeline(bytes, target);
      return at + target.bytesWritten;
    },
    size: (key) => sizeOf(pathOf(key)),
    read: (key, range) => createReadStream(pathOf(key), range && { start: range.from, end: range.to }),
    async remove(key) {
      const path = pathOf(key);
      await rm(path, { force: true });
      await rmdir(dirname(path)).catch(() => undefined); // others are still in it
    },
    async *list() {
      for (const folder of await namesIn(root)) {
        for (const key of await namesIn(join(root, folder))) {
          if (!KEY.test(key)) continue;
          const found = await stat(join(root, folder, key)).catch(() => undefined);
          if (found?.isFile()) yield { key, at: found.mtime };
        }
      }
    },
  };
}

const sizeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ size }) => size,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    },
  );

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  });
