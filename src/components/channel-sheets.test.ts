import { expect, fixture, html } from '@open-wc/testing';
import { CHANNELS, type ChannelSheet, type Features } from '../contract/index.js';
import { stage, type Stage } from './chat-messages/stage.js';
import './conversation-list/conversation-list.js';
import type { CrmConversationList } from './conversation-list/conversation-list.js';

const WHATSAPP = CHANNELS['whatsapp']!;
const SERVERS = { ...WHATSAPP, label: 'The server’s', maxLength: 30, color: '#0b6b3a', icon: 'M4 4h16v16H4z' };
const HOSTS = { ...WHATSAPP, label: 'The host’s', maxLength: 20, color: '#5b2a86', icon: 'M2 2h20v20H2z' };

/** The panel and the list beside it, on one store. */
async function inbox(server: ChannelSheet[], host: ChannelSheet[]) {
  const features: Features = { agents: {}, channels: server };
  const channels = Object.fromEntries(host.map((sheet) => [sheet.id, sheet]));
  const made = await stage({ features, channels, history: (desk, id) => void desk.addMessage(id, { content: 'Hi' }) });
  const box = await fixture<HTMLElement>(html`<div></div>`);
  box.style.cssText = 'inline-size:328px;block-size:400px';
  const list = document.createElement('crm-conversation-list');
  list.store = made.store;
  box.append(list);
  await made.drawn();
  await list.updateComplete;
  return { made, list, features };
}
const row = (list: CrmConversationList) => list.shadowRoot!.querySelector('crm-conversation-row')!;
/** What a badge says and how it looks. */
const look = (badge: Element | null | undefined) => [
  badge?.getAttribute('aria-label'),
  badge?.querySelector('path')?.getAttribute('d'),
  badge && getComputedStyle(badge).backgroundColor,
];
const everywhere = ({ made, list }: { made: Stage; list: CrmConversationList }) => ({
  list: look(row(list).querySelector('.ch')),
  header: look(made.one('[part=header]').querySelector('.ch')),
  field: look(made.one('.via .ch')),
});

describe('what is said of a channel', () => {
  const CASES: [string, ChannelSheet[], ChannelSheet[], label: string, most: number, icon: string, color: string][] = [
    ['by the host', [SERVERS], [HOSTS], HOSTS.label, 20, HOSTS.icon, 'rgb(91, 42, 134)'],
    ['by the server, where the host says nothing', [SERVERS], [], SERVERS.label, 30, SERVERS.icon, 'rgb(11, 107, 58)'],
    [
      'by the server, where the host speaks of others',
      [SERVERS],
      [{ ...HOSTS, id: 'sms' }],
      SERVERS.label,
      30,
      SERVERS.icon,
      'rgb(11, 107, 58)',
    ],
  ];
  for (const [who, server, host, label, most, icon, color] of CASES)
    it(`${who} counts in the list, in the header and in the field`, async () => {
      const shown = await inbox(server, host);
      const expected = [label, icon, color];
      expect(everywhere(shown)).to.deep.equal({ list: expected, header: expected, field: expected });
      expect(row(shown.list).getAttribute('aria-label')).to.contain(`, ${label}, `);
      expect(shown.made.one('[part=presence]')).to.contain.text(label);
      const { made } = shown;
      made.write('x'.repeat(most));
      await made.drawn();
      expect(made.one('#count')).to.have.text('0 characters left');
      made.write('x'.repeat(most + 1));
      await made.drawn();
      expect(made.one('#count')).to.have.text(`1 characters too many for ${label}`);
      expect(made.field).to.have.attribute('aria-invalid', 'true');
      made.press('Enter');
      await made.drawn();
      expect(made.desk.asks('send_message')).to.deep.equal([]);
      made.write('x'.repeat(most));
      made.press('Enter');
      await made.drawn();
      expect(made.desk.asks('send_message')).to.have.length(1);
    });

  it('by nobody is what we know of it', async () => {
    const shown = await inbox([], []);
    expect(row(shown.list).querySelector('.ch')).to.have.class('ch--whatsapp');
    expect(shown.made.store.channel('whatsapp')).to.deep.equal(WHATSAPP);
  });

  it('by the server only after the list was drawn is drawn then', async () => {
    const shown = await inbox([], []);
    expect(everywhere(shown).list[0]).to.equal('WhatsApp');
    shown.made.desk.goOffline();
    await shown.made.drawn();
    shown.features.channels = [SERVERS];
    shown.made.desk.goOnline();
    await shown.made.world.advance(60_000);
    await shown.made.drawn();
    expect(shown.made.store.$link.get().status).to.equal('online');
    const expected = [SERVERS.label, SERVERS.icon, 'rgb(11, 107, 58)'];
    expect(everywhere(shown)).to.deep.equal({ list: expected, header: expected, field: expected });
  });
});
