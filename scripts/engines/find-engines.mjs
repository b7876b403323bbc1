/**
 * The two other engines for the element tests: Firefox, and WebKitGTK with its driver and a screen that exists in memory only.
 * Both come from the system's packages: the builds that test tools download are patched, and not what anybody browses with.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isProgram } from '../find-browser.mjs';

const folders = () => (process.env.PATH ?? '').split(delimiter).filter(Boolean);
const onPath = (...names) => names.flatMap((name) => folders().map((folder) => join(folder, name))).find(isProgram);

/** WebKitGTK's own small browser, which no folder of PATH holds. */
function miniBrowser() {
  const libraries = ['/usr/lib', '/usr/libexec', '/usr/lib64'].filter((path) => existsSync(path));
  const places = libraries.flatMap((path) => [path, ...readdirSync(path).map((name) => join(path, name))]);
  const inside = ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0'];
  return places.flatMap((place) => inside.map((name) => join(place, name, 'MiniBrowser'))).find(isProgram);
}

const ENGINES = {
  firefox: {
    packages: ['firefox-esr'],
    look: () => {
      const path = process.env.FIREFOX_PATH ?? onPath('firefox-esr', 'firefox');
      return path && isProgram(path) ? { path } : undefined;
    },
  },
  webkit: {
    packages: ['webkit2gtk-driver', 'xvfb'],
    look: () => {
      const [driver, screen, path] = [onPath('WebKitWebDriver'), onPath('Xvfb'), miniBrowser()];
      return driver && screen && path ? { path, driver, screen } : undefined;
    },
  },
};

function install(packages) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !onPath('apt-get')) return;
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: 300_000,
    }).status === 0;
  console.log(`Installing ${packages.join(' ')}`);
  if (apt('update', '-qq')) apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
}

/**
 * Where the parts of an engine are; installs them where apt is at hand.
 * @throws {Error} with one sentence that says what is missing.
 */
export function findEngine(name) {
  const { look, packages } = ENGINES[name];
  const found = look();
  if (found) return found;
  install(packages);
  const installed = look();
  if (installed) return installed;
  throw new Error(`No ${name} is here and none could be installed (Debian's packages: ${packages.join(' ')}).`);
}
