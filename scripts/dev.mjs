/**
 * `npm run dev`: for people who change the code. Two things run: the server, restarted by tsx when its code changes, and
 * Vite on port 5173, which serves the library from src/ and passes everything else on to the server. The pages stay the
 * server's own; only the address /lib/crm-chat.bundle.js leads to the sources instead of the built file.
 */
import { spawn } from 'node:child_process';
import { createServer, loadEnv } from 'vite';
import { inRoot, program, root } from './project.mjs';

const BUNDLE_URL = '/lib/crm-chat.bundle.js';
const target = loadEnv('development', root).VITE_SOCKET_URL || `http://localhost:${process.env.PORT || 3001}`;

/** Vite's client comes along, because a page that Vite did not write itself would otherwise never hear of a change. */
const libraryFromSource = {
  name: 'library-from-source',
  resolveId: (id) => (id === BUNDLE_URL ? id : undefined),
  load: (id) => (id === BUNDLE_URL ? `import '/@vite/client';\nexport * from '/src/bundle.ts';\n` : undefined),
};

const reloadOnPageChange = {
  name: 'reload-on-page-change',
  configureServer(vite) {
    vite.watcher.add(inRoot('server/src/pages'));
    vite.watcher.on('change', (path) => {
      if (path.startsWith(inRoot('server/src/pages'))) vite.ws.send({ type: 'full-reload' });
    });
  },
};

/** The server allows its own origin. To the browser that is Vite's port, so speak as the server's own page would. */
function speakAsOwnPage(proxy) {
  const change = (request) => {
    if (request.getHeader('origin')) request.setHeader('origin', target);
  };
  proxy.on('proxyReq', change);
  proxy.on('proxyReqWs', change);
}

const vite = await createServer({
  configFile: inRoot('vite.config.ts'),
  root,
  mode: 'development',
  appType: 'custom',
  plugins: [libraryFromSource, reloadOnPageChange],
  // There is no page of Vite's to start from; without this it would find packages one by one and reload each time.
  optimizeDeps: { entries: ['src/bundle.ts'] },
  server: {
    host: '127.0.0.1',
    port: Number(process.env.VITE_PORT || 5173),
    strictPort: true,
    proxy: {
      // Web sockets only here: Vite's own one for reloading lives at "/".
      '/socket.io': { target, ws: true, configure: speakAsOwnPage },
      // Everything that is not the library's code is the server's: new routes there need no change here.
      '^/(?!src/|node_modules/|lib/|@|__)': {
        target,
        configure(proxy) {
          speakAsOwnPage(proxy);
          // Vite's client and error overlay need what the page's strict policy forbids. Built pages keep the policy.
          proxy.on('proxyRes', (response) => delete response.headers['content-security-policy']);
        },
      },
    },
  },
});
await vite.listen();

const server = spawn(
  process.execPath,
  [program('tsx', 'dist/cli.mjs'), 'watch', '--clear-screen=false', inRoot('server/src/main.ts')],
  { cwd: root, stdio: 'inherit', env: { ...process.env, PORT: new URL(target).port || '80' } },
);
console.log(`\nInbox with live sources: http://localhost:${vite.config.server.port}/chat (server on ${target})\n`);

let ending = false;
async function end(code) {
  if (ending) return;
  ending = true;
  server.kill('SIGTERM');
  await vite.close();
  process.exitCode = code;
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void end(0));
server.on('exit', (code) => void end(code ?? 1));
