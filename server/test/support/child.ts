/** The server as its own process, the way people start it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Child {
  process: ChildProcess;
  url: string;
  output: { stdout: string; stderr: string };
  end(signal: NodeJS.Signals): Promise<number | null>;
}

function begin(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  return { child, output };
}

/** Answers when the line with the address is there. */
export async function startChild(env: Record<string, string>): Promise<Child> {
  const { child, output } = begin(env);
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const url = await new Promise<string>((done, fail) => {
    const look = () => {
      const port = /^CRM Chat is ready at http:\/\/localhost:(\d+)\/chat\n$/.exec(output.stdout)?.[1];
      if (port) done(`http://127.0.0.1:${port}`);
    };
    child.stdout.on('data', look);
    void exited.then(([code]) => fail(new Error(`The server ended with ${code}: ${output.stderr}`)));
  });
  return {
    process: child,
    url,
    output,
    async end(signal) {
      child.kill(signal);
      const [code] = await exited;
      return code;
    },
  };
}

/** For a start that must fail: its exit code and what it says. */
export async function failingChild(
  env: Record<string, string>,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const { child, output } = begin(env);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}
