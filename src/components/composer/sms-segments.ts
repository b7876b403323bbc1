/** How many short messages a text becomes. Sent in parts, each part gives some of its room to the header that joins them. */

/** The GSM 03.38 basic alphabet: one septet each. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Its extension table: an escape and one more, two septets that stay together. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** Units of one message alone, and of each part of several: septets, or 16-bit units. */
const ROOM = { gsm7: { alone: 160, part: 153 }, ucs2: { alone: 70, part: 67 } } as const;

export interface Segments {
  readonly encoding: keyof typeof ROOM;
  /** How many short messages; 0 for an empty text. */
  readonly count: number;
  /** Units that still fit into the last one. */
  readonly left: number;
}

export function segmentsOf(text: string): Segments {
  // By code point: what belongs together is not parted.
  const letters = [...text];
  const encoding = letters.every((letter) => BASIC.has(letter) || EXTENDED.has(letter)) ? 'gsm7' : 'ucs2';
  const sizes = letters.map((letter) => (encoding === 'ucs2' ? letter.length : EXTENDED.has(letter) ? 2 : 1));
  const { alone, part } = ROOM[encoding];
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= alone) return { encoding, count: total > 0 ? 1 : 0, left: alone - total };
  let count = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > part) {
      count++;
      used = 0;
    }
    used += size;
  }
  return { encoding, count, left: part - used };
}
