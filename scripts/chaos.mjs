/**
 * `npm run chaos`: MESSAGES messages (default 10,000) through the real server, which is killed about once in 250 of them, as
 * are the BROWSERS (default 2) that write a share of them in the built inbox; on the embedded database and, with
 * TEST_DATABASE_URL, on PostgreSQL too. SEED=7 chooses the chances; real processes and sockets do not repeat exactly.
 * `MESSAGES=100000 npm run chaos` is the long one; `CRM_BUG=name` plants a bug in the browsers' inbox. The last line tells
 * seed, counts and verdict.
 */
import { inRoot, run } from './project.mjs';

process.exit(await run(['--import', 'tsx', inRoot('proof/chaos-main.mjs')]));
