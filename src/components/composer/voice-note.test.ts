import { expect } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import type { WritableAtom } from 'nanostores';
import { stage, type Stage, type StageOptions } from '../chat-messages/stage.js';
import { FakeRecorder, FakeStream } from './fake-microphone.js';

const FEATURES = {
  uploads: { endpoint: '/files', maxBytes: 100 * 1024 * 1024, types: ['*/*'] },
  internal_notes: true,
};
const MIC = '[data-action=voice]';
const FINISH = '[part=voice-finish]';

const names = (made: Stage) => made.all('.tray b').map((one) => one.textContent);
const status = (made: Stage) => made.one('.voice-status').textContent;
const active = (made: Stage) => made.panel.shadowRoot!.activeElement;
const words = (made: Stage) => made.one('.rec p').textContent.replace(/\s+/gu, ' ').trim();

describe('composer: voice note', () => {
  const { mediaDevices } = navigator;
  const { MediaRecorder } = window;
  let streams: FakeStream[] = [];
  let refuse: string | undefined;
  const hold = (name: string, owner: object, value: unknown) =>
    Object.defineProperty(owner, name, { configurable: true, writable: true, value });

  beforeEach(() => {
    streams = [];
    refuse = undefined;
    FakeRecorder.last = undefined;
    FakeRecorder.types = ['audio/webm;codecs=opus', 'audio/webm'];
    hold('MediaRecorder', window, FakeRecorder);
    hold('mediaDevices', navigator, {
      getUserMedia: async () => {
        if (refuse) throw new DOMException('no', refuse);
        const stream = new FakeStream();
        streams.push(stream);
        return stream;
      },
    });
  });
  afterEach(() => {
    hold('MediaRecorder', window, MediaRecorder);
    hold('mediaDevices', navigator, mediaDevices);
  });

  const isLive = () => streams.some(({ track }) => track.readyState === 'live');
  const open = async (options: StageOptions = {}): Promise<Stage> => {
    const made = await stage({ features: FEATURES, ...options });
    made.one(MIC).click();
    await made.drawn();
    return made;
  };
  const recording = async (options: StageOptions = {}): Promise<Stage> => {
    const made = await open(options);
    await waitUntil(() => made.all(FINISH).length > 0);
    return made;
  };

  it('is offered where the server takes files and the channel takes sound', async () => {
    const sees = async (options: StageOptions) => (await stage(options)).all(MIC).length;
    expect(await sees({})).to.equal(0);
    expect(await sees({ features: FEATURES })).to.equal(1);
    expect(await sees({ features: FEATURES, conversation: { platform: 'sms' } })).to.equal(0);
    const pictures = { ...FEATURES, uploads: { ...FEATURES.uploads, types: ['image/*'] } };
    expect(await sees({ features: pictures })).to.equal(0);
  });

  it('is recorded, waits in the tray, and goes with the words of the field', async () => {
    const carried: string[] = [];
    const made = await stage({
      features: FEATURES,
      upload: async ({ attachment }) => {
        carried.push(`${attachment.name} ${attachment.type} ${attachment.blob.size}`);
        return { uploadId: 'u1' };
      },
    });
    made.write('Listen to this');
    made.one(MIC).click();
    await waitUntil(() => made.all(FINISH).length > 0);
    await made.drawn();
    expect(status(made)).to.equal('Recording');
    expect(active(made)).to.equal(made.one(FINISH));
    expect(made.field.offsetParent, 'the field makes room').to.equal(null);
    await expect(made.one('crm-voice-strip')).to.be.accessible();
    made.one('[part=voice-pause]').click();
    await made.drawn();
    expect(FakeRecorder.last!.state).to.equal('paused');
    expect(status(made)).to.equal('Recording paused');
    expect(made.one('.rec')).to.contain.text('Paused');
    made.one('[aria-label="Continue recording"]').click();
    FakeRecorder.last!.piece('some words ');
    made.one(FINISH).click();
    await made.drawn();
    expect(isLive()).to.equal(false);
    expect(names(made)).to.deep.equal(['voice-note.webm']);
    expect(made.all('crm-voice-strip')).to.have.length(0);
    expect(active(made)).to.equal(made.field);
    expect(made.field.value).to.equal('Listen to this');
    expect(status(made)).to.equal('Voice note attached');
    expect(made.one('[part=attachment-play]')).to.have.attribute('aria-label', 'Play voice-note.webm');
    made.press('Enter');
    await made.drawn();
    const [ask] = made.desk.asks('send_message') as {
      content: string;
      messageType: string;
      metadata: Record<string, unknown>;
    }[];
    expect(ask).to.include({ content: 'Listen to this', messageType: 'audio' });
    expect(ask!.metadata).to.include({ fileType: 'audio/webm', uploadId: 'u1' });
    expect(ask!.metadata['duration']).to.be.a('number');
    expect(ask!.metadata['waveform']).to.be.an('array');
    expect(carried).to.deep.equal(['voice-note.webm audio/webm 14']);
    expect(made.all('.tray')).to.have.length(0);
    expect(made.row('Listen to this'), 'what is written beside it is shown').to.contain.text('Listen to this');
    expect(made.all('.fold')).to.have.length(0);
  });

  it('asks before Escape throws it away, and gives the focus back', async () => {
    const made = await recording();
    const outside: string[] = [];
    made.panel.addEventListener('keydown', ({ key }) => outside.push(key));
    made.press('e');
    made.press('Escape');
    await made.drawn();
    expect(words(made)).to.contain('Discard this recording?');
    expect(status(made)).to.equal('Discard this recording?');
    expect(FakeRecorder.last!.state).to.equal('paused');
    expect(active(made)).to.have.text('Keep it');
    made.press('Escape');
    await made.drawn();
    expect(active(made)).to.equal(made.one(FINISH));
    made.press('Escape');
    await made.drawn();
    made.one('.rec .is-danger').click();
    await made.drawn();
    expect(isLive()).to.equal(false);
    expect(names(made)).to.deep.equal([]);
    expect(active(made)).to.equal(made.one(MIC));
    expect(outside, 'no letter works behind the strip').to.deep.equal([]);
  });

  it('stays with its conversation when the agent opens another one', async () => {
    const made = await recording();
    const contact = made.desk.addContact({ id: 'prospect-2' });
    made.desk.addConversation({ id: 'other', prospectId: contact.id, botEnabled: false });
    FakeRecorder.last!.piece('half a sentence');
    made.store.setActiveConversation('other');
    await made.drawn();
    expect(isLive()).to.equal(false);
    expect(names(made)).to.deep.equal([]);
    expect(made.all('crm-voice-strip')).to.have.length(0);
    expect(made.field.offsetParent, 'the other one can be answered').not.to.equal(null);
    made.store.setActiveConversation(made.id);
    await made.drawn();
    expect(names(made)).to.deep.equal(['voice-note.webm']);
  });

  it('lets the microphone go when the element is taken away, and keeps what was said', async () => {
    const made = await recording();
    const { parentElement } = made.panel;
    made.panel.remove();
    expect(isLive()).to.equal(false);
    parentElement!.append(made.panel);
    await made.drawn();
    expect(names(made)).to.deep.equal(['voice-note.webm']);
  });

  it('says why it ended by itself', async () => {
    const made = await recording();
    FakeRecorder.last!.piece('said');
    FakeRecorder.last!.lose();
    await made.drawn();
    expect(made.one('.strip[role=alert]')).to.contain.text('The microphone went away. What was recorded is attached.');
    expect(names(made)).to.deep.equal(['voice-note.webm']);
    made.one(MIC).click();
    await waitUntil(() => made.all(FINISH).length > 0);
    FakeRecorder.last!.piece('x'.repeat(9 * 1024 * 1024));
    await made.drawn();
    expect(made.one('.strip[role=alert]')).to.contain.text('A voice note for WhatsApp cannot be longer.');
    expect(names(made)).to.deep.equal(['voice-note.webm', 'voice-note-2.webm']);
    expect(isLive()).to.equal(false);
  });

  it('names the channel without the marks of its label that turn text around', async () => {
    const channels = { own: { id: 'own', label: 'Pager \u202Eretsaf', maxLength: 500, markup: 'none', receipts: [] } };
    const media = [{ types: ['audio/*'], maxBytes: 1024 * 1024 }];
    const made = await recording({
      channels: { own: { ...channels.own, media } as never },
      conversation: { platform: 'own' },
    });
    FakeRecorder.last!.piece('x'.repeat(1024 * 1024));
    await made.drawn();
    expect(made.one('.strip[role=alert]').textContent).to.contain('Pager').and.not.contain('\u202E');
  });

  it('is nobody’s when its agent has signed out meanwhile', async () => {
    const made = await recording();
    FakeRecorder.last!.piece('a secret');
    (made.store as unknown as { $me: WritableAtom<string | undefined> }).$me.set('agent-2');
    FakeRecorder.last!.lose();
    await made.drawn();
    expect(isLive()).to.equal(false);
    expect(made.all('crm-voice-strip')).to.have.length(0);
    expect(names(made)).to.deep.equal([]);
  });

  const TROUBLES: [string, string][] = [
    ['NotAllowedError', 'The microphone is blocked for this page.'],
    ['NotFoundError', 'No microphone was found.'],
    ['NotReadableError', 'The microphone is in use by another program.'],
    ['InvalidStateError', 'The recording did not start.'],
  ];
  for (const [name, told] of TROUBLES)
    it(`says what stands in the way of it, and a way on: ${name}`, async () => {
      refuse = name;
      const made = await open();
      await waitUntil(() => made.all('.is-trouble').length > 0);
      expect(words(made)).to.contain(told);
      expect(status(made)).to.contain(told);
      expect(active(made)).to.have.text('Try again');
      await expect(made.one('crm-voice-strip')).to.be.accessible();
      refuse = undefined;
      made.one('.rec [data-first]').click();
      await waitUntil(() => made.all(FINISH).length > 0);
      made.one('[part=voice-discard]').click();
      await made.drawn();
      expect(isLive()).to.equal(false);
    });

  it('says so where the browser cannot record, or not what the channel takes', async () => {
    FakeRecorder.types = ['audio/webm'];
    const uploads = { ...FEATURES.uploads, types: ['audio/mp4'] };
    const made = await open({ features: { ...FEATURES, uploads } });
    expect(words(made)).to.equal('This browser cannot record in a format that WhatsApp takes.');
    expect(made.all('.rec__acts button').map((one) => one.textContent)).to.deep.equal(['Attach files']);
    made.press('Escape');
    await made.drawn();
    expect(active(made)).to.equal(made.one(MIC));
    hold('MediaRecorder', window, undefined);
    made.one(MIC).click();
    await made.drawn();
    expect(words(made)).to.equal('This browser cannot record sound.');
  });
});
