/** The client between drizzle and PGlite: it remembers plans, and must give what PGlite itself would give. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { createEmbeddedClient, type EmbeddedClient } from '../src/database/embedded-client.js';

let pglite: PGlite;
let client: EmbeddedClient;
before(async () => {
  pglite = new PGlite();
  await pglite.exec('create table things (id int primary key, name text not null)');
  client = createEmbeddedClient(pglite, 3);
});
after(() => pglite.close());

const remembered = async () =>
  (await pglite.query<{ statement: string }>('select statement from pg_prepared_statements')).rows.map(
    ({ statement }) => statement,
  );
const broken = (code: string) => (error: unknown) => (error as { code?: string }).code === code;

test('every kind of value goes in and comes out as through PGlite itself, the first time and again', async () => {
  const text = `select $1::text as words, $2::int as number, $3::bigint as big, $4::boolean as truth, $5::timestamptz as at,
    $6::jsonb as json, $7::text[] as list, $8::text as nothing, $9::float8 as part`;
  const rounds = [
    ['漢字 😍 "quoted" \\', 7, 9007199254740993n, true, new Date(1e12), { a: [1, null] }, ['x', 'y,z'], null, 0.25],
    ['', -1, 0, false, '2026-11-17T10:00:00.123Z', '"a string"', '{}', undefined, 1e-7],
  ];
  for (const rowMode of ['array', 'object'] as const)
    for (const params of rounds) {
      const ours = await client.transaction((tx) => tx.query(text, params, { rowMode }));
      const theirs = await pglite.query(text, params, { rowMode });
      assert.deepEqual(ours, theirs);
    }
});

test('what is done without rows is counted', async () => {
  const { affectedRows, rows } = await client.transaction((tx) =>
    tx.query('insert into things values ($1, $2), ($3, $4)', [1, 'one', 2, 'two']),
  );
  assert.deepEqual([affectedRows, rows], [2, []]);
});

test('a failure carries its code and its constraint, undoes its transaction, and leaves the client as it was', async () => {
  const add = (id: number) =>
    client.transaction(async (tx) => {
      await tx.query('insert into things values ($1, $2)', [100 + id, 'before the failure']);
      await tx.query('insert into things values ($1, $2)', [id, 'again']);
    });
  await assert.rejects(
    add(1),
    (error) => broken('23505')(error) && (error as { constraint?: string }).constraint === 'things_pkey',
  );
  await add(3);
  const { rows } = await client.transaction((tx) => tx.query<{ id: number }>('select id from things order by id'));
  assert.deepEqual(
    rows.map(({ id }) => id),
    [1, 2, 3, 103],
  );
});

test('a text that cannot be prepared now is tried again when it can', async () => {
  const look = () => client.transaction((tx) => tx.query('select count(*)::int as n from later'));
  await assert.rejects(look(), broken('42P01'));
  await pglite.exec('create table later (id int)');
  assert.deepEqual((await look()).rows, [{ n: 0 }]);
});

test('savepoints undo their part alone', async () => {
  await client.transaction(async (tx) => {
    await tx.query('insert into things values ($1, $2)', [10, 'kept']);
    await tx.query('savepoint sp1');
    await assert.rejects(tx.query('insert into things values ($1, $2)', [10, 'twice']), broken('23505'));
    await tx.query('rollback to savepoint sp1');
    await tx.query('insert into things values ($1, $2)', [11, 'kept, too']);
  });
  const { rows } = await pglite.query<{ id: number }>('select id from things where id in (10, 11) order by id');
  assert.deepEqual(rows, [{ id: 10 }, { id: 11 }]);
});

test('questions asked at once each get their own answer', async () => {
  const answers = await client.transaction((tx) =>
    Promise.all(Array.from({ length: 12 }, (_, i) => tx.query<{ n: number }>(`select $1::int as n, ${i % 5}`, [i]))),
  );
  assert.deepEqual(
    answers.map(({ rows }) => rows[0]!.n),
    Array.from({ length: 12 }, (_, i) => i),
  );
});

test('no more plans are kept than agreed; the ones used last stay', async () => {
  const ask = (n: number) => client.transaction((tx) => tx.query(`select ${n} as n`));
  for (const n of [1, 2, 3, 1, 4, 1, 5]) assert.deepEqual((await ask(n)).rows, [{ n }]);
  assert.deepEqual((await remembered()).sort(), ['select 1 as n', 'select 4 as n', 'select 5 as n']);
  assert.deepEqual((await ask(2)).rows, [{ n: 2 }]);
});

test('transactions that wait leave everybody else a turn in between, and keep their order', async () => {
  const ended: number[] = [];
  const all = Promise.all(
    [1, 2, 3].map((n) => client.transaction((tx) => tx.query(`select ${n} as n`)).then(() => ended.push(n))),
  );
  await nextTurn();
  assert.ok(ended.length < 3, 'all of them ran before anybody else could do anything');
  await all;
  assert.deepEqual(ended, [1, 2, 3]);
});

test('a transaction that fails does not hold up the next one', async () => {
  const [failed, next] = await Promise.allSettled([
    client.transaction(() => Promise.reject(new Error('no'))),
    client.transaction((tx) => tx.query('select 1 as n')),
  ]);
  assert.deepEqual([failed.status, next.status], ['rejected', 'fulfilled']);
});
