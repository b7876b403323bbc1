/** How much of what sends, keeps and merges is run by the store's unit tests: `npm run coverage`. */
import base from './web-test-runner.config.mjs';
import { ENTRY, WATCHED } from './scripts/coverage.mjs';

export default {
  ...base,
  files: [ENTRY],
  coverage: true,
  coverageConfig: {
    include: Object.keys(WATCHED),
    report: true,
    reportDir: process.env.CRM_COVERAGE_DIR,
    reporters: ['json'],
  },
};
