/** What is read: the list, a conversation, a contact, and all of it together, in a made-up language and in Arabic. */
import { waitUntil } from '../../testing/stage.js';
import { createDesk, DEMO_TEAM } from '../../testing/index.js';
import { drawing } from '../../testing/demo-pictures.js';
import { isApple } from '../bits/apple-keys.js';
import { contact, inMadeUpLanguage, inside, key, list, MARTA, one, thread } from './stage.js';

const WAIT = { timeout: 8000 };

describe('what is read, in a made-up language', () =>
  inMadeUpLanguage({
    rows: { tag: list, then: ({ found }) => found('[role=option]') },
    'nothing found': {
      tag: list,
      then: async ({ found, store }) => {
        await found('[role=option]');
        store.setFilter({ text: 'яяя' });
        await found('[part=empty]');
      },
    },
    'nobody yet': {
      tag: list,
      desk: () => createDesk({ agents: [...DEMO_TEAM] }),
      then: ({ found }) => found('[part=empty]'),
    },
    'a list that did not load': {
      tag: list,
      before: (desk) => desk.failNext('load_conversations', 'INTERNAL'),
      then: ({ found }) => found('[part=error]'),
    },
    'a list that is refused': {
      tag: list,
      before: (desk) => desk.refuse(),
      then: ({ found }) => found('[part=error]'),
    },
    'a thread': { tag: thread, open: 'camila', then: ({ found }) => found('[role=article]') },
    'nothing open': { tag: thread, then: ({ found }) => found('[part=empty]') },
    'a bot that answers': { tag: thread, open: 'grace', then: ({ found }) => found('[role=article]') },
    'a thread that did not load': {
      tag: thread,
      then: async ({ desk, store, found }) => {
        await found('[part=empty]');
        desk.failNext('load_messages', 'INTERNAL');
        store.setActiveConversation('camila');
        await found('[part=error]');
      },
    },
    'a thread that is refused': {
      tag: thread,
      open: 'camila',
      before: (desk) => desk.refuse(),
      then: ({ found }) => found('[part=strip]'),
    },
    'every kind of message': {
      tag: thread,
      open: 'camila',
      desk: () =>
        one('whatsapp', {}, (desk, id) => {
          const say = (message: object) => desk.addMessage(id, { content: '', ...message });
          say({ ...MARTA, content: 'Sent', status: 'sent' });
          say({ ...MARTA, content: 'Read', status: 'read', editedAt: new Date().toISOString() });
          say({ ...MARTA, content: 'Gone', deletedAt: new Date().toISOString() });
          say({
            ...MARTA,
            content: 'No',
            status: 'failed',
            error: { code: 'PLATFORM_REJECTED', message: 'No such number' },
          });
          say({ ...MARTA, content: 'No', status: 'failed', error: { code: 'WINDOW_CLOSED', message: 'Closed' } });
          say({ ...MARTA, content: 'For us', visibility: 'internal' });
          say({
            messageType: 'file',
            metadata: {
              fileUrl: '/p.pdf',
              fileName: 'floor-plan-of-the-whole-ground-floor-rev3.pdf',
              fileSize: 655_360,
              fileType: 'application/pdf',
            },
          });
          say({
            messageType: 'location',
            metadata: { latitude: 38.6, longitude: -9.4, placeName: 'Rua das Flores 18' },
          });
          say({
            messageType: 'contact',
            metadata: { contacts: [{ name: 'Rui', phones: ['+351 910 000 377'], emails: [] }] },
          });
          say({ messageType: 'audio', metadata: { audioUrl: '/a.ogg', duration: 18, transcript: 'Good morning' } });
          say({ messageType: 'order', content: 'Order 12' });
        }),
      then: ({ found }) => found('[part=retry]'),
    },
    'a menu of a message': {
      tag: thread,
      open: 'camila',
      desk: () => one('whatsapp'),
      then: async ({ found }) => {
        const row = await found('[role=article]');
        row.dispatchEvent(
          new MouseEvent('contextmenu', { bubbles: true, composed: true, clientX: 40, clientY: 40, cancelable: true }),
        );
        await found('[role=menuitem]');
      },
    },
    'a contact': { tag: contact, open: 'camila', then: ({ found }) => found('[part~=convert]') },
    'a client': { tag: contact, open: 'amelie', then: ({ found }) => found('crm-client-notes') },
    'nobody chosen': { tag: contact, then: ({ found }) => found('[part=empty]') },
    'converting, with faults': {
      tag: contact,
      open: 'camila',
      then: async ({ press, write, found }) => {
        await press('[part~=convert]');
        await write('dialog[open] [name=firstName]', '');
        await write('dialog[open] [name=email]', 'nobody');
        await write('dialog[open] [name=phone]', '123');
        await press('dialog[open] [type=submit]');
        await found('dialog[open] [aria-invalid=true]');
      },
    },
    'a photo shown large': {
      tag: thread,
      open: 'camila',
      desk: () =>
        one('whatsapp', {}, (desk, id) => {
          for (const content of ['Before', 'After'])
            desk.addMessage(id, {
              messageType: 'image',
              content,
              metadata: { imageUrl: drawing('kitchen'), width: 80, height: 60 },
            });
        }),
      then: async ({ press, found }) => {
        await press('[part~=image]');
        await found('[part=lightbox] .box-l__side');
      },
    },
    'words that are looked for': {
      tag: thread,
      open: 'camila',
      desk: () => one('whatsapp'),
      then: async ({ found, write }) => {
        key(await found('[role=log]'), 'f', isApple() ? { metaKey: true } : { ctrlKey: true });
        await write('[part=find-input]', 'яяя');
        key(await found('[part=find-input]'), 'Enter');
        await waitUntil(
          async () => (await found('[part=find-count]')).textContent.trim() !== '',
          'it says that there is none',
          WAIT,
        );
      },
    },
    'a reply that is held': {
      tag: thread,
      open: 'camila',
      desk: () => one('whatsapp'),
      then: async ({ desk, store, found }) => {
        await found('[role=article]');
        desk.goOffline();
        await store.sendMessage('camila', 'в пятницу');
        desk.agentSays('tomas', 'camila', 'On Monday');
        desk.goOnline();
        await found('[part~=held]');
      },
    },
    'details that are edited, with faults': {
      tag: contact,
      open: 'amelie',
      then: async ({ panel, press, write, found }) => {
        await found('crm-client-notes');
        const edit = () =>
          inside(panel.shadowRoot!).find((one) => one.matches('button') && one.textContent?.includes('Edít'));
        await waitUntil(edit, 'Edit', WAIT);
        (edit() as HTMLElement).click();
        await write('crm-details-form [name=firstName]', '');
        await write('crm-details-form [name=email]', 'яяя');
        await press('crm-details-form [type=submit]');
        await found('crm-details-form [aria-invalid=true]');
      },
    },
    'a note that is written': {
      tag: contact,
      open: 'amelie',
      then: async ({ panel, found }) => {
        await found('crm-client-notes');
        (
          inside(panel.shadowRoot!).find((one) => one.getAttribute('aria-label')?.includes('Add')) as HTMLElement
        ).click();
        await found('.note-form textarea');
      },
    },
    'the list of keys': {
      tag: 'crm-chat',
      open: 'camila',
      then: async ({ found }) => {
        key(await found('[role=option]'), '?');
        await found('dialog[open][part=help] dl > div');
      },
    },
    'the whole inbox': { tag: 'crm-chat', open: 'camila', then: ({ found }) => found('[role=article]') },
  }));
