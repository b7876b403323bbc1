import { expect, test } from './fixtures.js';

test('the started server says that it is healthy', async ({ request }) => {
  const answer = await request.get('/healthz');
  expect(answer.ok()).toBe(true);
});
