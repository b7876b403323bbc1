/** The sheets that everybody has. Plain data, so that whoever only reads them needs no schema. */
import type { ChannelSheet } from './channels.js';

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
