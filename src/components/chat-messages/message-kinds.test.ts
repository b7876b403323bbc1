import { expect } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import { sendKeys } from '@web/test-runner-commands';
import type { ChatMessage } from '../../contract/index.js';
import { hum } from '../../testing/demo-sound.js';
import { drawing } from '../../testing/demo-pictures.js';
import { at, stage } from './stage.js';

/** Busy machines are slow: what is waited for comes, only later. */
const until = (what: () => unknown, message?: string) => waitUntil(what as () => boolean, message, { timeout: 8000 });

const agent = { senderType: 'agent', senderId: 'agent-1', senderName: 'Marta Reis' } as const;
const written = (message: Partial<ChatMessage>, more: Parameters<typeof stage>[0] = {}) =>
  stage({ ...more, history: (desk, id) => desk.addMessage(id, { timestamp: at(0), ...message }) });
const plain = (text: string | null | undefined) => (text ?? '').replace(/\s+/gu, ' ').trim();

describe('words of a message', () => {
  it('are marked up where the channel marks up, and nowhere else', async () => {
    const whatsapp = await written({ content: '*bold* _it_ ~no~ `code`' });
    expect(whatsapp.all('.txt > *').map((one) => one.localName)).to.deep.equal(['strong', 'em', 's', 'code']);
    expect(whatsapp.one('.txt').textContent).to.equal('bold it no code');
    whatsapp.panel.remove();
    const sms = await written({ content: '*bold*', platform: 'sms' }, { conversation: { platform: 'sms' } });
    expect(sms.one('.txt').textContent).to.equal('*bold*');
    expect(sms.all('.txt > *')).to.have.length(0);
  });

  it('of three emoji stand large and without a bubble; of four they do not', async () => {
    const made = await written({ content: '👍🎉' });
    expect(made.one('[part=bubble]')).to.have.class('bub--emoji');
    expect(parseFloat(getComputedStyle(made.one('.bub--emoji')).fontSize)).to.be.closeTo(32, 1);
    made.panel.remove();
    const four = await written({ content: '👍👍👍👍' });
    expect(four.one('[part=bubble]')).not.to.have.class('bub--emoji');
  });

  it('higher than 400 pixels are folded, unfold on demand, and fold again', async () => {
    const made = await written({ content: Array.from({ length: 60 }, (_, line) => `line ${line}`).join('\n') });
    const words = () => made.one('.txt');
    const more = () => made.one('[part=show-more]');
    expect(words().offsetHeight).to.equal(400);
    expect(more()).to.have.trimmed.text('Show more');
    expect(more()).to.have.attribute('aria-expanded', 'false');
    more().focus();
    more().click();
    await made.drawn();
    expect(words().offsetHeight).to.be.above(1000);
    expect(more()).to.have.trimmed.text('Show less');
    expect(made.panel.shadowRoot!.activeElement === more(), 'keeps the focus').to.equal(true);
    more().click();
    await made.drawn();
    expect(words().offsetHeight).to.equal(400);
  });

  it('a little higher are not worth a button', async () => {
    const made = await written({ content: Array.from({ length: 21 }, (_, line) => `line ${line}`).join('\n') });
    expect(made.one('.txt').offsetHeight).to.be.above(400);
    expect(made.all('[part=show-more]')).to.have.length(0);
  });

  it('stay unfolded when the row has been out of sight', async () => {
    const made = await stage({
      history: (desk, id) => {
        desk.addMessage(id, { ...agent, timestamp: at(0), content: `long ${'words\n'.repeat(60)}` });
        for (let index = 1; index < 45; index++)
          desk.addMessage(id, { ...agent, timestamp: at(index), content: `m${index}`, status: 'read' });
      },
    });
    await made.scrollTo(0);
    await until(() => made.all('[part=show-more]').length > 0);
    made.one('[part=show-more]').click();
    await made.drawn();
    await made.scrollTo(1e9);
    await until(() => made.all('[part=show-more]').length === 0, 'the row is let go');
    await made.scrollTo(0);
    await until(() => made.all('[part=show-more]').length > 0);
    expect(made.one('[part=show-more]')).to.have.trimmed.text('Show less');
  });

  it('with a link under the fold unfold when the keyboard comes to it', async () => {
    const made = await written({ content: `${'line\n'.repeat(30)}https://a.example/` });
    expect(made.one('.txt')).to.have.class('is-folded');
    made.one('.lnk').focus();
    await made.drawn();
    expect(made.one('.txt')).not.to.have.class('is-folded');
  });
});

describe('what happened to a message', () => {
  it('edited says so, under a group and inside one', async () => {
    const made = await stage({
      history: (desk, id) => {
        desk.addMessage(id, { content: 'one', timestamp: at(0), editedAt: at(1) });
        desk.addMessage(id, { content: 'two', timestamp: at(1), editedAt: at(2) });
      },
    });
    expect(made.row('one').querySelector('.edited')).to.have.text('edited');
    expect(made.row('two').querySelector('.edited')).to.equal(null);
    expect(plain(made.row('two').querySelector('[part=meta]')?.textContent)).to.contain('edited');
  });

  it('deleted shows nothing of what it was', async () => {
    const made = await written({
      content: 'secret',
      deletedAt: at(1),
      messageType: 'image',
      metadata: { imageUrl: drawing('kitchen') },
      reactions: [{ emoji: '👍', by: 'x' }],
    });
    expect(made.one('[part=bubble]')).to.have.trimmed.text('This message was deleted');
    expect(made.one('crm-message-row').textContent).not.to.contain('secret');
    expect(made.all('img, .react')).to.have.length(0);
  });

  it('answered with signs: counted, and with the names of who answered', async () => {
    const made = await written({
      ...agent,
      content: 'hi',
      reactions: [
        { emoji: '👍', by: 'prospect-1' },
        { emoji: '👍', by: 'Rui' },
        { emoji: '❤️', by: 'prospect-1' },
      ],
    });
    const [thumbs, heart] = made.all('[part=reaction]');
    expect(plain(thumbs!.querySelector('.sr')?.textContent)).to.equal('👍 from Camila, Rui');
    expect(plain(thumbs!.textContent)).to.contain('2');
    expect(heart).to.have.attribute('title', 'Camila');
  });

  it('changes in the row where it stands, while it is shown', async () => {
    const made = await written({ id: 'm1', content: 'hi' });
    const row = made.row('hi');
    made.desk.changeMessage('m1', {
      content: 'hello',
      editedAt: at(5),
      reactions: [{ emoji: '🎉', by: 'prospect-1' }],
    });
    await made.drawn();
    expect(made.row('hello') === row, 'the same row').to.equal(true);
    expect(plain(row.querySelector('[part=meta]')?.textContent)).to.contain('edited');
    expect(row.querySelectorAll('.react')).to.have.length(1);
    made.desk.changeMessage('m1', { deletedAt: at(6) });
    await made.drawn();
    expect(row.querySelector('[part=bubble]')).to.have.trimmed.text('This message was deleted');
    expect(row.querySelectorAll('.react')).to.have.length(0);
  });
});

describe('an answer', () => {
  it('shows what it answers, and leads there', async () => {
    const made = await stage({
      history: (desk, id) => {
        desk.addMessage(id, { id: 'source', content: 'Does *Thursday* suit you?', ...agent, timestamp: at(0) });
        for (let index = 1; index < 40; index++)
          desk.addMessage(id, { content: `m${index}`, timestamp: at(index * 2), status: 'read' });
        desk.addMessage(id, { content: 'Yes, perfect.', replyTo: 'source', timestamp: at(200) });
        desk.readElsewhere(id);
      },
    });
    const quote = made.row('Yes').querySelector<HTMLElement>('[part=quote]')!;
    expect(plain(quote.querySelector('b')?.textContent)).to.equal('You');
    expect(plain(quote.querySelector('span')?.textContent)).to.equal('Does Thursday suit you?');
    quote.click();
    await until(() => made.all('.txt').some((one) => one.textContent === 'Does Thursday suit you?'));
    await made.drawn();
    const box = made.log.getBoundingClientRect();
    const top = made.topOf('Does Thursday');
    expect(top).to.be.at.least(0).and.below(box.height);
  });

  it('to something deleted, or not loaded, shows no words of it', async () => {
    const made = await stage({
      history: (desk, id) => {
        desk.addMessage(id, { id: 'gone', content: 'secret', deletedAt: at(1), timestamp: at(0) });
        desk.addMessage(id, { content: 'one', replyTo: 'gone', timestamp: at(2) });
        desk.addMessage(id, { content: 'two', replyTo: 'nowhere', timestamp: at(20) });
      },
    });
    expect(made.row('one').querySelector('.quote')!.textContent).not.to.contain('secret');
    expect(made.row('two').querySelector('.quote')).to.contain.text('An earlier message');
  });
});

describe('pictures', () => {
  const gallery = (count: number, broken = false): Partial<ChatMessage> => ({
    content: 'the walls',
    messageType: 'image',
    metadata: {
      attachments: Array.from({ length: count }, (_, index) => ({
        name: `wall ${index}.png`,
        url: broken && index === 1 ? 'data:image/png;base64,AAAA' : drawing(`wall${index}`),
      })),
    },
  });

  it('of a gallery stand together, the fourth says how many more', async () => {
    const made = await written(gallery(6));
    expect(made.all('.shot')).to.have.length(4);
    expect(made.one('.shot__more')).to.have.text('+2');
    expect(made.one('.gallery')).to.have.attribute('aria-label', '6 photos');
    expect(plain(made.one('.bub--img p').textContent)).to.equal('the walls');
  });

  it('have their boxes before they are there', async () => {
    const made = await written(gallery(2));
    for (const shot of made.all('.shot img')) {
      expect(shot.getAttribute('loading')).to.equal('lazy');
      expect(shot.getAttribute('decoding')).to.equal('async');
    }
    const before = made.one('crm-message-row').offsetHeight;
    await until(() => made.all<HTMLImageElement>('.shot img').every((image) => image.complete));
    await made.drawn();
    expect(made.one('crm-message-row').offsetHeight).to.equal(before);
  });

  it('that do not load are files beside the others', async () => {
    const made = await written(gallery(3, true));
    await until(() => made.all('.filerow').length === 1);
    expect(made.all('.shot')).to.have.length(2);
    expect(made.one('.filerow')).to.contain.text('wall 1.png');
  });
});

describe('places and cards', () => {
  it('a place has a name, an address, and a map that nobody opens unasked', async () => {
    const made = await written({
      content: '',
      messageType: 'location',
      metadata: { latitude: 38.69707, longitude: -9.42295, placeName: 'Cascais', address: 'Rua das Flores 18' },
    });
    expect(plain(made.one('.filerow').textContent))
      .to.contain('Cascais')
      .and.to.contain('Rua das Flores 18');
    const map = made.one<HTMLAnchorElement>('[part=map]');
    expect(map.href).to.match(/^https:\/\/www\.openstreetmap\.org\/\?mlat=38\.69707&mlon=-9\.42295/u);
    expect(map.rel).to.contain('noreferrer');
    expect(made.all('.bub img, .bub iframe')).to.have.length(0);
  });

  it('a contact can be called and written to, and is words where that is not safe', async () => {
    const contacts = [
      { name: 'Rui\u202E Almeida', phones: ['+351 910 000 377'], emails: ['rui@almeida.example'] },
      { name: 'B', phones: ['javascript:alert(1)'], emails: ['a@b.example?bcc=spy@evil.example'] },
      { name: 'C' },
      { name: 'D' },
    ];
    const made = await written({ content: '', messageType: 'contact', metadata: { contacts } });
    expect(made.all('.filerow')).to.have.length(3);
    expect(made.one('.filerow b')).to.have.trimmed.text('Rui Almeida');
    expect(made.all<HTMLAnchorElement>('.bub a').map((link) => link.getAttribute('href'))).to.deep.equal([
      'tel:+351910000377',
      'mailto:rui@almeida.example',
    ]);
    made.one('.unfold').click();
    await made.drawn();
    expect(made.all('.filerow')).to.have.length(4);
  });
});

describe('lines of the system', () => {
  const LINES: [event: { kind: string; by?: string; to?: string }, words: string][] = [
    [{ kind: 'assigned', by: 'agent-2', to: 'agent-1' }, 'Tomás Lima assigned this to Marta Reis'],
    [{ kind: 'assigned', by: 'Tomás', to: 'Tomás' }, 'Tomás took this over'],
    [{ kind: 'assigned', to: 'Marta' }, 'Assigned to Marta'],
    [{ kind: 'assigned', by: 'Marta' }, 'Marta gave this back to everybody'],
    [{ kind: 'converted', by: 'Marta' }, 'Marta made this contact a client'],
    [{ kind: 'bot_paused', by: 'Marta' }, 'Marta paused the bot'],
    [{ kind: 'bot_resumed' }, 'The bot was switched on'],
    [{ kind: 'closed', by: 'Marta' }, 'Marta closed this conversation'],
    [{ kind: 'reopened' }, 'This conversation was opened again'],
    [{ kind: 'merged', by: 'Marta' }, 'said by the server'],
    [{ kind: 'constructor' }, 'said by the server'],
  ];
  for (const [event, words] of LINES)
    it(`${event.kind} is “${words}”`, async () => {
      const content = words.startsWith('said') ? words : 'not shown';
      const made = await written({ senderType: 'system', senderId: 'x', content, metadata: { event } });
      const names = (text: string) => text.replace(/[\u2068\u2069]/gu, '');
      expect(names(made.one('.event bdi').textContent ?? '')).to.equal(words);
      expect(made.all('[role=article]')).to.have.length(0);
    });
});

describe('a voice note', () => {
  const note: Partial<ChatMessage> = {
    content: '',
    messageType: 'audio',
    metadata: { duration: 20, audioUrl: hum(20, [0.2, 0.8]), waveform: [0.2, 0.8] },
  };
  const seek = (made: Awaited<ReturnType<typeof stage>>) => made.one('[part=seek]');

  it('is sought by keyboard, before it is played too', async () => {
    const made = await written(note);
    expect(seek(made)).to.have.attribute('role', 'slider');
    expect(seek(made)).to.have.attribute('aria-valuetext', '0:00 of 0:20');
    seek(made).focus();
    const KEYS: [key: string, text: string][] = [
      ['ArrowRight', '0:05'],
      ['ArrowRight', '0:10'],
      ['ArrowLeft', '0:05'],
      ['End', '0:19'],
      ['Home', '0:00'],
      ['PageUp', '0:15'],
    ];
    for (const [key, text] of KEYS) {
      expect(made.press(key).defaultPrevented).to.equal(true);
      await made.drawn();
      expect(seek(made), key).to.have.attribute('aria-valuetext', `${text} of 0:20`);
    }
    expect(made.one('[part=play]'), 'seeking plays nothing').to.have.attribute('aria-label', 'Play');
    expect(made.all('.wave .on').length).to.be.closeTo(33, 1);
    expect(made.panel.shadowRoot!.activeElement === seek(made)).to.equal(true);
  });

  it('is sought by pointing into it', async () => {
    const made = await written(note);
    const box = seek(made).getBoundingClientRect();
    const clientX = box.left + box.width / 2;
    seek(made).dispatchEvent(new PointerEvent('pointerdown', { clientX, button: 0, bubbles: true }));
    await made.drawn();
    expect(seek(made)).to.have.attribute('aria-valuetext', '0:10 of 0:20');
  });

  it('is heard faster on demand, and so is the next one, until it is slow again', async () => {
    const sounds: HTMLAudioElement[] = [];
    const { Audio: Theirs } = window;
    window.Audio = function () {
      const sound = new Theirs();
      sounds.push(sound);
      return sound;
    } as unknown as typeof Audio;
    try {
      const made = await stage({
        history: (desk, id) => {
          for (const minutes of [0, 1]) desk.addMessage(id, { ...note, timestamp: at(minutes) });
          desk.readElsewhere(id);
        },
      });
      const button = (index: number) => made.all('.rate')[index]!;
      const rates = () => made.all('.rate').map((one) => `${plain(one.textContent)} ${one.getAttribute('aria-label')}`);
      const press = async (index: number) => {
        button(index).click();
        await made.drawn();
      };
      const play = async (index: number) => {
        // A real key: browsers let nothing sound that nobody asked for.
        made.all('[part=play]')[index]!.focus();
        await sendKeys({ press: 'Enter' });
        await until(() => sounds.length === index + 1 && sounds[index]!.currentTime > 0, 'is heard');
      };
      expect(rates()).to.deep.equal(['1× Speed 1×', '1× Speed 1×']);
      await press(0);
      expect(rates()).to.deep.equal(['1.5× Speed 1.5×', '1.5× Speed 1.5×']);
      await play(0);
      expect(sounds[0]!.playbackRate, 'chosen before it was played').to.equal(1.5);
      await press(0);
      expect(rates()[0]).to.equal('2× Speed 2×');
      expect(sounds[0]!.playbackRate, 'chosen while it is heard').to.equal(2);
      await play(1);
      expect(sounds[1]!.playbackRate, 'the next one').to.equal(2);
      expect(sounds[0]!.paused, 'one at a time').to.equal(true);
      await press(1);
      expect(rates()[1]).to.equal('1× Speed 1×');
      expect(sounds[1]!.playbackRate).to.equal(1);
    } finally {
      window.Audio = Theirs;
    }
  });

  it('goes on playing while the log draws, scrolls and lets its row go', async () => {
    const made = await stage({
      history: (desk, id) => {
        desk.addMessage(id, { ...note, timestamp: at(0) });
        for (let index = 1; index < 45; index++)
          desk.addMessage(id, { ...agent, timestamp: at(index), content: `m${index}`, status: 'read' });
        desk.readElsewhere(id);
      },
    });
    await made.scrollTo(0);
    await until(() => made.all('[part=play]').length > 0);
    const { player } = made.one('crm-message-row') as unknown as {
      player: { $now: { get(): { paused: boolean; at: number } | null } };
    };
    // A real key: browsers let nothing sound that nobody asked for.
    made.one('[part=play]').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => (player.$now.get()?.at ?? 0) > 0, 'is heard');
    await made.scrollTo(1e9);
    await until(() => made.all('[part=play]').length === 0, 'the row is let go');
    await made.say('news');
    expect(player.$now.get()?.paused, 'still plays').to.equal(false);
    await made.scrollTo(0);
    await until(() => made.all('[part=play]').length > 0);
    expect(made.one('[part=play]')).to.have.attribute('aria-label', 'Pause');
  });
});

describe('an e-mail', () => {
  const mail = (metadata: ChatMessage['metadata'], content = 'plain words'): Partial<ChatMessage> => ({
    content,
    messageType: 'email',
    platform: 'email',
    metadata: { subject: 'Re: Oak', from: 'camila@example.com', to: 'hello@northlight.example', ...metadata },
  });
  const frame = (made: Awaited<ReturnType<typeof stage>>) => made.one<HTMLIFrameElement>('iframe');

  it('says subject, sender, recipients and copies, and carries its files', async () => {
    const attachments = [{ name: 'plan.pdf', size: 655_360, type: 'application/pdf', url: '/plan.pdf' }];
    const made = await written(mail({ cc: 'rui@almeida.example', attachments }));
    expect(plain(made.one('.mail h3').textContent)).to.equal('Re: Oak');
    expect(plain(made.one('.mail__h').textContent))
      .to.contain('From camila@example.com to hello@northlight.example')
      .and.to.contain('Cc rui@almeida.example');
    expect(plain(made.one('.attach').textContent)).to.match(/plan\.pdf ?PDF · 655 kB/u);
  });

  it('folds what it quotes', async () => {
    const made = await written(mail({}, 'Thanks.\n\nOn Mon, 3 Mar 2025, Marta wrote:\n> the offer\n> is here'));
    expect(made.one('.mail .txt')).to.have.text('Thanks.');
    const dots = made.one('[part=quoted-toggle]');
    expect(dots).to.have.attribute('aria-label', 'Show quoted text');
    dots.click();
    await made.drawn();
    expect(made.one('.mail__q')).to.contain.text('> the offer');
    expect(dots).to.have.attribute('aria-expanded', 'true');
  });

  it('of HTML stands in a frame without scripts and without our origin, at its full height', async () => {
    const made = await written(mail({ html: '<p>one</p><p>two</p><script>parent.document.title="bitten"</script>' }));
    expect(frame(made).getAttribute('sandbox')).to.equal('allow-popups allow-popups-to-escape-sandbox');
    expect(frame(made).srcdoc).not.to.contain('<script');
    expect(frame(made).srcdoc).not.to.match(/\sstyle=|<style/u);
    expect(frame(made).title).to.equal('Email: Re: Oak');
    expect(frame(made).contentDocument, 'is closed to us').to.equal(null);
    const height = frame(made).offsetHeight;
    expect(height).to.be.within(50, 120);
    expect(made.all('.unfold').every((one) => one.hidden)).to.equal(true);
  });

  it('does not tell the sender that it was read before the agent says so', async () => {
    const html = '<p>hi</p><img src="https://pixel.example/logo.png" width="40" height="20" alt="logo">';
    const made = await written(mail({ html }));
    expect(frame(made).srcdoc).not.to.contain('pixel.example');
    expect(frame(made).srcdoc).to.contain('logo');
    expect(frame(made).srcdoc).to.contain("img-src data:'".slice(0, -1)).and.not.to.contain('img-src data: https:');
    expect(plain(made.one('[part=images-ask]').textContent)).to.contain('One picture from outside is not shown');
    made.one('[part=images-show]').click();
    await until(() => frame(made).srcdoc.includes('pixel.example'));
    expect(made.all('[part=images-ask]')).to.have.length(0);
  });

  it('of HTML folds what is long and what it quotes', async () => {
    const html = `${'<p>words</p>'.repeat(60)}<div class="gmail_quote">earlier</div>`;
    const made = await written(mail({ html }));
    expect(frame(made).offsetHeight).to.equal(400);
    expect(frame(made).srcdoc).not.to.contain('earlier');
    made.one('crm-mail-frame .unfold').click();
    await made.drawn();
    expect(frame(made).offsetHeight).to.be.above(1000);
    made.one('[part=quoted-toggle]').click();
    await made.drawn();
    expect(frame(made).srcdoc).to.contain('earlier');
  });

  it('too heavy to be parsed at once is its words, until somebody asks', async () => {
    const made = await written(mail({ html: '<p>formatted</p>'.repeat(2000) }));
    expect(made.all('iframe')).to.have.length(0);
    expect(made.one('crm-mail-frame')).to.contain.text('plain words');
    made.one('crm-mail-frame .unfold').click();
    await made.drawn();
    expect(frame(made).srcdoc).to.contain('formatted');
    made.panel.remove();
    const deep = await written(mail({ html: '<div>'.repeat(5000) }));
    expect(deep.all('iframe, crm-mail-frame .unfold')).to.have.length(0);
    expect(deep.one('crm-mail-frame')).to.contain.text('plain words');
  });

  it('is drawn once, however often its row is', async () => {
    const made = await written({ ...mail({ html: '<p>one</p>' }), id: 'm' });
    let times = 0;
    const watch = new MutationObserver((records) => (times += records.length));
    watch.observe(frame(made), { attributes: true, attributeFilter: ['srcdoc'] });
    await made.say('news');
    (made.one('crm-message-row') as unknown as { requestUpdate(): void }).requestUpdate();
    await made.drawn();
    expect(times, 'times that its page was written again').to.equal(0);
    made.panel.theme = 'dark';
    await until(() => times === 1, 'the new colours reach the frame');
    watch.disconnect();
  });
});
