/**
 * Where things are, and how a script starts another program. Programs are started by their path under node_modules, never
 * through npm or npx: each of those costs up to a second and stands between a signal and the program it is meant for.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const inRoot = (...parts) => join(root, ...parts);

const ENDINGS = ['SIGINT', 'SIGTERM'];
const require = createRequire(import.meta.url);

/** Path of a package's program, wherever npm has hoisted it to. */
export function program(packageName, file) {
  for (const base of require.resolve.paths(packageName) ?? []) {
    const path = join(base, packageName, file);
    if (existsSync(path)) return path;
  }
  throw new Error(`${packageName} is not installed: run npm ci`);
}

/** Runs a node program in this terminal; resolves with its exit code (1 when a signal ended it). */
export function run(args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', reject);
    // Who ends the script ends what it runs: a browser left behind would be nobody's.
    const end = (signal) => child.kill(signal);
    for (const signal of ENDINGS) process.on(signal, end);
    child.on('exit', (code) => {
      for (const signal of ENDINGS) process.off(signal, end);
      resolve(code ?? 1);
    });
  });
}

/** All files under a folder of the project, as paths relative to the root with forward slashes, sorted. */
export function filesUnder(folder, matches = () => true) {
  if (!existsSync(inRoot(folder))) return [];
  return readdirSync(inRoot(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath ?? entry.path, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !path.includes('node_modules/') && matches(path))
    .sort();
}
