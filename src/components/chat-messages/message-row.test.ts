import { expect, oneEvent } from '@open-wc/testing';
import type { ChatMessage, ChannelSheet } from '../../contract/index.js';
import type { Delivery } from '../../store/index.js';
import { CrmMessageDeleteEvent, CrmMessageRetryEvent } from '../events.js';
import { firstPart } from '../bits/first-part.js';
import { stateOf } from './message-meta.js';
import { at, stage } from './stage.js';

const ALL: ChannelSheet['receipts'] = ['sent', 'delivered', 'read'];

/** State, what the channel reports, whether the link is down, and the word that is shown. */
const WORDS: [Delivery, ChannelSheet['receipts'], boolean, string | undefined][] = [
  ['sending', ALL, false, 'Sending'],
  ['queued', ALL, false, 'Sending'],
  ['queued', ALL, true, 'Waiting for connection'],
  ['uncertain', ALL, false, 'Not confirmed'],
  ['sent', ALL, false, 'Sent'],
  ['delivered', ALL, false, 'Delivered'],
  ['read', ALL, false, 'Read'],
  ['failed', ALL, false, 'Not sent'],
  ['read', ['sent'], false, 'Sent'],
  ['delivered', ['sent', 'read'], false, 'Sent'],
  ['read', ['sent', 'delivered'], false, 'Delivered'],
  ['delivered', [], false, undefined],
];

const written = (message: Partial<ChatMessage>) =>
  stage({ history: (desk, id) => desk.addMessage(id, { timestamp: at(0), ...message }) });
const agent = { senderType: 'agent', senderId: 'agent-1', senderName: 'Marta Reis' } as const;

describe('message row: very long messages', () => {
  const nodes = (row: Element) => {
    let count = 0;
    for (const walk = document.createTreeWalker(row); walk.nextNode();) count++;
    return count;
  };
  const links = Array.from({ length: 3200 }, (_, at) => `https://a.example/${at}`).join(' ');
  const KINDS: [string, Partial<ChatMessage>][] = [
    ['text', {}],
    ['email', { messageType: 'email', metadata: { subject: 'Re: Oak' } }],
    ['note', { ...agent, visibility: 'internal' }],
    ['weather', { messageType: 'weather' }],
  ];
  for (const [kind, extra] of KINDS)
    it(`thousands of links in one ${kind} are sixty links and a fold; then blocks with some more`, async () => {
      const made = await written({ content: links, ...extra });
      const row = made.one('crm-message-row');
      const folded = () => {
        expect(made.all('.lnk').length).to.be.within(1, 60);
        expect(nodes(row)).to.be.below(600);
        expect(made.one('.txt').textContent!.length).to.be.below(2100);
        expect(made.one('.txt')).to.have.class('is-folded');
      };
      folded();
      const more = () => made.one('[part=show-more]');
      expect(more()).to.have.attribute('aria-expanded', 'false');
      // Unfolded, then the rest in steps that no click has to wait for.
      for (let step = 0; step < 6 && more().getAttribute('aria-expanded') === 'false'; step++) {
        more().focus();
        const before = made.all('.txt__block').at(0)?.firstElementChild;
        more().click();
        await made.drawn();
        expect(made.panel.shadowRoot!.activeElement === more(), 'keeps the focus').to.equal(true);
        if (before) expect(made.all('.txt__block')[0]!.firstElementChild === before, 'stays').to.equal(true);
      }
      expect(made.all('.lnk').length).to.be.within(200, 300);
      expect(nodes(row)).to.be.below(2600);
      expect(made.one('.txt').textContent).to.equal(links);
      expect(more()).to.have.trimmed.text('Show less');
      more().click();
      await made.drawn();
      folded();
    });

  it('shows a text of eight thousand characters whole', async () => {
    const made = await written({ content: 'x'.repeat(8000) });
    made.one('[part=show-more]').click();
    await made.drawn();
    expect(made.one('[part=show-more]')).to.have.trimmed.text('Show less');
    expect(made.one('.txt').textContent).to.have.length(8000);
  });

  const PARTS: [string, string, number][] = [
    ['between words', 'words '.repeat(2000), 7997],
    ['anywhere in one word', 'x'.repeat(9000), 8000],
    ['never inside a character', `x${'👍'.repeat(5000)}`, 7999],
  ];
  for (const [how, text, length] of PARTS)
    it(`cuts ${how}`, () => {
      const part = firstPart(text);
      expect(text.startsWith(part)).to.equal(true);
      expect(part).to.have.length(length);
    });
});

describe('message row: how far it has come', () => {
  for (const [delivery, receipts, offline, word] of WORDS)
    it(`${delivery} on a channel that reports ${receipts.join(', ') || 'nothing'}${offline ? ', offline' : ''}: ${word}`, () => {
      expect(stateOf(delivery, receipts, offline)?.word).to.equal(word);
    });

  it('says name, time and state under the last of a group, with an icon and a word', async () => {
    const made = await stage({
      history: (desk, id) => {
        desk.addMessage(id, { ...agent, content: 'one', timestamp: at(0), status: 'delivered' });
        desk.addMessage(id, { ...agent, content: 'two', timestamp: at(1), status: 'delivered' });
      },
    });
    expect(made.all('[part=meta]')).to.have.length(1);
    const meta = made.row('two').querySelector('[part=meta]')!;
    expect(meta.textContent!.replace(/\s+/gu, ' ').trim()).to.match(/^Marta ?\d{1,2}:\d\d.* Delivered$/u);
    expect(meta.querySelector('.st svg')).to.exist;
    expect(made.row('two').querySelector('.av')).to.exist;
    expect(made.row('one').querySelector('.av')).not.to.exist;
  });

  it('never promises more than the channel: Telegram says Sent', async () => {
    const made = await stage({
      conversation: { platform: 'telegram' },
      history: (desk, id) =>
        desk.addMessage(id, { ...agent, content: 'hi', platform: 'telegram', status: 'read', timestamp: at(0) }),
    });
    expect(made.one('.st')).to.have.trimmed.text('Sent');
  });

  it('waits for the connection while there is none, and leaves the words in one row', async () => {
    const made = await stage();
    made.desk.goOffline();
    await made.drawn();
    await made.store.sendMessage(made.id, 'later');
    await made.drawn();
    expect(made.one('.st')).to.have.trimmed.text('Waiting for connection');
    const row = made.row('later');
    made.desk.goOnline();
    await made.world.advance(5000);
    await made.drawn();
    expect(made.row('later')).to.equal(row);
    expect(made.one('.st')).to.have.trimmed.text('Sent');
  });
});

describe('message row: a server that asks to wait', () => {
  it('says when the message goes again, and then that it went', async () => {
    const made = await stage();
    made.desk.failNext('send_message', { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 20_000 });
    await made.store.sendMessage(made.id, 'patience');
    await made.drawn();
    const { locale } = new Intl.DateTimeFormat().resolvedOptions();
    const at = new Date(made.world.now() + 20_000).toLocaleTimeString(locale, { minute: '2-digit', second: '2-digit' });
    expect(made.one('.st').textContent)
      .to.match(/^\s*Next try at /)
      .and.contain(at);
    await made.world.advance(21_000);
    await made.drawn();
    expect(made.one('.st')).to.have.trimmed.text('Sent');
  });
});

describe('message row: failure', () => {
  async function failed() {
    const made = await stage();
    made.desk.failNext('send_message', { code: 'PLATFORM_REJECTED', message: 'The number is not on WhatsApp.' });
    await made.store.sendMessage(made.id, 'broken');
    await made.drawn();
    const button = (words: string) => made.all('button').find((one) => one.textContent?.trim() === words)!;
    return { made, button };
  }

  it('says why, in red with an icon, and tells it at once', async () => {
    const { made, button } = await failed();
    expect(made.one('.st')).to.have.trimmed.text('The channel did not take it: The number is not on WhatsApp.');
    expect(made.one('.bub')).to.have.class('is-failed');
    expect(made.one('[role=alert]')).to.have.text('The channel did not take it: The number is not on WhatsApp: broken');
    expect(button('Retry')).to.exist;
    expect(button('Delete')).to.exist;
  });

  it('leaves a colleague’s failed message to the colleague', async () => {
    const made = await stage();
    const { id } = made.desk.agentSays('agent-2', made.id, 'theirs');
    made.desk.setStatus(id, 'failed', { code: 'PLATFORM_REJECTED', message: 'Number unknown' });
    await made.drawn();
    expect(made.one('.st')).to.have.trimmed.text('The channel did not take it: Number unknown');
    expect(made.all('button').some((one) => one.textContent?.trim() === 'Retry')).to.equal(false);
  });

  it('sends again, unless a host takes that over', async () => {
    const { made, button } = await failed();
    const sends = () => made.desk.asks('send_message').length;
    const before = sends();
    made.panel.addEventListener('crm-message-retry', (event) => event.preventDefault(), { once: true });
    button('Retry').click();
    await made.drawn();
    expect(sends()).to.equal(before);
    button('Retry').focus();
    setTimeout(() => button('Retry').click());
    const event = await oneEvent(made.panel, 'crm-message-retry');
    expect(event).to.be.instanceOf(CrmMessageRetryEvent);
    await made.drawn();
    expect(sends()).to.equal(before + 1);
    expect(made.one('.st')).to.have.trimmed.text('Sent');
    // The button is gone; the focus stays with its message.
    expect(made.panel.shadowRoot!.activeElement === made.one('[role=article]'), 'has the focus').to.equal(true);
  });

  it('is taken back, unless a host takes that over', async () => {
    const { made, button } = await failed();
    made.panel.addEventListener('crm-message-delete', (event) => event.preventDefault(), { once: true });
    button('Delete').click();
    await made.drawn();
    expect(made.row('broken')).to.exist;
    button('Delete').focus();
    setTimeout(() => button('Delete').click());
    expect(await oneEvent(made.panel, 'crm-message-delete')).to.be.instanceOf(CrmMessageDeleteEvent);
    await made.drawn();
    expect(made.all('crm-message-row')).to.have.length(0);
    expect(made.panel.shadowRoot!.activeElement === made.log, 'has the focus').to.equal(true);
  });
});

describe('message row: what is inside', () => {
  it('is an article with a name', async () => {
    const made = await written({ content: 'hello' });
    expect(made.one('[role=article]').getAttribute('aria-label')).to.match(/^Camila, \d{1,2}:\d\d.*, message$/u);
  });

  it('shows text as text', async () => {
    const content = '<img src=x onerror=alert(1)> & <b>bold</b>\n  two';
    const made = await written({ content });
    expect(made.one('.txt').textContent).to.equal(content);
    expect(made.all('.bub img, .bub b')).to.have.length(0);
    expect(getComputedStyle(made.one('.txt')).whiteSpace).to.equal('pre-wrap');
    expect(made.one('.txt').getAttribute('dir')).to.equal('auto');
  });

  it('makes safe links only', async () => {
    const made = await written({ content: 'javascript:alert(1) https://northlight.example/a data:text/html,x' });
    const links = made.all<HTMLAnchorElement>('.bub a');
    expect(links.map((link) => link.href)).to.deep.equal(['https://northlight.example/a']);
    expect(links[0]).to.have.attribute('rel', 'noopener noreferrer nofollow');
    expect(links[0]).to.have.attribute('target', '_blank');
  });

  it('reserves the picture’s box before it is there, and falls back to a card', async () => {
    const made = await written({
      content: 'The window wall',
      messageType: 'image',
      metadata: { imageUrl: '/no-such-picture.png', fileName: 'wall.png' },
    });
    const height = made.row('The window wall').offsetHeight;
    expect(made.all('.bub--img img, .filerow').length).to.equal(1);
    const picture = made.panel.shadowRoot!.querySelector('img');
    if (picture) {
      expect(picture.getBoundingClientRect().height).to.be.closeTo(200, 1);
      expect(height).to.be.above(200);
      picture.dispatchEvent(new Event('error'));
      await made.drawn();
    }
    expect(made.one('.filerow')).to.contain.text('wall.png');
  });

  for (const imageUrl of ['javascript:alert(1)', 'data:text/html,<script>alert(1)</script>', 'vbscript:x'])
    it(`lets no ${imageUrl.split(':')[0]}: address near a picture or a file`, async () => {
      for (const messageType of ['image', 'file', 'audio']) {
        const metadata = { imageUrl, fileUrl: imageUrl, audioUrl: imageUrl, fileName: '"><script>alert(1)</script>' };
        const made = await written({ content: '', messageType, metadata });
        expect(made.all('.bub [href], .bub [src]')).to.have.length(0);
        expect(made.one('.filerow')).to.contain.text('"><script>alert(1)</script>');
        made.panel.remove();
      }
    });

  it('shows a file with its type and size', async () => {
    const made = await written({
      content: '',
      messageType: 'file',
      metadata: { fileName: 'Q-2041.pdf', fileSize: 1_800_000, fileType: 'application/pdf', fileUrl: '/q.pdf' },
    });
    expect(made.one('.filerow').textContent).to.match(/Q-2041\.pdf\s*PDF · 1\.8\sMB/u);
    expect(made.one('[part=download]')).to.have.attribute('aria-label', 'Download Q-2041.pdf');
  });

  it('loads a voice note only when it is played, and shows its words on demand', async () => {
    const made = await written({
      content: '',
      messageType: 'audio',
      metadata: { audioUrl: '/no-such-note.ogg', duration: 42, transcript: 'four eighteen' },
    });
    expect(made.all('audio')).to.have.length(0);
    expect(made.one('.audio')).to.contain.text('0:42');
    expect(made.all('.wave rect')).to.have.length(44);
    expect(made.one('[part=play]')).to.have.attribute('aria-label', 'Play');
    made.one('.rate').click();
    await made.drawn();
    expect(made.one('.rate')).to.have.trimmed.text('1.5×');
    made.one('.fold').click();
    await made.drawn();
    expect(made.one('.transcript')).to.have.trimmed.text('four eighteen');
    expect(made.one('.fold')).to.have.attribute('aria-expanded', 'true');
  });

  it('shows what it does not know', async () => {
    const made = await written({ content: 'Sun at nine', messageType: 'weather' });
    expect(made.one('.bub')).to.contain.text('weather').and.to.contain.text('Sun at nine');
    made.panel.remove();
    const odd = await written({ content: 'odd', messageType: 'constructor' });
    expect(odd.one('.bub')).to.contain.text('odd');
  });

  it('takes direction marks out of names of files and subjects, and leaves words as they are', async () => {
    const file = await written({
      content: '',
      messageType: 'file',
      metadata: { fileName: 'invoice\u202Egpj.exe', fileUrl: '/invoice.exe' },
    });
    expect(file.one('.filerow b')).to.have.trimmed.text('invoicegpj.exe');
    expect(file.one('[part=download]')).to.have.attribute('download', 'invoicegpj.exe');
    expect(file.one('[part=download]')).to.have.attribute('aria-label', 'Download invoicegpj.exe');
    file.panel.remove();
    const mail = await written({
      content: 'a\u200Fb',
      messageType: 'email',
      metadata: { subject: '\u202Eknab ruoY', from: 'a\u2066b@example.com' },
    });
    expect(mail.one('.mail h3')).to.have.trimmed.text('knab ruoY');
    expect(mail.one('.mail__h p')).to.contain.text('ab@example.com');
    expect(mail.one('.txt').textContent).to.equal('a\u200Fb');
  });

  it('keeps notes of the team apart', async () => {
    const made = await written({ ...agent, content: 'careful', visibility: 'internal' });
    expect(made.one('[part=note]')).to.contain.text('Marta left a note. Only your team sees it');
    expect(made.one('[role=article]').getAttribute('aria-label')).to.match(/, note$/u);
  });

  it('sets no style attribute, because strict hosts forbid them', async () => {
    const made = await written({ content: 'hi 👍' });
    const styled = made.all('[style]').filter((one) => !one.matches('.rows, textarea'));
    expect(styled).to.have.length(0);
  });
});
