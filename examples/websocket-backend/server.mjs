// The same small back office as in ../bring-your-own-backend, behind one plain WebSocket. Needs the package `ws`.
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import * as ws from 'ws';
import { answers, listeners } from '../bring-your-own-backend/answers.mjs';

// `ws` before version 8 has it on its default export only.
const { WebSocketServer = ws.default.Server } = ws;

const files = [
  [/^\/$/, () => './index.html', 'text/html; charset=utf-8'],
  [/^\/websocket-transport\.js$/, () => './websocket-transport.js', 'text/javascript'],
  [/^\/dist\/((?:chunks\/)?[\w.-]+\.js)$/, ([, name]) => `../../dist/${name}`, 'text/javascript'],
];

const server = createServer((request, response) => {
  const path = request.url.split('?')[0];
  const [pattern, place, type] = files.find(([one]) => one.test(path)) ?? [];
  if (!pattern) return response.writeHead(404).end();
  response.setHeader('content-type', type);
  createReadStream(new URL(place(pattern.exec(path)), import.meta.url))
    .on('error', () => response.writeHead(404).end())
    .pipe(response);
});

new WebSocketServer({ server, path: '/chat' }).on('connection', (socket) => {
  const say = (thing) => socket.send(JSON.stringify(thing));
  const tell = (name, news) => say({ name, news });
  listeners.add(tell);
  socket.on('close', () => listeners.delete(tell));
  socket.on('message', (data) => {
    const { id, name, ask } = JSON.parse(data);
    const reply = answers[name]?.(ask ?? {}) ?? { error: 'This server does not do that.' };
    if (id) say({ id, reply });
  });
});

server.listen(process.env.PORT ?? 3004, '127.0.0.1', () => {
  console.log(`The inbox is at http://127.0.0.1:${server.address().port}/`);
});
