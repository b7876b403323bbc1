/** Two conversations of the demo in which everything can be seen that a channel carries; days count back from the last message. */
import type { MessageMetadata } from '../../../src/contract/index.js';
import { PHOTO } from './media.js';
import type { Act, Dress, Speaker, Turn } from './script.js';

const turn = (speaker: Speaker, text: string, dress?: Dress): Turn => ({ speaker, text, ...(dress && { dress }) });
const contact = (text: string, dress?: Dress) => turn('prospect', text, dress);
const team = (text: string, dress?: Dress) => turn('agent', text, dress);
const kind =
  (messageType: string, metadata: MessageMetadata): Dress =>
  () => ({ messageType, metadata });
/** What the team did, as a line of its own. */
const line = (event: { kind: string; by?: string; to?: string }): Turn =>
  team('', () => ({ senderId: 'system', senderType: 'system', senderName: null, status: 'read', metadata: { event } }));

const photo = (number: number) => ({
  name: `kitchen-${number}.svg`,
  type: 'image/svg+xml',
  url: `/demo-media/photos/kitchen-${number}.svg`,
  ...PHOTO,
});

const LONG = [
  'I have written down everything that matters to us, so that nothing is forgotten:',
  '*The room*: 4.2 × 3.1 m, one window to the south, the door opens inwards. The floor is oak and stays.',
  '*Cooking*: induction, an oven at eye level, and a hood that does not need a duct. We cook every day, often for six.',
  '*Cold*: one tall fridge with a freezer below. The old one goes to my sister, so please do not take it along.',
  '*Water*: the sink stays under the window. A dishwasher beside it, at working height if that is possible.',
  '*Storage*: drawers rather than doors, and one narrow place for baking trays. The pantry cupboard may go to the ceiling.',
  '*Worktop*: stone if the price allows it, otherwise oak. No joints near the sink, please.',
  '*Light*: warm, under the wall cupboards and over the table. Switches on both sides of the room.',
  '*Time*: we are away from the 3rd to the 17th. The neighbours have a key, and they know that there will be noise.',
  '*Budget*: we said fifteen, and can stretch to seventeen for the stone.',
  'Is there anything you still need from us?',
].join('\n\n');

const EVERYTHING: readonly Act[] = [
  {
    daysAgo: 1,
    turns: [
      line({ kind: 'bot_paused', by: 'marta' }),
      line({ kind: 'assigned', by: 'tomas', to: 'marta' }),
      contact(
        'These are the four walls as they are today',
        kind('image', { attachments: [3, 9, 17, 24, 31].map(photo) }),
      ),
      contact(
        '',
        kind('location', {
          latitude: 51.8969,
          longitude: -8.4863,
          placeName: '12 Sunday’s Well Road',
          address: 'Cork, Ireland',
        }),
      ),
      contact(
        '',
        kind('contact', {
          contacts: [
            {
              name: 'Declan Byrne',
              organization: 'Byrne Electrical',
              phones: ['+353 85 555 0177'],
              emails: ['declan@byrne.example'],
            },
          ],
        }),
      ),
      { speaker: 'prospect', text: '', attachment: { kind: 'voice', seconds: 24 } },
      contact(LONG),
      team('@Inês she is flexible about the stone. Let us quote both.', () => ({
        visibility: 'internal',
        senderId: 'marta',
        senderName: 'Marta Reis',
        status: 'sent',
        metadata: { mentions: ['ines'] },
      })),
      team(
        'Thank you, that is *very* clear. Two offers are on their way: `Q-2044` in oak, `Q-2045` with stone.',
        (_, { contactId }) => ({
          reactions: [
            { emoji: '❤️', by: contactId },
            { emoji: '👍', by: 'ines' },
          ],
        }),
      ),
      contact('The floor is ash, not oak, sorry', (at) => ({ editedAt: new Date(at.getTime() + 30_000) })),
      contact('', (at) => ({ deletedAt: new Date(at.getTime() + 20_000) })),
      contact('😍🎉'),
      contact('Which day suits you for measuring?', kind('poll', { fileName: 'Tuesday or Thursday' })),
      line({ kind: 'converted', by: 'marta' }),
      contact('Thursday it is, see you then'),
    ],
  },
];

const HTML =
  '<p>Dear Inês,</p><p>thank you for the samples. We have settled on <b>smoked oak</b>; the exact lengths are:</p>' +
  '<table border="1"><tr><th>Wall</th><th>Length</th></tr><tr><td>North</td><td>4.18 m</td></tr>' +
  '<tr><td>East</td><td>3.10 m</td></tr></table><p>The builder’s page is <a href="https://builder.example/plans">here</a>.</p>' +
  '<p>Best, Elena</p><img src="https://pictures.example/signature.png" width="160" height="48" alt="Petrova Design">' +
  '<div class="gmail_quote"><p>On Monday, Inês Duarte wrote:</p><blockquote>The samples left today. Take your time with ' +
  'them, by daylight if you can.</blockquote></div>';

const mail = (metadata: MessageMetadata) =>
  kind('email', { from: 'elena.petrova@example.bg', to: 'hello@northlight.example', ...metadata });

const MAILS: readonly Act[] = [
  {
    daysAgo: 0,
    turns: [
      contact(
        'Hello, do you build wardrobes under a sloping ceiling? Ours is 2.4 m at its highest.\n\nElena Petrova',
        mail({ subject: 'Wardrobe under a slope' }),
      ),
      team(
        'Dear Elena,\n\nyes, often. The samples left today. Take your time with them, by daylight if you can.\n\nInês Duarte',
        kind('email', {
          subject: 'Re: Wardrobe under a slope',
          from: 'hello@northlight.example',
          to: 'elena.petrova@example.bg',
        }),
      ),
      contact(
        'Dear Inês, thank you for the samples. We have settled on smoked oak; the exact lengths are in the table.\n\n' +
          'Best, Elena\n\nOn Monday, Inês Duarte wrote:\n> The samples left today.',
        mail({
          subject: 'Re: Wardrobe under a slope',
          cc: 'stefan@builder.example',
          html: HTML,
          attachments: [
            {
              name: 'wardrobe-plan.pdf',
              type: 'application/pdf',
              size: 1024,
              url: '/demo-media/files/wardrobe-plan.pdf',
            },
          ],
        }),
      ),
    ],
  },
];

/** By the contact's identifier. */
export const KINDS: Readonly<Record<string, { acts: readonly Act[] }>> = {
  '+353 85 555 0110': { acts: EVERYTHING },
  'elena.petrova@example.bg': { acts: MAILS },
};
