import { expect, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import { ERROR_CODES } from '../../contract/index.js';
import { loadLanguage } from '../../locales/index.js';
import { speak } from '../../locales/voice.js';
import { createChatStore } from '../../store/index.js';
import { createDesk, deskTransport } from '../../testing/index.js';
import '../conversation-list/conversation-list.js';
import { fieldRefusalWords, refusalWords } from './refusal-words.js';

const FILES = ['UNSUPPORTED_TYPE', 'PROGRAM', 'EMPTY', 'QUOTA', 'FILE_LOST'];
const CODES = [...ERROR_CODES, ...FILES, 'OFFLINE', 'TIMEOUT', 'EXPIRED'];
const SAID = 'Row 7 violates check "x"';
const ofServer = (code: string) => refusalWords({ code, message: SAID });

describe('a refusal in the agent’s language', () => {
  afterEach(() => speak({ locale: 'en', timeZone: undefined }));

  for (const locale of ['en', 'ar', 'de', 'es', 'fr', 'ja', 'pt-BR'])
    it(`says every code in words of its own, never the server’s: ${locale}`, async () => {
      speak({ locale: 'en', timeZone: undefined });
      const english = CODES.map(ofServer);
      await loadLanguage(locale);
      speak({ locale, timeZone: undefined });
      const said = CODES.map(ofServer);
      expect(new Set(said).size, 'each code has its own').to.equal(CODES.length);
      CODES.forEach((code, at) => {
        if (locale !== 'en') expect(said[at], code).not.to.equal(english[at]);
        // Only the channel's own answer tells the reason.
        if (code !== 'PLATFORM_REJECTED') expect(said[at], code).not.to.include(SAID);
      });
    });

  it('sends nobody for a template where the channel has none', () => {
    const closed = { code: 'WINDOW_CLOSED', message: SAID };
    expect(refusalWords(closed, 'template')).to.equal('The time for free replies is over. Send a template.');
    expect(refusalWords(closed, 'none')).to.equal(
      'The time for free replies is over. Replies are accepted again when the contact writes.',
    );
  });

  it('keeps the server’s text as a detail where nothing else tells the reason', () => {
    expect(ofServer('TEAPOT')).to.equal(`The server did not accept this: ${SAID}`);
    expect(ofServer('constructor')).to.equal(`The server did not accept this: ${SAID}`);
    expect(ofServer('PLATFORM_REJECTED')).to.equal(`The channel did not take it: ${SAID}`);
    expect(refusalWords({ code: 'TEAPOT', message: ' ' })).to.equal('The server did not accept this.');
    expect(refusalWords({ code: 'PLATFORM_REJECTED', message: '' })).to.equal('The channel did not take it.');
    expect(fieldRefusalWords({ code: 'BAD_PAYLOAD', message: 'Taken' })).to.equal('Not accepted: Taken');
    expect(fieldRefusalWords({ code: 'FORBIDDEN', message: 'Taken' })).to.equal(
      refusalWords({ code: 'FORBIDDEN', message: '' }),
    );
  });

  it('is read in a list that speaks Spanish', async () => {
    const desk = createDesk();
    desk.refuse('TOKEN_EXPIRED', 'The token has expired.');
    const store = createChatStore({ transport: deskTransport(desk, { agentId: 'agent-1' }) });
    const list = await fixture<HTMLElement>(
      html`<crm-conversation-list locale="es" .store=${store}></crm-conversation-list>`,
    );
    const said = () => list.shadowRoot!.textContent;
    await waitUntil(() => said().includes('Tu sesión ha caducado.'));
    expect(said()).not.to.include('expired');
    store.disconnectSocket();
  });
});
