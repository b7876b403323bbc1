/** Makes a picture small enough for a channel: fewer pixels first, then a coarser JPEG. Comes with its first use. */

/** Longest side in pixels and quality, tried in this order. */
const STEPS: readonly (readonly [number, number])[] = [
  [4096, 0.9],
  [2560, 0.85],
  [1920, 0.8],
  [1280, 0.75],
  [800, 0.7],
];

/** Undefined where the browser cannot draw it, or where even the smallest is too large. */
export async function shrinkPicture(picture: Blob, maxBytes: number): Promise<Blob | undefined> {
  // As it was held, not as the camera lay.
  const bitmap = await createImageBitmap(picture, { imageOrientation: 'from-image' }).catch(() => undefined);
  if (!bitmap) return undefined;
  try {
    for (const [side, quality] of STEPS) {
      const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(bitmap.width * scale));
      canvas.height = Math.max(1, Math.round(bitmap.height * scale));
      const pen = canvas.getContext('2d');
      if (!pen) return undefined;
      pen.fillStyle = '#fff'; // JPEG knows no transparency
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      const smaller = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));
      if (smaller && smaller.size <= maxBytes) return smaller;
    }
    return undefined;
  } finally {
    bitmap.close();
  }
}
