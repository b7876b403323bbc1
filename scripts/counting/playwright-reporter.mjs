/** Counts for Playwright. A flaky test is a failed test here: retries are off, and should stay off. */
import { tellCounts } from './counts.mjs';

export default class CountingReporter {
  #suite;
  #errors = 0;

  onBegin(_config, suite) {
    this.#suite = suite;
  }

  /** Something outside any test: a file that does not load, a global set-up that threw. */
  onError() {
    this.#errors += 1;
  }

  onEnd() {
    const outcomes = (this.#suite?.allTests() ?? []).map((test) => test.outcome());
    const count = (...names) => outcomes.filter((outcome) => names.includes(outcome)).length;
    tellCounts({
      passed: count('expected'),
      failed: count('unexpected', 'flaky') + this.#errors,
      skipped: count('skipped'),
    });
  }

  printsToStdio() {
    return false;
  }
}
