/** Counts for node:test. Suites are left out: only what asserts something is a test. */
import { tellCounts } from './counts.mjs';

export default async function* countingReporter(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const isSuite = data.details?.type === 'suite';
    // A suite that fails by itself (its hook threw) has no failed test inside to stand for it.
    const failedAlone = isSuite && type === 'test:fail' && data.details.error?.failureType !== 'subtestsFailed';
    if (isSuite && !failedAlone) continue;
    if (type === 'test:fail') counts.failed += 1;
    else if (data.skip !== undefined || data.todo !== undefined) counts.skipped += 1;
    else counts.passed += 1;
  }
  tellCounts(counts);
  yield '';
}
