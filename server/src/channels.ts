/** The channels of this server: the built-in ones, and those of its own, which may also take a built-in one's place. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { CHANNELS, ChannelSheet } from '../../src/contract/index.js';

export type FindChannel = (platform: string) => ChannelSheet | undefined;

export function findChannelIn(own: readonly ChannelSheet[]): FindChannel {
  const sheets = new Map([...Object.values(CHANNELS), ...own].map((sheet) => [sheet.id, sheet]));
  return (platform) => sheets.get(platform);
}

/** Reads a JSON file with a list of sheets. Throws what is wrong with it, as the rest of a sentence. */
export function readChannels(path: string): ChannelSheet[] {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`could not be read: ${(error as Error).message.replace(/\.$/, '')}`, { cause: error });
  }
  const result = v.safeParse(v.array(ChannelSheet), read);
  if (!result.success) {
    const [issue] = result.issues;
    const field = issue.path?.map(({ key }) => String(key)).join('.');
    throw new Error(`is not a list of channel sheets: ${field ? `"${field}": ` : ''}${issue.message}`);
  }
  const twice = result.output.find(({ id }, i) => result.output.findIndex((other) => other.id === id) !== i);
  if (twice) throw new Error(`names the channel "${twice.id}" twice`);
  return result.output;
}
