/** The short and the long mode of the chaos run, and how a report becomes a verdict. */
import pg from 'pg';
import { ensureBundle } from '../scripts/fresh-bundle.mjs';
import { chaos } from './chaos/chaos.ts';

/** What must be empty at the end. */
const FAULTS = ['lost', 'doubled', 'disordered', 'different', 'failed', 'problems'];

export const faultsOf = (report) =>
  FAULTS.filter((name) => report[name].length > 0).map((name) => `${name}: ${report[name].slice(0, 5).join('; ')}`);

export const verdictOf = (report, seed) => {
  const { database, messages, stored, serverKills, pageKills, disconnects, seconds, lost, doubled, disordered } =
    report;
  const { browsers, browserKills, browserMessages } = report;
  const faults = faultsOf(report);
  return (
    `seed ${seed}, ${database} database, ${messages} messages of living pages, ${stored} stored, ${serverKills} kills of the server, ` +
    `${pageKills} of pages, ${browserKills} of ${browsers} browsers with ${browserMessages} of the messages, ${disconnects} reconnects, ${seconds.toFixed(0)} s: ${lost.length} lost, ${doubled.length} doubled, ` +
    `${disordered.length} out of order${faults.length > 0 ? ' FAILED' : ''}`
  );
};

/** Runs it on a database of its own, on the PostgreSQL named, or on the embedded one. */
export async function playChaos(options, postgres) {
  if (options.browsers > 0) await ensureBundle();
  if (!postgres) return chaos(options);
  const name = `crm_chat_chaos_${process.pid}_${options.seed}`;
  const admin = async (statement) => {
    const client = new pg.Client({ connectionString: postgres });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await admin(`create database ${name}`);
  try {
    const url = new URL(postgres);
    url.pathname = `/${name}`;
    return await chaos({ ...options, databaseUrl: url.href });
  } finally {
    await admin(`drop database ${name} with (force)`);
  }
}
