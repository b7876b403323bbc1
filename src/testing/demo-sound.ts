/** A voice note made here, so that no demo needs a network: a hum as loud as its waveform. */
const RATE = 4000;
const HEADER = 44;

/** The address of a recording of so many seconds. */
export function hum(seconds: number, waveform: readonly number[]): string {
  const length = Math.round(seconds * RATE);
  const bytes = new Uint8Array(HEADER + length);
  const view = new DataView(bytes.buffer);
  const write = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  write(0, 'RIFF');
  view.setUint32(4, HEADER - 8 + length, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // plain samples
  view.setUint16(22, 1, true); // one channel
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true); // bits
  write(36, 'data');
  view.setUint32(40, length, true);
  for (let at = 0; at < length; at++) {
    const loudness = waveform[Math.floor((at * waveform.length) / length)] ?? 0;
    bytes[HEADER + at] = 128 + Math.round(20 * loudness * Math.sin((2 * Math.PI * 180 * at) / RATE));
  }
  return URL.createObjectURL(new Blob([bytes], { type: 'audio/wav' }));
}
