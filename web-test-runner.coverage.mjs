/** How much of what sends, keeps and merges is run by unit tests and simulation together: `npm run coverage`. */
import base from './web-test-runner.config.mjs';
import { WATCHED } from './scripts/coverage.mjs';

export default {
  ...base,
  files: ['src/store/*.test.ts', 'proof/coverage/*.test.ts'],
  coverage: true,
  coverageConfig: {
    include: Object.keys(WATCHED),
    report: true,
    reportDir: process.env.CRM_COVERAGE_DIR,
    reporters: ['json'],
  },
};
