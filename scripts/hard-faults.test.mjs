/** The table of hard faults in docs/delivery.md names tests that are there, and leaves out none that the contract names. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inRoot } from './project.mjs';

const page = readFileSync(inRoot('docs/delivery.md'), 'utf8');
const rows = [...page.matchAll(/^\| ([^|]+?) +\| `([^`]+\.(?:test|spec)\.ts)` +\| (.+?) +\|$/gm)];

test('each hard fault of docs/delivery.md is played by the test it names', () => {
  assert.ok(rows.length >= 40, `${rows.length} rows`);
  for (const [, , file, name] of rows) {
    const titles = readFileSync(inRoot(file), 'utf8').matchAll(/\b(?:it|test)\(\s*(['"`])(.*?)\1/gs);
    assert.ok(
      [...titles].some(([, , title]) => title.startsWith(name)),
      `${file} has no test called "${name}"`,
    );
  }
});

/** Each failure case of docs/protocol.md §11, in its words, and the rows that play it. */
const CASES = {
  'crash before the IndexedDB commit': ['crash before the commit to storage'],
  'after it, before the emit': ['crash after it, before the message left'],
  'emit lost': ['the message was lost on the way'],
  'commit done, ack lost': ['stored, and the ack was lost'],
  'commit done, broadcast lost': ['stored, and the news of it was lost'],
  "ack after the retry's ack": ['the ack after the retry’s ack'],
  'broadcast before the ack': ['the news before the ack'],
  'two tabs send one row': ['two tabs send one row'],
  'key reused with other text': ['one key for two texts', 'the same, on the server'],
  'reassigned meanwhile (`FORBIDDEN`, text kept)': ['reassigned while queued'],
  'token expired (outbox untouched)': [
    'the token expires in the middle of a drain',
    'the token is refused for good',
    'a host keeps a token that will not do any more',
  ],
  'backup restored (new epoch)': ['the database comes back from a backup', 'the same, and the line stays up'],
  'history pruned': ['history was pruned'],
  'clock jumps': ['clocks jump'],
  'storage evicted': ['storage is evicted', 'storage is suddenly empty while a message waits'],
  'reply window closed (`WINDOW_CLOSED`, template offered)': [
    'the reply window is closed',
    'the same, and a template is offered',
  ],
  'status webhook before our send returned': ['a channel’s report out of order, or before our send returned'],
  'rate limited (countdown, queue intact)': [
    'too many requests: the queue is intact, and counts down',
    'the same, as the agent sees it',
  ],
};

test('each failure case that the contract wants named has its rows', () => {
  const contract = readFileSync(inRoot('docs/protocol.md'), 'utf8');
  const [, list] = /^## 11\..*\n\n([\s\S]+?)\n\n## 12\./m.exec(contract);
  const named = list.replaceAll('\n', ' ').replace(/\.$/, '').split(' · ');
  assert.deepEqual(named, Object.keys(CASES));
  const faults = new Set(rows.map(([, fault]) => fault));
  for (const fault of Object.values(CASES).flat()) assert.ok(faults.has(fault), `no row for "${fault}"`);
});
