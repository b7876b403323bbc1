/**
 * The package as a stranger gets it: packed by npm, and installed by npm from the tarball into a project of its own. Nothing
 * is fetched: what the package depends on is packed again from the project's own node_modules and installed beside it, so
 * that npm has nothing to ask a registry for.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ensurePackage } from './fresh-bundle.mjs';
import { inRoot, root } from './project.mjs';

const windows = process.platform === 'win32';
const read = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));

/** npm's own output goes to the terminal only when it fails. */
function npm(cwd, ...args) {
  try {
    return execFileSync('npm', args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], shell: windows, encoding: 'utf8' });
  } catch (error) {
    throw new Error(`npm ${args[0]} failed:\n${error.stderr ?? error}`, { cause: error });
  }
}

/** Packs what dist/ holds, made new when it is older than its sources. Returns the tarball and the paths in it. */
export async function pack(folder) {
  await ensurePackage();
  const [{ filename, files }] = JSON.parse(
    npm(root, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder),
  );
  return { tarball: join(folder, filename), paths: files.map(({ path }) => path) };
}

/** Makes an empty project in `project` and lets npm install a tarball there. `folder` is for what lies about meanwhile. */
export function install(tarball, project, folder) {
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "name": "a-host", "private": true, "type": "module" }\n');
  const silent = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];
  npm(project, 'install', ...silent, '--cache', join(folder, 'cache'), ...packedDependencies(folder), tarball);
  const { version } = read(project, 'node_modules/crm-chat-elements/package.json');
  assert.equal(version, read(root, 'package.json').version);
}

/** Everything that our package needs, packed from where it is installed. */
function packedDependencies(folder) {
  const places = new Map();
  const visit = (from, { dependencies = {}, optionalDependencies = {} }) => {
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const place = placeOf(from, name);
      assert.ok(place ?? name in optionalDependencies, `${name} is not installed: run npm ci`);
      if (!place || places.get(name) === place) continue;
      assert.ok(!places.has(name), `two versions of ${name} are needed: this must learn to nest them`);
      places.set(name, place);
      visit(place, read(place, 'package.json'));
    }
  };
  visit(root, read(root, 'package.json'));
  return [...places].map(([name, place]) => {
    const tarball = join(folder, `${name.replace(/[@/]/g, '-')}.tgz`);
    execFileSync('tar', ['-czf', tarball, '--exclude=node_modules', '-C', dirname(place), basename(place)]);
    return tarball;
  });
}

/** Where Node finds a package, seen from a folder. */
function placeOf(from, name) {
  for (let at = from; ; at = dirname(at)) {
    const place = join(at, 'node_modules', name);
    if (existsSync(join(place, 'package.json'))) return place;
    if (at === dirname(at)) return undefined;
  }
}

let made;

/**
 * Installs the tarball beside a copy of all examples and returns that folder, .cache/hosts. There the examples find what is
 * published and nothing else of ours; their frameworks and tools are found in the project's own node_modules, further up. Once in
 * each process.
 */
export const installForHosts = () => (made ??= makeHosts());

async function makeHosts() {
  const hosts = inRoot('.cache/hosts');
  const folder = mkdtempSync(join(tmpdir(), 'crm-chat-pack-'));
  try {
    const { tarball } = await pack(folder);
    rmSync(hosts, { recursive: true, force: true });
    install(tarball, hosts, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  cpSync(inRoot('examples'), join(hosts, 'examples'), {
    recursive: true,
    filter: (path) => path !== inRoot('examples/dist'),
  });
  // Examples that serve the bundle themselves find it where it lies in the project.
  symlinkSync(join(hosts, 'node_modules/crm-chat-elements/dist'), join(hosts, 'dist'), 'junction');
  return hosts;
}
