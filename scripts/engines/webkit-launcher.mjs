/**
 * Runs test pages in WebKitGTK: an invisible screen, the system's WebKitWebDriver, and one window that visits one page after
 * the other. Spoken to by the W3C WebDriver protocol, which needs nothing but fetch.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const QUIET = {
  WEBKIT_DISABLE_COMPOSITING_MODE: '1',
  // Its sandbox needs rights that a container does not give.
  WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  LIBGL_ALWAYS_SOFTWARE: '1',
  NO_AT_BRIDGE: '1',
};
/** Names of keys as `sendKeys` says them, and WebDriver's code points for them. */
const KEYS = {
  Backspace: '\ue003',
  Tab: '\ue004',
  Enter: '\ue007',
  Shift: '\ue008',
  Control: '\ue009',
  Escape: '\ue00c',
  PageUp: '\ue00e',
  PageDown: '\ue00f',
  End: '\ue010',
  Home: '\ue011',
  ArrowLeft: '\ue012',
  ArrowUp: '\ue013',
  ArrowRight: '\ue014',
  ArrowDown: '\ue015',
  Delete: '\ue017',
};

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The screen tells its own number once it can be drawn on. */
function startScreen(program) {
  const child = spawn(program, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`Xvfb ended with code ${code}.`)));
    child.stdio[3].once('data', (number) => resolve({ child, display: `:${String(number).trim()}` }));
  });
}

/** `engine`: what `findEngine('webkit')` found. */
export function webkitLauncher(engine) {
  const home = mkdtempSync(join(tmpdir(), 'crm-chat-webkit-'));
  const children = [];
  const active = new Map();
  let base;
  let session;
  let starting;

  async function ask(method, path, body) {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`WebKitWebDriver: ${value?.error}: ${value?.message}`);
    return value;
  }

  async function start() {
    const { child, display } = await startScreen(engine.screen);
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    const env = { ...process.env, ...QUIET, DISPLAY: display, HOME: home, XDG_RUNTIME_DIR: home };
    children.push(spawn(engine.driver, [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env }), child);
    for (let turn = 0; ; turn++) {
      try {
        await ask('GET', '/status');
        break;
      } catch (error) {
        if (turn === 300) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    await openWindow();
  }

  async function openWindow() {
    const browser = { binary: engine.path, args: ['--automation'] };
    const made = await ask('POST', '/session', {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': browser } },
    });
    session = `/session/${made.sessionId}`;
    await ask('POST', `${session}/timeouts`, { pageLoad: 120_000, script: 120_000 });
    await ask('POST', `${session}/window/rect`, { x: 0, y: 0, width: 1200, height: 860 }).catch(() => undefined);
  }

  const BUTTONS = ['left', 'middle', 'right'];
  /** The pointer stays where it is and as it is between two calls. */
  const mouse = (...actions) =>
    ask('POST', `${session}/actions`, {
      actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }],
    });
  const button = (type, name = 'left') => ({ type, button: BUTTONS.indexOf(name) });
  const move = (x, y) => ({ type: 'pointerMove', x, y, duration: 0, origin: 'viewport' });

  return {
    name: 'WebKit',
    type: 'webdriver',
    concurrency: 1,
    async initialize() {},
    async startSession(id, url) {
      await (starting ??= start());
      active.set(id, url);
      try {
        await ask('POST', `${session}/url`, { url });
      } catch {
        // The page before this one has crashed, which its own file tells: the others get a new window.
        await openWindow();
        await ask('POST', `${session}/url`, { url });
      }
    },
    isActive: (id) => active.has(id),
    getBrowserUrl: (id) => active.get(id),
    async stopSession(id) {
      active.delete(id);
      return {};
    },
    startDebugSession() {
      throw new Error('WebKit has no debug session here.');
    },
    async sendKeys(_id, keys) {
      const actions = keys
        .map((key) => KEYS[key] ?? key)
        .flatMap((value) => [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]);
      await ask('POST', `${session}/actions`, { actions: [{ type: 'key', id: 'keyboard', actions }] });
    },
    sendMouseMove: (_id, x, y) => mouse(move(x, y)),
    sendMouseClick: (_id, x, y, name) => mouse(move(x, y), button('pointerDown', name), button('pointerUp', name)),
    sendMouseDown: (_id, name) => mouse(button('pointerDown', name)),
    sendMouseUp: (_id, name) => mouse(button('pointerUp', name)),
    resetMouse: () => ask('DELETE', `${session}/actions`),
    async stop() {
      if (session) await ask('DELETE', session).catch(() => undefined);
      for (const child of children) {
        child.removeAllListeners('exit');
        child.kill();
      }
      rmSync(home, { recursive: true, force: true });
    },
  };
}
