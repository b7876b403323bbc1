// A page that comes from a server: the library may be imported there (nothing happens), the tags are plain HTML, and the
// browser brings them to life when its script has come. `node examples/server-rendered/server.mjs` after `npm run build`.
import { CrmChat, events } from './on-the-server.mjs';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';

const SERVER = process.env.CRM_SERVER ?? 'http://localhost:3001';
const TOKEN = process.env.CRM_TOKEN ?? 'YOUR_TOKEN';
const quoted = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

const page = () => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Inbox</title>
    <link rel="icon" href="data:," />
    <style>
      body { margin: 0 }
      crm-chat { display: block; height: 100dvh }
      crm-chat:not(:defined)::before { content: 'The inbox is loading …' }
    </style>
    <script type="module" src="/dist/crm-chat.bundle.js"></script>
  </head>
  <body data-elements="${typeof CrmChat}" data-events="${events}">
    <crm-chat server-url="${quoted(SERVER)}" token="${quoted(TOKEN)}"></crm-chat>
  </body>
</html>`;

const server = createServer((request, response) => {
  const [, file] = /^\/dist\/((?:chunks\/)?[\w.-]+\.js)$/.exec(request.url.split('?')[0]) ?? [];
  if (!file) return response.setHeader('content-type', 'text/html; charset=utf-8').end(page());
  response.setHeader('content-type', 'text/javascript');
  createReadStream(new URL(`../../dist/${file}`, import.meta.url))
    .on('error', () => response.writeHead(404).end())
    .pipe(response);
});
server.listen(process.env.PORT ?? 3003, '127.0.0.1', () => {
  console.log(`The page is at http://127.0.0.1:${server.address().port}/`);
});
