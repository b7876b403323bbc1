/**
 * The load, in a process of its own, so that its work is not taken for the server's. Told what to do by messages from
 * run.mjs; reports latencies and its own CPU: a load that needs more than 80 % of a core says nothing about the server.
 */
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { Line } from './line.mjs';

const secret = new TextEncoder().encode(process.env.JWT_SECRET);
const url = process.env.BENCH_URL;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const tokenOf = (agentId, tenantId = 'bench', role = 'agent') =>
  new SignJWT({ tenant: tenantId, tenantId, name: agentId, role })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(agentId)
    .setIssuer(process.env.JWT_ISSUER)
    .setAudience(process.env.JWT_AUDIENCE)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(secret);

const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
function summary(times) {
  const sorted = times.sort((a, b) => a - b);
  return {
    count: sorted.length,
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    most: sorted.at(-1),
  };
}

/** Many at a time, but not all at once. */
async function openAll(lines, atOnce = 50) {
  const waiting = [...lines];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let line = waiting.pop(); line; line = waiting.pop()) await line.open();
    }),
  );
}

const crowd = [];
let senders = [];
let listeners = [];

async function timed(line, name, payload, times, refusals) {
  const began = performance.now();
  const answer = await line.ask(name, payload);
  if (answer?.ok) times.push(performance.now() - began);
  else if (refusals) refusals.push(answer?.error ?? { code: 'LOST' });
  return answer;
}

const message = (index) => ({
  conversationId: `c-${1 + (index % 1999)}`,
  clientMessageId: randomUUID(),
  content: `Yes, we can deliver on Thursday, number ${index}`,
  messageType: 'text',
});

/** Sends at a steady rate whatever comes back (open loop). Each goes to its agent and two supervisors. */
async function sendAt(perSecond, seconds, times, refusals) {
  const began = performance.now();
  const total = perSecond * seconds;
  const open = [];
  for (let sent = 0; sent < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * perSecond));
    for (; sent < due; sent++) {
      const ask = message(sent);
      const line = senders[Number(ask.conversationId.slice(2)) % 10];
      open.push(timed(line, 'send_message', ask, times, refusals));
    }
    await pause(2);
  }
  await Promise.all(open);
  return (performance.now() - began) / 1000;
}

const tasks = {
  async crowd({ count }) {
    // Tenants of ten agents with five sockets each: offices, not one office of thousands.
    const tokens = new Map();
    for (let index = 0; index < count; index++) {
      const key = `t-${Math.floor(index / 50)}:a-${index % 10}`;
      if (!tokens.has(key)) tokens.set(key, await tokenOf(key.split(':')[1], key.split(':')[0]));
      crowd.push(new Line(url, tokens.get(key)));
    }
    const began = performance.now();
    await openAll(crowd);
    return { count: crowd.length, seconds: (performance.now() - began) / 1000 };
  },
  async office() {
    senders = await Promise.all(Array.from({ length: 10 }, async (_, n) => new Line(url, await tokenOf(`agent-${n}`))));
    listeners = await Promise.all(
      ['boss-1', 'boss-2'].map(async (id) => new Line(url, await tokenOf(id, 'bench', 'supervisor'))),
    );
    await openAll([...senders, ...listeners], 5);
    return {};
  },
  async throughput({ perSecond, seconds }) {
    const times = [];
    const refusals = [];
    const heardBefore = listeners.reduce((sum, line) => sum + line.events, 0);
    const took = await sendAt(perSecond, seconds, times, refusals);
    await pause(500);
    const heard = listeners.reduce((sum, line) => sum + line.events, 0) - heardBefore;
    return { ...summary(times), refused: refusals.length, heardByTwo: heard, reached: times.length / took };
  },
  async queries({ rounds }) {
    const figures = {};
    const [boss] = listeners;
    const kinds = {
      'conversations, first page': () => ['load_conversations', { limit: 50 }],
      'messages, newest page of the longest': () => ['load_messages', { conversationId: 'c-0', limit: 50 }],
      'messages, a page in the middle of the longest': (n) => [
        'load_messages',
        { conversationId: 'c-0', limit: 50, before: 1000 + n * 37 },
      ],
      'messages, any conversation': (n) => ['load_messages', { conversationId: `c-${(n * 13) % 2000}`, limit: 50 }],
    };
    for (const [what, ask] of Object.entries(kinds)) {
      const times = [];
      for (let n = 0; n < rounds; n++) {
        const answer = await timed(boss, ...ask(n), times);
        if (!answer?.ok) throw new Error(`${what}: ${JSON.stringify(answer)}`);
      }
      figures[what] = summary(times);
    }
    return figures;
  },
  /** Everybody is cut off at once and comes back as the library does: at a random moment of the first second. */
  async herd({ count }) {
    const herd = [];
    for (let n = 0; n < count; n++) herd.push(new Line(url, await tokenOf(`agent-${n % 10}`)));
    await openAll(herd);
    const { sync } = await herd[0].ask('load_conversations', { limit: 50 });
    const since = { epoch: sync.epoch, head: sync.head };
    const others = [];
    let on = true;
    const working = (async () => {
      for (let n = 0; on; n++) {
        void timed(senders[n % 10], 'load_messages', { conversationId: `c-${n % 10}`, limit: 50 }, others);
        await pause(20);
      }
    })();
    for (const line of herd) line.cut();
    const began = performance.now();
    await Promise.all(
      herd.map(async (line) => {
        await pause(Math.random() * 1000);
        await line.open();
        const answer = await line.ask('load_conversations', { since, limit: 50 });
        if (!answer?.ok) throw new Error(`not resynced: ${JSON.stringify(answer)}`);
      }),
    );
    const seconds = (performance.now() - began) / 1000;
    on = false;
    await working;
    for (const line of herd) line.cut();
    return { seconds, others: summary(others) };
  },
  async overload({ perSecond, seconds }) {
    const times = [];
    const refusals = [];
    await sendAt(perSecond, seconds, times, refusals);
    const typed = refusals.filter(({ code, retryAfterMs }) => code && code !== 'LOST' && retryAfterMs > 0).length;
    // How long until an ordinary send is quick again.
    const began = performance.now();
    let recovered;
    for (let n = 0; recovered === undefined && n < 200; n++) {
      const at = performance.now();
      const answer = await senders[n % 10].ask('send_message', { ...message(n), conversationId: `c-${10 + (n % 10)}` });
      if (answer?.ok && performance.now() - at < 150) recovered = (performance.now() - began) / 1000;
      else await pause(Math.min(answer?.error?.retryAfterMs ?? 100, 500));
    }
    return {
      ...summary(times),
      refused: refusals.length,
      typed,
      lost: refusals.filter(({ code }) => code === 'LOST').length,
      recovered,
    };
  },
};

process.on('message', async ({ task, ask }) => {
  const cpu = process.cpuUsage();
  const began = performance.now();
  try {
    const figures = await tasks[task](ask);
    const used = process.cpuUsage(cpu);
    const share = (used.user + used.system) / 1000 / (performance.now() - began);
    process.send({ figures, loadCpu: share });
  } catch (error) {
    process.send({ error: error.message });
  }
});
