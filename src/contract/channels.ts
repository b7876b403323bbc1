/**
 * What is said of a channel: one sheet drives the composer, the ticks, the menus, the upload checks and the server's own
 * checks; a server (feature `channels`) or a host may override a built-in one or add another.
 */
import * as v from 'valibot';

export const ChannelSheet = v.looseObject({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
  /** The channel's name as agents know it. */
  label: v.string(),
  /** Characters in one message. */
  maxLength: v.number(),
  markup: v.picklist(['none', 'whatsapp', 'html']),
  /**
   * Empty: the channel carries text only. `types` are MIME types or `image/*` patterns. A voice note may last
   * `maxSeconds`; default: 900.
   */
  media: v.array(v.object({ types: v.array(v.string()), maxBytes: v.number(), maxSeconds: v.optional(v.number()) })),
  /** Files that may be chosen at once. Default: 10. */
  maxFiles: v.optional(v.number()),
  /** Receipts the channel can really report; ticks never promise more. */
  receipts: v.array(v.picklist(['sent', 'delivered', 'read'])),
  /** Free replies are accepted for so long after the contact's last message. */
  replyWindow: v.optional(v.object({ hours: v.number(), after: v.picklist(['template', 'none']) })),
  subject: v.optional(v.boolean()),
  quotedReply: v.optional(v.boolean()),
  segments: v.optional(v.literal('gsm7')),
  /** For a channel of the host's own: the `d` of one SVG path on a 24 × 24 grid, drawn white on `color`. */
  icon: v.optional(v.pipe(v.string(), v.maxLength(4000), v.regex(/^[MmLlHhVvCcSsQqTtAaZz0-9 ,.\-+eE]+$/))),
  /** `#rrggbb`; white must be readable on it. */
  color: v.optional(v.pipe(v.string(), v.regex(/^#[0-9a-fA-F]{6}$/))),
});
export type ChannelSheet = v.InferOutput<typeof ChannelSheet>;
