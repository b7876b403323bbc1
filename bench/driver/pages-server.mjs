/** Builds one page for each subject with the library's own bundler, and serves them on this machine. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const bench = fileURLToPath(new URL('..', import.meta.url));
const root = join(bench, '..');
const types = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };

const page = (subject, hasStyle) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${subject}</title>
    ${hasStyle ? `<link rel="stylesheet" href="/build/${subject}.css" />` : ''}
    <link rel="icon" href="data:," />
    <style>
      html, body { block-size: 100%; margin: 0; }
      #box { block-size: 700px; inline-size: 1000px; overflow: hidden; position: relative; }
    </style>
  </head>
  <body>
    <div id="box"></div>
    <script type="module" src="/build/${subject}.js"></script>
  </body>
</html>`;

export async function servePages(subjects, { minify = true } = {}) {
  const files = new Map();
  for (const subject of subjects) {
    const output = await build({
      configFile: false,
      root: bench,
      logLevel: 'warn',
      // The published files of this very checkout.
      resolve: { alias: [{ find: /^crm-chat-elements\/(.*)$/, replacement: join(root, 'dist/$1.js') }] },
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        write: false,
        target: 'es2022',
        minify,
        rolldownOptions: {
          input: { [subject]: join(bench, 'subjects', `${subject}.js`) },
          output: {
            entryFileNames: '[name].js',
            chunkFileNames: `${subject}-[hash].js`,
            assetFileNames: '[name][extname]',
          },
        },
      },
    });
    for (const file of [output].flat().flatMap((one) => one.output)) files.set(file.fileName, file.code ?? file.source);
    const css = [...files.keys()].find((name) => name.endsWith('.css') && !files.has(`taken:${name}`));
    if (css) {
      files.set(`${subject}.css`, files.get(css));
      files.set(`taken:${css}`, '');
      files.set(`taken:${subject}.css`, '');
    }
  }
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    const answer = (body, type) => {
      response.setHeader('content-type', `${type}; charset=utf-8`);
      response.setHeader('cache-control', 'no-store');
      response.end(body);
    };
    const [, kind, ...rest] = path.split('/');
    const name = rest.join('/');
    try {
      if (kind === 'page') return answer(page(name, files.has(`${name}.css`)), 'text/html');
      if (kind === 'empty')
        return answer('<!doctype html><title>empty</title><link rel="icon" href="data:,">', 'text/html');
      if (kind === 'build' && files.has(name)) return answer(files.get(name), types[extname(name)] ?? 'text/plain');
      if (kind === 'dist')
        return answer(await readFile(join(root, 'dist', name)), types[extname(name)] ?? 'text/plain');
      if (kind === 'peer') return answer(await readFile(join(bench, 'node_modules', name)), 'text/javascript');
    } catch {
      // answered below
    }
    response.statusCode = 404;
    response.end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
