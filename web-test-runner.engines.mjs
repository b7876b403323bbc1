/**
 * The element tests whose risks lie in an engine (scrolling, focus, fields, pictures, sound, keys) once more in Firefox or in
 * WebKit: CRM_ENGINE names it. `npm run test:browsers` runs both.
 */
import { chromeLauncher } from '@web/test-runner-chrome';
import { findEngine } from './scripts/engines/find-engines.mjs';
import { webkitLauncher } from './scripts/engines/webkit-launcher.mjs';
import chromium from './web-test-runner.config.mjs';

const engine = process.env.CRM_ENGINE ?? 'firefox';
const found = findEngine(engine);
const launchers = {
  // It speaks WebDriver BiDi with whatever browser it is given.
  firefox: () => {
    const launcher = chromeLauncher({
      launchOptions: { browser: 'firefox', executablePath: found.path, headless: true },
    });
    launcher.name = 'Firefox';
    return launcher;
  },
  webkit: () => webkitLauncher(found),
};

export default {
  ...chromium,
  // Not `long-texts`: what it counts (letters looked at, elements made) does not depend on the engine.
  files: [
    'src/controllers/{virtual-rows,shortcuts}.test.ts',
    'src/components/{hostile-*,bad-input,channel-sheets}.test.ts',
    'src/components/chat-messages/{chat-messages,find-bar,fresh-links,hundred-thousand,links,log-*,mail-*,markup,message-*,renderers,slots}.test.ts',
    'src/components/composer/*.test.ts',
    'src/components/conversation-list/*.test.ts',
  ],
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testFramework: { config: { timeout: '30000' } },
  browsers: [launchers[engine]()],
};
