// A back end for the inbox without a package (what it knows is in answers.mjs): `POST /chat/<event>` answers, `GET /chat/news` tells.
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { answers, listeners } from './answers.mjs';

const types = { html: 'text/html; charset=utf-8', js: 'text/javascript' };
const files = [/^\/()((?:index\.html|http-transport\.js)?)$/, /^\/dist\/((?:chunks\/)?)([\w.-]+\.js)$/];

function sendFile(path, response) {
  const [page, library] = files.map((pattern) => pattern.exec(path));
  if (!page && !library) return response.writeHead(404).end();
  const file = page ? `./${page[2] || 'index.html'}` : `../../dist/${library[1]}${library[2]}`;
  response.setHeader('content-type', types[file.split('.').at(-1)]);
  createReadStream(new URL(file, import.meta.url))
    .on('error', () => response.writeHead(404).end())
    .pipe(response);
}

const server = createServer(async (request, response) => {
  const [, event] = /^\/chat\/(\w+)$/.exec(request.url) ?? [];
  if (event === 'news') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
    const tell = (name, news) => response.write(`event: ${name}\ndata: ${JSON.stringify(news)}\n\n`);
    listeners.add(tell);
    request.on('close', () => listeners.delete(tell));
  } else if (event && request.method === 'POST') {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answers[event]?.(JSON.parse(body)) ?? { error: 'This server does not do that.' }));
  } else {
    sendFile(request.url.split('?')[0], response);
  }
});

server.listen(process.env.PORT ?? 3002, '127.0.0.1', () => {
  console.log(`The inbox is at http://127.0.0.1:${server.address().port}/`);
});
