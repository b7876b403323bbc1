import { expect } from '@open-wc/testing';
import { at, stage, type Stage } from '../chat-messages/stage.js';
import { splitAddresses, wrongAddress } from './mail.js';

interface Sent {
  content: string;
  messageType: string;
  metadata: { subject?: string; cc?: string };
}
const sent = ({ desk }: Stage) => desk.asks('send_message') as unknown as Sent[];
const mail = (subject: string | undefined, options: Parameters<typeof stage>[0] = {}) =>
  stage({
    conversation: { platform: 'email' },
    history: (desk, id) =>
      void desk.addMessage(id, {
        content: 'Is it ready?',
        messageType: 'email',
        platform: 'email',
        timestamp: at(0),
        ...(subject === undefined ? {} : { metadata: { subject } }),
      }),
    ...options,
  });
const input = (made: Stage, name: 'subject' | 'cc') => made.one<HTMLInputElement>(`[name=${name}]`);
async function fill(made: Stage, name: 'subject' | 'cc', value: string): Promise<void> {
  input(made, name).value = value;
  input(made, name).dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await made.drawn();
}
async function open(made: Stage): Promise<void> {
  made.one('[part=mail-open]').click();
  await made.drawn();
}
async function send(made: Stage, words: string): Promise<void> {
  made.write(words);
  made.press('Enter');
  await made.drawn();
}
const active = (made: Stage) => made.panel.shadowRoot!.activeElement;

describe('composer: e-mail', () => {
  it('answers under the newest subject, with one Re:, on one line until somebody opens it', async () => {
    const made = await mail('The kitchen');
    expect(made.one('[part=mail-open]')).to.contain.text('Subject: Re: The kitchen');
    await send(made, 'Yes');
    const [message] = sent(made);
    expect([message!.messageType, message!.metadata.subject, message!.metadata.cc]).to.deep.equal([
      'email',
      'Re: The kitchen',
      undefined,
    ]);
    for (const already of ['Re: x', 'RE: x', 'AW: x', 'Re[2]: x']) {
      const other = await mail(already);
      expect(other.one('[part=mail-open]')).to.contain.text(`Subject: ${already}`);
    }
  });

  it('keeps what was written in the fields, like the draft, and forgets it when it is sent', async () => {
    const made = await mail('The kitchen');
    await open(made);
    expect(active(made) === input(made, 'subject'), 'the subject has the focus').to.equal(true);
    expect(input(made, 'subject').value).to.equal('Re: The kitchen');
    await fill(made, 'subject', 'Your worktop');
    await fill(made, 'cc', 'Ana <ana@example.com>; bo@example.com');
    const store = await made.reopen();
    expect(store.thread(made.id).$envelope.get()).to.deep.equal({
      subject: 'Your worktop',
      cc: 'Ana <ana@example.com>; bo@example.com',
    });
    made.panel.store = store;
    store.setActiveConversation(made.id);
    await made.drawn();
    expect(input(made, 'subject').value).to.equal('Your worktop');
    await send(made, 'Here it is');
    const message = sent(made).at(-1)!;
    expect(message.metadata.subject).to.equal('Your worktop');
    expect(message.metadata.cc).to.equal('Ana <ana@example.com>, bo@example.com');
    expect(store.thread(made.id).$envelope.get()).to.equal(null);
    expect(made.one('[part=mail-open]')).to.contain.text('Re: Your worktop');
  });

  it('asks before a mail without a subject leaves', async () => {
    const made = await mail(undefined);
    expect(made.one('[part=mail-open]')).to.contain.text('Subject and Cc');
    await send(made, 'Hello');
    expect(sent(made)).to.deep.equal([]);
    const strip = made.one('.strip[role=alert]');
    expect(strip).to.contain.text('This email has no subject.');
    strip.querySelector('button')!.click();
    await made.drawn();
    expect(sent(made)).to.have.length(1);
  });

  it('does not send to what is no address, and says so in words', async () => {
    const made = await mail('The kitchen');
    await open(made);
    await fill(made, 'cc', 'ana');
    expect(made.all('.mailwrong'), 'nobody is judged while writing').to.have.length(0);
    await send(made, 'Hello');
    expect(sent(made)).to.deep.equal([]);
    expect(made.one('.mailwrong')).to.contain.text('“ana” has no @, so it is not an email address');
    expect(input(made, 'cc')).to.have.attribute('aria-invalid', 'true');
    expect(active(made) === input(made, 'cc'), 'it has the focus').to.equal(true);
    await fill(made, 'cc', 'ana@example.com');
    expect(made.all('.mailwrong')).to.have.length(0);
  });

  it('is a plain text for servers that know no more', async () => {
    const made = await mail('The kitchen', { level: 1, conversation: { platform: 'email', subject: 'The kitchen' } });
    await send(made, 'Yes');
    expect(sent(made).map(({ messageType, metadata }) => [messageType, metadata.subject])).to.deep.equal([
      ['text', 'Re: The kitchen'],
    ]);
  });

  it('has no fields in notes and on other channels', async () => {
    const other = await stage();
    expect(other.all('[part=mail-open]')).to.have.length(0);
    const made = await mail('The kitchen', { features: { internal_notes: true } });
    made.one('[data-mode=note]').click();
    await made.drawn();
    expect(made.all('[part=mail-open]')).to.have.length(0);
  });
});

describe('addresses', () => {
  it('are told apart by commas and semicolons', () => {
    expect(splitAddresses(' a@b.co,  C <c@d.co> ;; ')).to.deep.equal(['a@b.co', 'C <c@d.co>']);
  });
  for (const good of ['', 'a@b.co', 'Ana <ana@mail.example.com>, b@c.de', 'a+b@c-d.io'])
    it(`“${good}” may be one`, () => expect(wrongAddress(good)).to.equal(undefined));
  for (const bad of ['ana', 'a@b', 'a b@c.de', 'a@b.co, x', '<>', 'a@@b.co', 'A <a@b.co', '@b.co'])
    it(`“${bad}” may not`, () => expect(wrongAddress(bad)).to.be.a('string'));
});
