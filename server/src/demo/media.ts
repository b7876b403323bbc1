/** The demo's pictures, voices and papers: made when asked for, always the same for the same name. */
import type { FastifyInstance } from 'fastify';
import { readRange } from '../files/range.js';
import { createDice } from './random.js';

export const PHOTO = { width: 1280, height: 800 };
const HEADERS = {
  'cache-control': 'public, max-age=3600',
  'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
  'x-content-type-options': 'nosniff',
};

export function addMedia(http: FastifyInstance): void {
  http.get<{ Params: { name: string } }>('/demo-media/photos/:name', (request, reply) => {
    const number = /^kitchen-(\d{1,4})\.svg$/.exec(request.params.name)?.[1];
    if (number === undefined) return reply.callNotFound();
    return reply
      .headers(HEADERS)
      .type('image/svg+xml')
      .send(photo(Number(number)));
  });

  http.get<{ Params: { name: string } }>('/demo-media/voices/:name', (request, reply) => {
    const seconds = Number(/^voice-(\d{1,3})\.wav$/.exec(request.params.name)?.[1]);
    if (!(seconds >= 1 && seconds <= 120)) return reply.callNotFound();
    const sound = voice(seconds);
    void reply.headers(HEADERS).header('accept-ranges', 'bytes').type('audio/wav');
    const range = readRange(request.headers.range, sound.length);
    if (!range) return reply.send(sound);
    if (range === 'impossible') return reply.code(416).header('content-range', `bytes */${sound.length}`).send();
    void reply.code(206).header('content-range', `bytes ${range.from}-${range.to}/${sound.length}`);
    return reply.send(sound.subarray(range.from, range.to + 1));
  });

  http.get<{ Params: { name: string } }>('/demo-media/files/:name', (request, reply) => {
    const { name } = request.params;
    if (!/^[\w .()-]{1,100}\.pdf$/.test(name)) return reply.callNotFound();
    return reply
      .headers(HEADERS)
      .header('content-disposition', `attachment; filename="${name}"`)
      .type('application/pdf')
      .send(paper(name));
  });
}

const WALLS = ['#cdbb9f', '#b7c3c0', '#d8cfc4', '#c9c4d4', '#bfcbb8', '#d6c3b6'];
const FRONTS = ['#8c7355', '#5e7470', '#b06a45', '#6a6480', '#70805f', '#8a5a4a', '#e8e2d6', '#3f4a55'];
const TOPS = ['#efe9dd', '#e8ece9', '#f3efe8', '#dcd6cc', '#4b4b4d'];

/** A kitchen: wall, window, wall cupboards, worktop, fronts. */
export function photo(number: number): string {
  const dice = createDice(number * 7919 + 11);
  const [wall, front, top] = [dice.pick(WALLS), dice.pick(FRONTS), dice.pick(TOPS)];
  const doors = dice.whole(4, 7);
  const width = 1280 / doors;
  const windowAt = dice.whole(0, doors - 2);
  const parts = [`<rect width="1280" height="800" fill="${wall}"/>`];
  for (let i = 0; i < doors; i++) {
    const x = Math.round(i * width);
    const w = Math.round(width) - 8;
    parts.push(`<rect x="${x + 4}" y="470" width="${w}" height="250" rx="3" fill="${front}"/>`);
    parts.push(`<rect x="${x + w / 2 - 24}" y="484" width="56" height="6" rx="3" fill="#0003"/>`);
    if (i !== windowAt && i !== windowAt + 1)
      parts.push(`<rect x="${x + 4}" y="80" width="${w}" height="210" rx="3" fill="${front}" fill-opacity=".82"/>`);
  }
  const x = Math.round(windowAt * width) + 30;
  const w = Math.round(width * 2) - 60;
  parts.push(`<rect x="${x}" y="60" width="${w}" height="320" fill="#eef5fa" stroke="#fff" stroke-width="14"/>`);
  parts.push(`<path d="M${x + w / 2} 60v320M${x} 220h${w}" stroke="#fff" stroke-width="10"/>`);
  parts.push(
    `<rect y="440" width="1280" height="30" fill="${top}"/><rect y="728" width="1280" height="72" fill="#0002"/>`,
  );
  parts.push(`<path d="M0 380 1280 ${dice.whole(300, 460)}V800H0Z" fill="#fff" fill-opacity=".06"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="800" viewBox="0 0 1280 800">${parts.join('')}</svg>`;
}

const RATE = 8000;

/** Loudness of a voice over its length, 0 to 1: what the sound and its drawing are made of. */
export function loudness(seconds: number, bars: number): number[] {
  const dice = createDice(seconds * 104_729 + 3);
  return Array.from({ length: bars }, (_, i) => {
    const phrase = 0.55 + 0.45 * Math.sin((i / bars) * Math.PI * (2 + (seconds % 5)));
    return Math.round((0.12 + 0.88 * phrase * (0.35 + 0.65 * dice.next())) * 100) / 100;
  });
}

/** A hum that rises and falls like speech: 8 bit, 8 kHz, mono. */
export function voice(seconds: number): Buffer {
  const samples = seconds * RATE;
  const loud = loudness(seconds, seconds * 8);
  const sound = Buffer.alloc(44 + samples);
  sound.write('RIFF', 0);
  sound.writeUInt32LE(36 + samples, 4);
  sound.write('WAVEfmt ', 8);
  sound.writeUInt32LE(16, 16);
  sound.writeUInt16LE(1, 20);
  sound.writeUInt16LE(1, 22);
  sound.writeUInt32LE(RATE, 24);
  sound.writeUInt32LE(RATE, 28);
  sound.writeUInt16LE(1, 32);
  sound.writeUInt16LE(8, 34);
  sound.write('data', 36);
  sound.writeUInt32LE(samples, 40);
  let phase = 0;
  for (let i = 0; i < samples; i++) {
    const at = (i / samples) * (loud.length - 1);
    const level = loud[Math.floor(at)]! * (1 - (at % 1)) + loud[Math.ceil(at)]! * (at % 1);
    phase += (2 * Math.PI * (150 + 40 * Math.sin(i / 5200) + 25 * level)) / RATE;
    sound[44 + i] = 128 + Math.round(50 * level * (Math.sin(phase) + 0.4 * Math.sin(2 * phase)));
  }
  return sound;
}

/** One page with its name on it. */
export function paper(name: string): Buffer {
  const title = name.replace(/\.pdf$/, '').replace(/[()\\]/g, '\\$&');
  const text = `BT /F1 22 Tf 72 760 Td (Northlight Studio) Tj 0 -40 Td /F1 16 Tf (${title}) Tj 0 -30 Td /F1 11 Tf (A sample from the demo. Nothing here is binding.) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const offset = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  const end = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + table + end, 'latin1');
}
