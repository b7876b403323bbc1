/** The benchmark measures what is published: dist/ is built when it is missing or older than the sources. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot, root } from '../../scripts/project.mjs';

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && !entry.name.endsWith('.test.ts')) {
      latest = Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs);
    }
  }
  return latest;
}

export async function ensureDist() {
  const built = ['crm-chat.bundle.js', 'index.js'].map((name) => inRoot('dist', name));
  if (built.every((file) => existsSync(file) && statSync(file).mtimeMs > newest(inRoot('src')))) return;
  console.log('Building dist/ …');
  const { status } = spawnSync(process.execPath, [inRoot('scripts/build.mjs'), '--quiet'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
}
