/** A server of the examples as a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Starts it in the folder where the package is installed; resolves when it has told its address. */
export async function startExample(file: string, folder: string, env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [file], {
    cwd: folder,
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: /http:\S+/.exec(line.toString())?.[0] ?? '', end: () => child.kill() };
}
