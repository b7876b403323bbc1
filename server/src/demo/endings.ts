/** How some conversations of the demo end, written by hand; days count back from the last message. */
import { KINDS } from './kinds.js';
import type { Act, Turn } from './script.js';
import { play } from './script.js';

const act = (daysAgo: number, script: string): Act => ({ daysAgo, turns: play(script)[0]! });

/** By the contact's identifier. `whole`: nothing comes before it. */
export const ENDINGS: Readonly<Record<string, { whole?: boolean; lastFailed?: boolean; acts: readonly Act[] }>> = {
  ...KINDS,
  '+351 910 000 142': {
    whole: true,
    acts: [
      act(
        5,
        `c: Hi! I saw your oak kitchen on Instagram and I can’t stop thinking about it 😍
c: Do you work in Cascais too?
b: Hi Camila, thanks for writing to Northlight Studio. Yes, we fit kitchens in Cascais.
b: Could you send a photo of the room and its rough size? I’ll pass it to the right person.
c[photo]: This is it today. 4.2 × 3.1 m, one window`,
      ),
      act(
        1,
        `a: Good morning Camila, Marta here. That window is a gift: the worktop can run straight under it.
a: I put a first estimate together. Oak fronts are included, the stone is priced as an option.
a[file Q-2041 Oak kitchen.pdf]: 
c: Thank you, I’ll look at it with my husband tonight
c[file floor-plan-rev3.pdf]: The architect’s plan, in case it helps`,
      ),
      act(
        0,
        `a: Got the plan, thank you. With 4.18 m we gain a tall larder cupboard.
c[voice 42]: 
c: How much would it be with the stone?
c: And could you start before Christmas?`,
      ),
    ],
  },
  'oliver.bennett@example.com': { acts: [act(0, 'c: Re: Invoice 1187. Thanks, paid this morning by transfer')] },
  '@noor.haddad': {
    acts: [
      act(
        0,
        `c: Hi, could the wardrobe go up to the ceiling? It is 2.71 m
a: Yes, with a plinth that we scribe in on site. It looks built in from the first day.
c: Lovely, let me measure the niche once more`,
      ),
    ],
  },
  '+49 151 5550 1188': {
    acts: [
      act(
        0,
        `c: Guten Morgen, bleibt es bei der Lieferung diese Woche?\na: Guten Morgen Herr Weber. Die Lieferung ist am Donnerstag, zwischen 8 und 10`,
      ),
    ],
  },
  'grace.okafor.7': {
    acts: [
      act(
        0,
        `c: Hello! Can I see the kitchens somewhere?
b: With pleasure, our showroom is open Monday to Saturday.
c: Next week would be good
b: We can offer Tuesday at 15:00. Shall I book it?`,
      ),
    ],
  },
  '+44 7700 900142': {
    whole: true,
    acts: [act(0, `c: Hello\nc: Is the showroom open on Sunday?`)],
  },
  '+34 600 555 019': {
    acts: [
      act(
        0,
        `c: Buenos días, la bisagra de la puerta alta hace ruido\na: Buenos días Lucía, ¿qué puerta es?\nc[voice 18]: `,
      ),
    ],
  },
  'studio@brandt-soehne.example': {
    acts: [
      act(
        0,
        `a: Die Muster der Räuchereiche sind da.\nc: Wunderbar, wir holen sie ab. Die geänderten Pläne folgen morgen.`,
      ),
    ],
  },
  '@kenji_mori': {
    lastFailed: true,
    acts: [act(0, `c: おはようございます。取付は何時ごろになりますか？\na: 取付の担当者は9時に伺います`)],
  },
  '@amelie.laurent': {
    acts: [act(0, `a: Le showroom est ouvert samedi à partir de 10 h.\nc: Parfait, à samedi au showroom`)],
  },
  'samuel.osei.92': { acts: [act(0, 'c: Could you send me the brochure?')] },
};

/** Earlier, archived conversations of one contact, on whatever channel they came. */
export const EARLIER: readonly {
  identifier: string;
  platform: string;
  subject: string;
  daysAgo: number;
  turns: readonly Turn[];
}[] = [
  {
    identifier: '+351 910 000 142',
    platform: 'instagram',
    subject: 'Asked about oak fronts',
    daysAgo: 10,
    turns: play(`c: Are the oak fronts solid wood?
b: They are veneered oak on birch plywood, oiled by hand. Solid oak is possible for the frames.
c: Good to know, thank you!`)[0]!,
  },
  {
    identifier: '+351 910 000 142',
    platform: 'facebook',
    subject: 'Showroom opening hours',
    daysAgo: 80,
    turns: play(`c: Showroom opening hours?\na: Monday to Friday from 9 to 18, Saturday from 10 to 16.`)[0]!,
  },
];
