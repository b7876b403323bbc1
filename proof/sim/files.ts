/**
 * Where files go: a second way to the server beside the wire, resumable, and as breakable. Requests get lost before or after
 * they arrived, a chunk may arrive in part, the server dies in the middle of one, and throws away what no message names.
 */
import type { Upload } from '../../src/store/vault.js';
import { UploadRefused } from '../../src/transport/upload.js';
import type { Chance } from './chance.js';
import type { House } from './house.js';
import type { SimTransport } from './network.js';

/** Characters in one request, and the longest file that is taken. */
const CHUNK = 400;
const MOST = 3000;
/** A request that broke without a word is given up by then. */
const BROKEN_MS = 5000;

/** A file as a disk of the simulation keeps it: plain data, with what the store asks of a blob. */
interface PlainBlob {
  size: number;
  text: string;
}
export const blobOf = (text: string): Blob => ({ size: text.length, text }) satisfies PlainBlob as unknown as Blob;
export const textOf = (blob: Blob): string => (blob as unknown as PlainBlob).text;

/** `kind` of 16: how long the file is; one of them is longer than the server takes. */
export function fileText(name: string, kind: number): string {
  const length = kind % 16 === 15 ? MOST + 1 : 1 + ((kind * 211) % (4 * CHUNK));
  return `${name} `.repeat(Math.ceil(length / (name.length + 1))).slice(0, length);
}

/** What the server has of each file. */
export class Shelf {
  readonly arrived = new Map<string, string>();
  #ids = 0;

  create(): string {
    const id = `upload-${++this.#ids}`;
    this.arrived.set(id, '');
    return id;
  }

  /** How much of it is here; undefined: there is no such file. */
  sizeOf(id: string): number | undefined {
    return this.arrived.get(id)?.length;
  }

  /** Undefined: it does not go on from there. */
  append(id: string, at: number, text: string): number | undefined {
    const known = this.arrived.get(id);
    if (known?.length !== at) return undefined;
    this.arrived.set(id, known + text);
    return at + text.length;
  }

  /** Throws away what no message names. */
  sweep(named: ReadonlySet<string>): void {
    for (const id of [...this.arrived.keys()]) if (!named.has(id)) this.arrived.delete(id);
  }
}

/** How one tab uploads. */
export function uploader(house: House, wire: SimTransport, chance: Chance, alive: () => boolean): Upload {
  const { clock } = house;

  /** `serve` gets how much of what was sent arrived, 0 to 1. */
  function request<T>(words: string, signal: AbortSignal, serve: (shelf: Shelf, part: number) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const broken = () => {
        if (alive()) reject(new Error('the request broke'));
      };
      if (signal.aborted) return broken();
      signal.addEventListener('abort', broken);
      const { delayMs, lose } = wire.weather;
      const later = (run: () => unknown) => clock.after(chance.below(delayMs + 1), () => (alive() ? run() : undefined));
      const fate = chance.next();
      const part = fate < lose / 2 + 0.05 ? chance.next() : 1;
      // What was sent arrives, whatever became of the page or of the link meanwhile.
      clock.after(chance.below(delayMs + 1), async () => {
        if (wire.unplugged || !house.up || fate > 1 - lose / 2)
          return void clock.after(chance.below(BROKEN_MS), broken);
        const crash = house.crashNext;
        house.crashNext = undefined;
        const answer = crash === 'before' ? undefined : serve(house.backend.files!, part);
        house.trace?.(`upload ${words}: ${JSON.stringify(answer)}${part < 1 ? ' in part' : ''} ${crash ?? ''}`);
        if (crash) await house.crash(false, 1500);
        if (crash || part < 1) return void clock.after(chance.below(BROKEN_MS), broken);
        later(() => resolve(answer as T));
      });
    });
  }

  return async ({ attachment: { blob, name, type, resume } }, progress, signal, keep) => {
    const text = textOf(blob);
    let id = resume;
    let at: number | undefined;
    if (id !== undefined) at = await request(`asks for ${id}`, signal, (shelf) => shelf.sizeOf(id!));
    if (id === undefined || at === undefined) {
      if (text.length > MOST) throw new UploadRefused('TOO_LARGE', `At most ${MOST}.`);
      id = await request(`creates ${name}`, signal, (shelf) => shelf.create());
      keep(id);
      at = 0;
    }
    while (at < text.length) {
      const [from, chunk]: [number, string] = [at, text.slice(at, at + CHUNK)];
      const next: number | undefined = await request(`adds to ${id} at ${from}`, signal, (shelf, part) =>
        shelf.append(id!, from, chunk.slice(0, Math.floor(chunk.length * part))),
      );
      if (next === undefined) throw new Error('it does not go on from there');
      progress((at = next) / text.length);
    }
    return { uploadId: id, fileName: name, fileSize: text.length, fileType: type };
  };
}
