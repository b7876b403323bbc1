import { expect } from '@open-wc/testing';
import type { Message } from '../../store/index.js';
import { buildMessage } from '../../testing/index.js';
import { isEmojiOnly, planRow } from './row-plan.js';
import { at } from './stage.js';

const message = (minutes: number, more: Partial<Message> = {}): Message => ({
  ...buildMessage({ timestamp: at(minutes) }),
  key: `key ${minutes}`,
  delivery: 'read',
  ...more,
});
const agent = { senderType: 'agent', senderId: 'agent-1' } as const;

/** Two messages after each other: do they make one group? */
const PAIRS: [string, Message, Message, boolean][] = [
  ['the same speaker at once', message(0), message(0), true],
  ['the same speaker, just under five minutes', message(0), message(4.9), true],
  ['the same speaker, five minutes', message(0), message(5), false],
  ['clocks that disagree a little', message(1), message(0), true],
  ['another speaker', message(0), message(0, agent), false],
  ['two agents', message(0, agent), message(0, { ...agent, senderId: 'agent-2' }), false],
  [
    'two answers of the bot',
    message(0, { senderType: 'bot', senderId: 'a' }),
    message(0, { senderType: 'bot', senderId: 'b' }),
    true,
  ],
  ['the second failed', message(0, agent), message(0, { ...agent, delivery: 'failed' }), false],
  ['the first failed', message(0, { ...agent, delivery: 'failed' }), message(0, agent), false],
  ['not confirmed', message(0, agent), message(0, { ...agent, delivery: 'uncertain' }), false],
  ['still sending', message(0, agent), message(0, { ...agent, delivery: 'sending' }), true],
  ['a note of the team', message(0, agent), message(0, { ...agent, visibility: 'internal' }), false],
  ['two lines of the system', message(0, { senderType: 'system' }), message(0, { senderType: 'system' }), false],
];

describe('how messages stand together', () => {
  for (const [name, before, after, together] of PAIRS) {
    it(`${name}: ${together ? 'one group' : 'two groups'}`, () => {
      expect(planRow(before, after, undefined, null).starts).to.equal(!together);
      expect(planRow(undefined, before, after, null).ends).to.equal(!together);
    });
  }

  it('starts a day at midnight, also inside a group', () => {
    const noon = new Date(2025, 4, 6, 23, 59, 30);
    const before = message(0, { timestamp: noon.toISOString() });
    const after = message(0, { timestamp: new Date(noon.getTime() + 60_000).toISOString() });
    expect(planRow(before, after, undefined, null)).to.include({ day: true, starts: true });
    expect(planRow(after, { ...after, key: 'next' }, undefined, null)).to.include({ day: false, starts: false });
  });

  it('breaks the group at the unread line', () => {
    const [before, after] = [message(0), message(1)];
    const line = { key: after.key, count: 3 };
    expect(planRow(before, after, undefined, line)).to.include({ unread: 3, starts: true });
    expect(planRow(undefined, before, after, line).ends).to.equal(true);
  });

  const EMOJI: [string, boolean][] = [
    ['👍', true],
    ['👍🎉', true],
    ['👩‍👩‍👧 🇵🇹 ❤️', true],
    ['👍🏽👍🏽👍🏽', true],
    ['👍👍👍👍', false],
    ['ok 👍', false],
    ['123', false],
    ['1', false],
    ['©', false],
    ['', false],
  ];
  for (const [content, big] of EMOJI)
    it(`${content || 'nothing'} is ${big ? 'shown big' : 'ordinary text'}`, () => {
      expect(isEmojiOnly({ content, messageType: 'text' })).to.equal(big);
    });
});
