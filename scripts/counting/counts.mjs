/**
 * The one form in which every test runner tells its result, whatever its own output looks like: a small JSON file, named by
 * CRM_TEST_COUNTS. Without that variable the runner was started by hand and nothing is written.
 */
import { readFileSync, writeFileSync } from 'node:fs';

/** @param {{ passed: number, failed: number, skipped: number }} counts */
export function tellCounts(counts) {
  if (process.env.CRM_TEST_COUNTS) writeFileSync(process.env.CRM_TEST_COUNTS, JSON.stringify(counts));
}

/** What a runner told, or nothing when it died before it could. */
export function readCounts(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
