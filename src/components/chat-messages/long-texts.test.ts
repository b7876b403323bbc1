/** What a giant text costs: the same as a long one, whatever is in it and wherever it is shown. */
import { expect } from '@open-wc/testing';
import type { ChatMessage } from '../../contract/index.js';
import { blocksOf, firstPart, foldedPart } from '../bits/first-part.js';
import { findLinks } from './links.js';
import { splitQuoted } from './mail-body.js';
import { at, stage } from './stage.js';

const MEGA = 1_000_000;
/** Characters that all patterns together have been given while something ran, each as often as it was looked at. */
async function lookedAt(act: () => unknown): Promise<number> {
  const { exec } = RegExp.prototype;
  let letters = 0;
  RegExp.prototype.exec = function (text: string) {
    const from = this.lastIndex;
    const found = exec.call(this, text);
    // What a sweep has behind it, it does not look at again.
    const end = found ? this.lastIndex : text.length;
    letters += this.sticky ? (found ? end - from : 1) : this.global ? end - from : text.length;
    return found;
  };
  try {
    await act();
  } finally {
    RegExp.prototype.exec = exec;
  }
  return letters;
}

const nodes = (root: Node) => {
  let count = 0;
  for (const walk = document.createTreeWalker(root); walk.nextNode();) count++;
  return count;
};

const agent = { senderType: 'agent', senderId: 'agent-1', senderName: 'Marta Reis' } as const;
const WHAT: [name: string, one: string][] = [
  ['words', 'lorem ipsum '],
  ['links', 'https://a.example/x '],
  ['mailboxes', 'a@b.example '],
  ['marks', '*a* _b_ ~c~ `d` '],
  ['marks in marks', '*_~'],
  ['brackets in a link', 'https://a.example/(((('],
  ['fences', '```a\n'],
  ['lines', '\n'],
  ['turned around', '\u202E\u2067abc '],
  ['quotes', '> a\n'],
  ['one word', 'W'],
];
const WHERE: [name: string, extra: Partial<ChatMessage>][] = [
  ['a message', {}],
  ['a mail', { messageType: 'email', metadata: { subject: 'Re: Oak' } }],
  [
    'a mail with a page that is too much',
    { messageType: 'email', metadata: { subject: 'Oak', html: '<div>'.repeat(5000) } },
  ],
  ['a note', { ...agent, visibility: 'internal' }],
  ['a caption', { messageType: 'image', metadata: { imageUrl: 'data:image/gif;base64,AA==' } }],
  ['an unknown kind', { messageType: 'weather' }],
  ['a line of the log', { senderType: 'system' }],
];

describe('giant texts', () => {
  for (const [what, one] of WHAT)
    it(`a megabyte of ${what} costs no more than a page of them, in every kind of message`, async () => {
      const drawn = async (length: number) => {
        const made = await stage({ height: 4000 });
        const text = one.repeat(Math.ceil(length / one.length));
        const counts: Record<string, { nodes: number; shown: number; letters: number }> = {};
        for (const [index, [where, extra]] of WHERE.entries()) {
          const letters = await lookedAt(() =>
            made.say(text, { id: `m${index}`, timestamp: at(index * 20), ...extra }),
          );
          const row = made.all('crm-message-row').at(-1)!;
          counts[where] = { nodes: nodes(row), shown: row.textContent!.length, letters };
        }
        return counts;
      };
      const [page, mega] = [await drawn(100_000), await drawn(MEGA)];
      for (const [where] of WHERE) {
        expect(mega[where]!.nodes, `elements of ${where}`).to.be.at.most(page[where]!.nodes).and.below(1500);
        expect(mega[where]!.shown, `letters of ${where}`).to.be.at.most(page[where]!.shown).and.below(4000);
        expect(mega[where]!.letters, `letters looked at for ${where}`).to.be.below(MEGA / 4);
      }
    });

  it('a reader that takes everything apart would be noticed', async () => {
    const text = 'lorem ipsum '.repeat(MEGA / 12);
    expect(await lookedAt(() => findLinks(text))).to.be.above(MEGA / 2);
  });

  it('shows the quoted part of a giant mail only as far as anybody reads', () => {
    const text = `Hello\n\n${'> a\n'.repeat(MEGA / 4)}`;
    expect(splitQuoted(text).own).to.equal(text);
    expect(splitQuoted('Hello\n\n> a\n> b').own).to.equal('Hello');
  });

  const CUTS: [string, string][] = [
    ['lines', 'line\n'.repeat(30_000)],
    ['words', 'words '.repeat(30_000)],
    ['one word', 'x'.repeat(100_000)],
    ['pairs', '👍'.repeat(40_000)],
  ];
  for (const [name, text] of CUTS)
    it(`blocks of ${name} give the text back, each a few thousand characters more`, () => {
      const blocks = blocksOf(text, 100);
      expect(blocks.join('')).to.equal(text);
      expect(blocksOf(text, 2)).to.deep.equal(blocks.slice(0, 2));
      for (const block of blocks) {
        expect(block.length).to.be.within(1, 20_000);
        expect(block).to.match(/^(?![\uDC00-\uDFFF])[\s\S]*(?<![\uD800-\uDBFF])$/);
      }
      if (name === 'lines') for (const block of blocks) expect(block).to.match(/\n$/u);
      expect(text.startsWith(foldedPart(text)) && foldedPart(text).length).to.be.within(190, 2000);
      expect(firstPart(text).length).to.be.at.most(8000);
    });
});
