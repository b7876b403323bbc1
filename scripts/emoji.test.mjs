import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { emojiFiles } from './emoji.mjs';
import { inRoot } from './project.mjs';

test('the emoji that are kept are the ones that scripts/emoji.mjs writes', () => {
  for (const [name, text] of emojiFiles()) {
    // Not compared by assert: two such texts side by side would fill the screen.
    assert.ok(readFileSync(inRoot('src/components/composer/emoji', name), 'utf8') === text, `${name} is stale`);
  }
});
