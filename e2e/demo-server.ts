/**
 * The real server as a separate process on a free port with its own empty data folder, for the flows: it can be stopped in
 * the polite way or killed, and started again on the same port and the same data, as an operator's machine would.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The first start creates and fills a database; on two busy cores that takes its time. */
const START_LIMIT_MS = 90_000;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

export class DemoServer {
  readonly url: string;
  #child: ChildProcess | undefined;
  #output = '';

  private constructor(
    readonly port: number,
    readonly dataDir: string,
    readonly env: Readonly<Record<string, string>>,
  ) {
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Starts a server on new data. `env` adds to the environment, for example to reach production mode. */
  static async launch(env: Readonly<Record<string, string>> = {}): Promise<DemoServer> {
    const server = new DemoServer(await freePort(), await mkdtemp(join(tmpdir(), 'crm-chat-e2e-')), env);
    await server.start();
    return server;
  }

  /** Everything the server has printed so far. */
  get output(): string {
    return this.#output;
  }

  /** Starts it (again) on the same port and data; resolves when it is healthy. */
  async start(): Promise<void> {
    // A build by Vite in this process has set it to production for everybody after it.
    const { NODE_ENV: _built, ...inherited } = process.env;
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/src/main.ts'], {
      cwd: ROOT,
      env: { ...inherited, PORT: String(this.port), DATA_DIR: this.dataDir, ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    }
    const deadline = performance.now() + START_LIMIT_MS;
    while (!(await this.#isHealthy())) {
      if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}:\n${this.#output}`);
      if (performance.now() > deadline) throw new Error(`the server did not become healthy:\n${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async #isHealthy(): Promise<boolean> {
    return fetch(`${this.url}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
  }

  /** Stops it in the middle of whatever it does: what is sent to it now is never read. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  /** SIGTERM is the polite end, SIGKILL the power cut. Resolves when the process is gone. */
  async end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  /** Ends the process, if it runs, and removes the data. */
  async dispose(): Promise<void> {
    await this.end('SIGKILL');
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
