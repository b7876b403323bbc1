// A whole back end for the inbox in one small file, without a package: `POST /chat/<event>` answers, `GET /chat/news` tells.
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';

const now = () => new Date().toISOString();
const made = { createdAt: now(), updatedAt: now() };
const contact = { id: 'ada', identifier: 'ada@example.com', identifierType: 'email', name: 'Ada', platform: 'email' };
const prospects = [{ ...contact, isClient: false, ...made }];
const messages = [];
const listeners = new Set();

function add(message) {
  const stored = { conversationId: 'first', messageType: 'text', platform: 'email', status: 'sent', ...message };
  messages.push({ id: `m${messages.length + 1}`, timestamp: now(), ...stored });
  for (const news of listeners) news.write(`event: new_message\ndata: ${JSON.stringify(messages.at(-1))}\n\n`);
  return messages.at(-1);
}
add({ senderId: 'ada', senderType: 'prospect', content: 'Do you deliver on Saturdays?' });

// What each ask is answered with: the list or the thing itself is enough.
const answers = {
  load_conversations: () => [
    {
      ...{ id: 'first', prospectId: 'ada', platform: 'email', status: 'active', tags: [], unreadCount: 0, ...made },
      ...{ isClientConverted: false, lastActivity: messages.at(-1).timestamp, lastMessage: messages.at(-1) },
    },
  ],
  load_prospects: () => prospects,
  load_clients: () => [],
  load_messages: ({ conversationId }) => messages.filter((message) => message.conversationId === conversationId),
  // The same key again is the same message: then nothing is ever sent twice.
  send_message: ({ conversationId, content, messageType, clientMessageId }) =>
    messages.find((message) => message.clientMessageId === clientMessageId) ??
    add({ conversationId, content, messageType, clientMessageId, senderId: 'me', senderType: 'agent' }),
  mark_as_read: () => ({}),
};

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
    listeners.add(response);
    request.on('close', () => listeners.delete(response));
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
