/**
 * Pictures for the page, made anew from what came: no metadata (places, cameras, names), no bytes of the sender's
 * choosing, and bounded before anything is decoded, because a small file can hold a wall of pixels.
 */
import type { Sharp } from 'sharp';
import { Refusal } from '../refusal.js';

/** What the image library reads and a page may show. */
export const SHOWN = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif']);
/** All frames of an animation together. */
const PIXELS_MAX = 50_000_000;
/** Each frame costs by itself, however small it is. */
export const FRAMES_MAX = 500;
/** Whatever takes so long was made for it. */
const SECONDS_MAX = 30;
const SIDE_MAX = 2048;
export const PICTURE_TYPE = 'image/webp';

export interface Picture {
  bytes: Buffer;
  /** Of the original, as it is looked at. */
  width: number;
  height: number;
}

export async function makePicture(original: Buffer): Promise<Picture> {
  const { default: sharp } = await import('sharp');
  const open = (animated: boolean) => sharp(original, { animated, limitInputPixels: PIXELS_MAX, failOn: 'error' });
  try {
    const { width, height, pages = 1, autoOrient } = await sharp(original, { limitInputPixels: PIXELS_MAX }).metadata();
    // An animation too large or too long to hold is shown by its first frame; the original can still be saved.
    const animated = pages > 1 && pages <= FRAMES_MAX && width * height * pages <= PIXELS_MAX;
    let picture: Sharp = open(animated);
    if (!animated) picture = picture.autoOrient();
    const bytes = await picture
      .resize({ width: SIDE_MAX, height: SIDE_MAX, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 82, effort: 2 })
      .timeout({ seconds: SECONDS_MAX })
      .toBuffer();
    return { bytes, width: autoOrient.width ?? width, height: autoOrient.height ?? height };
  } catch (error) {
    if (/pixel limit/i.test(String(error)))
      throw new Refusal('TOO_LARGE', `The picture has too many pixels: at most ${PIXELS_MAX / 1e6} million.`, {
        field: 'size',
      });
    if (/^timeout/i.test((error as Error).message))
      throw new Refusal('TOO_LARGE', 'The picture takes too long to prepare. Make it smaller and try again.', {
        field: 'size',
      });
    throw new Refusal('BAD_PAYLOAD', 'The picture is damaged and cannot be shown.', { field: 'filetype' });
  }
}
