/**
 * What each channel can do. One sheet drives the composer, the ticks, the menus, the upload checks and the server's own
 * checks; a server (feature `channels`) or a host may override one or add another.
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

const MB = 1024 * 1024;

/** The six built-in sheets, by channel id. */
export const CHANNELS: Readonly<Record<string, ChannelSheet>> = {
  whatsapp: {
    id: 'whatsapp',
    label: 'WhatsApp',
    maxLength: 4096,
    markup: 'whatsapp',
    media: [
      { types: ['image/jpeg', 'image/png'], maxBytes: 5 * MB },
      { types: ['audio/*', 'video/mp4'], maxBytes: 16 * MB },
      { types: ['application/*', 'text/*'], maxBytes: 100 * MB },
    ],
    receipts: ['sent', 'delivered', 'read'],
    replyWindow: { hours: 24, after: 'template' },
    quotedReply: true,
  },
  instagram: {
    id: 'instagram',
    label: 'Instagram',
    maxLength: 1000,
    markup: 'none',
    media: [{ types: ['image/jpeg', 'image/png', 'audio/*', 'video/*'], maxBytes: 8 * MB }],
    receipts: ['sent', 'read'],
    replyWindow: { hours: 24, after: 'none' },
  },
  facebook: {
    id: 'facebook',
    label: 'Facebook',
    maxLength: 2000,
    markup: 'none',
    media: [{ types: ['image/*', 'audio/*', 'video/*', 'application/*'], maxBytes: 25 * MB }],
    receipts: ['sent', 'delivered', 'read'],
    replyWindow: { hours: 24, after: 'none' },
  },
  telegram: {
    id: 'telegram',
    label: 'Telegram',
    maxLength: 4096,
    markup: 'none',
    media: [{ types: ['*/*'], maxBytes: 50 * MB }],
    receipts: ['sent'],
    quotedReply: true,
  },
  email: {
    id: 'email',
    label: 'Email',
    // Email itself knows no limit. This one keeps a message, in whatever script, well inside one packet of the reference
    // server: a packet that is too large would end the connection instead of being refused.
    maxLength: 60_000,
    markup: 'html',
    media: [{ types: ['*/*'], maxBytes: 20 * MB }],
    receipts: ['sent', 'delivered'],
    subject: true,
    quotedReply: true,
  },
  sms: {
    id: 'sms',
    label: 'SMS',
    maxLength: 1600,
    markup: 'none',
    media: [],
    receipts: ['sent', 'delivered'],
    segments: 'gsm7',
  },
};
