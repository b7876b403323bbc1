/** The short and the long mode of the chaos run, and how a report becomes a verdict. */
import pg from 'pg';
import { ensureBundle } from '../scripts/fresh-bundle.mjs';
import { pageBundle } from './bundle.mjs';
import { chaos } from './chaos/chaos.ts';

/** What must be empty at the end, in words. */
const FAULTS = {
  lost: 'lost',
  doubled: 'doubled',
  disordered: 'out of order',
  different: 'shown otherwise than stored',
  waiting: 'still waiting',
  failed: 'failed',
  problems: 'problems',
};

export const faultsOf = (report) =>
  Object.keys(FAULTS)
    .filter((name) => report[name].length > 0)
    .map((name) => `${FAULTS[name]}: ${report[name].slice(0, 5).join('; ')}`);

/** Numbers of several runs, added up. */
export const sumOf = (reports) => {
  const sum = { database: [...new Set(reports.map(({ database }) => database))].join(' and ') };
  for (const [name, value] of Object.entries(reports[0])) {
    if (name === 'slowestRestartMs') sum[name] = Math.max(...reports.map((report) => report[name]));
    else if (typeof value === 'number') sum[name] = reports.reduce((total, report) => total + report[name], 0);
    else if (Array.isArray(value)) sum[name] = reports.flatMap((report) => report[name]);
  }
  return sum;
};

export const verdictOf = (report, { seed, bug }) => {
  const { database, messages, stored, serverKills, slowestRestartMs, pageKills, disconnects, seconds } = report;
  const { browsers, browserKills, offlineKills, browserMessages } = report;
  const counts = Object.entries(FAULTS)
    .filter(([name], at) => at < 3 || report[name].length > 0)
    .map(([name, words]) => `${report[name].length} ${words}`);
  return [
    `seed ${seed}${bug ? ` with the bug "${bug}" in the browsers` : ''}`,
    `${database} database`,
    `${messages} messages of living pages`,
    `${stored} stored`,
    `${serverKills} kills of the server, which was back after ${(slowestRestartMs / 1000).toFixed(1)} s at most`,
    `${pageKills} of pages`,
    `${browserKills} (${offlineKills} of them offline) of ${browsers} browsers with ${browserMessages} of the messages`,
    `${disconnects} reconnects`,
    `${seconds.toFixed(0)} s: ${counts.join(', ')}: ${faultsOf(report).length > 0 ? 'FAILED' : 'every promise kept'}`,
  ].join(', ');
};

/**
 * Runs it on a database of its own, on the PostgreSQL named, or on the embedded one.
 * @param bug planted in the inbox that the browsers load
 */
export async function playChaos(options, postgres, bug) {
  const page = bug === undefined ? undefined : await pageBundle(bug);
  try {
    if (!page && options.browsers > 0) await ensureBundle();
    return await onDatabase({ ...options, ...(page ? { built: page.folder } : {}) }, postgres);
  } finally {
    page?.remove();
  }
}

async function onDatabase(options, postgres) {
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
