/** Counts for @web/test-runner: its own closing line mixes tests with files, and a file that does not load counts as nothing. */
import { tellCounts } from './counts.mjs';

const testsOf = (suite) => (suite ? [...suite.tests, ...suite.suites.flatMap(testsOf)] : []);

export function countingReporter() {
  return {
    stop() {},
    onTestRunFinished({ sessions }) {
      const tests = sessions.flatMap((session) => testsOf(session.testResults));
      const skipped = tests.filter((test) => test.skipped).length;
      const passed = tests.filter((test) => test.passed && !test.skipped).length;
      // A session can fail without a failed test: the file did not load, a hook threw, the page crashed.
      const broken = sessions.filter(
        (session) => !session.passed && testsOf(session.testResults).every((test) => test.passed || test.skipped),
      );
      tellCounts({ passed, skipped, failed: tests.length - skipped - passed + broken.length });
    },
  };
}
