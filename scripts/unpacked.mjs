/**
 * The package as npm would install it: packed, and unpacked into .cache/hosts/node_modules/crm-chat-elements, with the
 * examples copied beside it. There the examples find what is published and nothing else of ours; everything they need
 * besides (frameworks, Lit) is found in the project's own node_modules, one folder further up.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePackage } from './fresh-bundle.mjs';
import { inRoot, root } from './project.mjs';

/** Packs what dist/ holds, made new when it is older than its sources. Resolves with the folder of the hosts. */
export async function unpackForHosts() {
  await ensurePackage();
  const hosts = inRoot('.cache/hosts');
  const folder = mkdtempSync(join(tmpdir(), 'crm-chat-pack-'));
  try {
    execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
    const [tarball] = readdirSync(folder);
    rmSync(hosts, { recursive: true, force: true });
    mkdirSync(join(hosts, 'node_modules'), { recursive: true });
    execFileSync('tar', ['-xzf', join(folder, tarball), '-C', join(hosts, 'node_modules')]);
    renameSync(join(hosts, 'node_modules/package'), join(hosts, 'node_modules/crm-chat-elements'));
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
