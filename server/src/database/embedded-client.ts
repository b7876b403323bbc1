/**
 * What drizzle talks to instead of PGlite itself. PGlite asks the database five times for each statement (parse, describe,
 * bind, describe, execute) and has it planned anew each time, which costs more than most statements do. Here what runs in a
 * transaction is prepared once, by its text, and then asked once: bound, executed and synced in one message.
 *
 * PGlite works in this thread, without ever waiting for anything outside: transactions in a queue would run to its end
 * before a socket is read or a heartbeat answered. So between two of them everybody else has a turn.
 */
import { parse, protocol, type PGlite, type QueryOptions, type Results } from '@electric-sql/pglite';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** The database keeps a plan for each; lists of ids make a new text for each length, and must not fill it up. */
const PREPARED_MAX = 200;

type Message = Awaited<ReturnType<PGlite['execProtocolStream']>>[number];
interface Prepared {
  name: string;
  parameterTypes: readonly number[];
  /** What its rows look like; nothing for a statement without rows. */
  description: readonly Message[];
}
type Query = <T>(text: string, params?: unknown[], options?: QueryOptions) => Promise<Results<T>>;

export interface EmbeddedClient {
  query: Query;
  transaction<T>(work: (tx: { query: Query }) => Promise<T>): Promise<T>;
}

export function createEmbeddedClient(pglite: PGlite, most = PREPARED_MAX): EmbeddedClient {
  const { serialize } = protocol;
  const known = new Map<string, Prepared>();
  let made = 0;

  const say = (...messages: Uint8Array[]) =>
    pglite.execProtocolStream(Buffer.concat([...messages, serialize.sync()]), { syncToFs: false });

  async function prepare(text: string): Promise<Prepared> {
    const found = known.get(text);
    if (found) {
      // The one used longest ago comes first, and goes first.
      known.delete(text);
      known.set(text, found);
      return found;
    }
    const name = `s${++made}`;
    const told = await say(serialize.parse({ name, text }), serialize.describe({ type: 'S', name }));
    const prepared = {
      name,
      parameterTypes: parse.parseDescribeStatementResults(told),
      description: told.filter((message) => message.name === 'rowDescription'),
    };
    known.set(text, prepared);
    if (known.size > most) {
      const [oldest, { name: forgotten }] = known.entries().next().value!;
      known.delete(oldest);
      await say(serialize.close({ type: 'S', name: forgotten }));
    }
    return prepared;
  }

  const textOf = (value: unknown, type: number | undefined): string | null => {
    if (value === null || value === undefined) return null;
    const serializer = type === undefined ? undefined : pglite.serializers[type];
    return serializer ? serializer(value) : String(value);
  };

  const query: Query = <T>(text: string, params: unknown[] = [], options?: QueryOptions) =>
    pglite.runExclusive(async () => {
      const { name, parameterTypes, description } = await prepare(text);
      const values = params.map((param, index) => textOf(param, parameterTypes[index]));
      const told = await say(serialize.bind({ statement: name, values }), serialize.execute({}));
      // Hundreds of parsers, and a few of the asker's in front of them: left where they are instead of copied each time.
      const parsers = Object.assign(Object.create(pglite.parsers) as typeof pglite.parsers, options?.parsers);
      const shape = options?.rowMode && { rowMode: options.rowMode };
      return parse.parseResults([...description, ...told], parsers, shape)[0] as Results<T>;
    });

  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    waiting += 1;
    const done = last.then(run);
    const leave = () => (--waiting > 0 ? nextTurn() : undefined);
    last = done.then(leave, leave);
    return done;
  };

  return {
    query: (text, params, options) => pglite.query(text, params, options),
    transaction: (work) => inTurn(() => pglite.transaction(() => work({ query }))),
  };
}
