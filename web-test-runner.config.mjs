/** Unit and element tests (src/**\/*.test.ts) in a real Chromium: `npm run test:unit`, one file by `-- -- --files <path>`. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { BROWSER_ARGS, browserPath } from './scripts/find-browser.mjs';
import { countingReporter } from './scripts/counting/wtr-reporter.mjs';

export default {
  files: 'src/**/*.test.ts',
  hostname: '127.0.0.1',
  // One page at a time: a page behind another one paints no frames, and its observers never fire.
  concurrency: 1,
  nodeResolve: { exportConditions: ['development', 'browser'] },
  // Mocha's own two seconds are too short for axe on a busy machine.
  testFramework: { config: { timeout: '10000' } },
  testsFinishTimeout: 180_000,
  plugins: [
    // Its development build asks for a CommonJS module that a browser cannot import.
    {
      name: 'socket-io-as-shipped',
      resolveImport: ({ source }) =>
        source === 'socket.io-client' ? '/node_modules/socket.io-client/dist/socket.io.esm.min.js' : undefined,
    },
    // It asks for CommonJS modules too: its own bundle, given exports.
    {
      name: 'tus-as-shipped',
      resolveImport: ({ source }) => (source === 'tus-js-client' ? '/tus-as-shipped.js' : undefined),
      serve: ({ path }) =>
        path === '/tus-as-shipped.js'
          ? {
              type: 'js',
              body: `const module = { exports: {} }, exports = module.exports;
${readFileSync(fileURLToPath(import.meta.resolve('tus-js-client/dist/tus.min.js')), 'utf8')}
export const { Upload, DetailedError } = module.exports;`,
            }
          : undefined,
    },
    // The tsconfig tells esbuild about the decorators.
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)),
    }),
  ],
  // nanostores asks for process.env.NODE_ENV, and nothing replaces it here as the builds do.
  testRunnerHtml: (framework) => `<!doctype html>
<html lang="en">
  <body>
    <script>window.process = { env: { NODE_ENV: 'test' } };</script>
    <script type="module" src="${framework}"></script>
  </body>
</html>`,
  // Lit greets every page in development mode; the lines that matter would drown.
  filterBrowserLogs: ({ args }) => !args.some((one) => String(one).includes('lit.dev/msg/dev-mode')),
  reporters: [defaultReporter({ reportTestProgress: false }), countingReporter()],
  browsers: [
    chromeLauncher({ launchOptions: { executablePath: await browserPath(), args: BROWSER_ARGS, headless: true } }),
  ],
  coverageConfig: {
    include: ['src/**/*.ts'],
    exclude: ['src/**/*.test.ts', 'src/**/stage.ts'],
    reporters: ['text-summary', 'lcovonly'],
  },
};
