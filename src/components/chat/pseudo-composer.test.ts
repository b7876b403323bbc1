/** What is written with: the reply field and all that opens over it, in a made-up language and in Arabic. */
import { FakeRecorder, FakeStream } from '../composer/fake-microphone.js';
import { CLOSED, inMadeUpLanguage, one, thread } from './stage.js';

function drop(log: Element, type: string, files: File[]): void {
  const dataTransfer = new DataTransfer();
  for (const file of files) dataTransfer.items.add(file);
  log.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true }));
}

/** While something is done, there is a microphone, or one that the browser does not give. */
async function withMicrophone(act: () => Promise<unknown>, refusal?: string): Promise<void> {
  const { mediaDevices } = navigator;
  const { MediaRecorder } = window;
  const hold = (name: string, owner: object, value: unknown) =>
    Object.defineProperty(owner, name, { configurable: true, writable: true, value });
  hold('MediaRecorder', window, FakeRecorder);
  hold('mediaDevices', navigator, {
    getUserMedia: async () => {
      if (refusal) throw new DOMException('no', refusal);
      return new FakeStream();
    },
  });
  try {
    await act();
  } finally {
    hold('MediaRecorder', window, MediaRecorder);
    hold('mediaDevices', navigator, mediaDevices);
  }
}

describe('what is written with, in a made-up language', () =>
  inMadeUpLanguage({
    'a note': {
      tag: thread,
      open: 'camila',
      desk: () => one('whatsapp'),
      then: async ({ press, found }) => {
        await press('[data-mode=note]');
        await found('.box--note');
      },
    },
    'quick replies': {
      tag: thread,
      open: 'camila',
      desk: () => one('whatsapp'),
      then: async ({ found, write }) => {
        await found('[data-action=quick-reply]');
        await write('textarea', '/');
        await found('[role=option]');
      },
    },
    'a template': {
      tag: thread,
      open: 'camila',
      desk: () => one('whatsapp', CLOSED),
      then: async ({ found, press }) => {
        await press('[part~=choose-template]');
        await press('[role=option]');
        await press('.pop [type=submit]');
        await found('.pop [aria-invalid=true]');
      },
    },
    'what sends': {
      tag: thread,
      open: 'camila',
      desk: () => one('whatsapp'),
      then: async ({ found, press }) => {
        await press('[part~=send-menu]');
        await found('[role=menuitemradio]');
      },
    },
    'a mail': {
      tag: thread,
      open: 'camila',
      desk: () => one('email'),
      then: async ({ found, press, write }) => {
        await press('[part=mail-open]');
        await write('[name=cc]', 'bo');
        (await found('[name=cc]')).dispatchEvent(new Event('change', { bubbles: true }));
        await found('.mailwrong');
      },
    },
    'a long SMS': {
      tag: thread,
      open: 'camila',
      desk: () => one('sms'),
      then: async ({ found, write }) => {
        await found('.via');
        await write('textarea', 'Your worktop is ready. '.repeat(11));
        await found('[part=segments]');
      },
    },
    emoji: {
      tag: thread,
      open: 'camila',
      desk: () => one('whatsapp'),
      then: async ({ press, write, found }) => {
        await press('[data-action=emoji]');
        await found('.emo-tones');
        await write('.pop--emoji input[type=search]', 'яяя');
        await found('.pop__say');
        await write('.pop--emoji input[type=search]', '');
        await found('.emo-grid');
      },
    },
    'a colleague called in a note': {
      tag: thread,
      open: 'camila',
      desk: () => one('whatsapp'),
      then: async ({ press, write, found }) => {
        await press('[data-mode=note]');
        await found('.box--note');
        await write('textarea', '@');
        await found('.pop [role=option]');
      },
    },
    'nobody is called so': {
      tag: thread,
      open: 'camila',
      desk: () => one('whatsapp'),
      then: async ({ press, write, found }) => {
        await press('[data-mode=note]');
        await found('.box--note');
        await write('textarea', '@');
        await found('.pop [role=option]');
        await write('textarea', '@яяя');
        await found('.pop__say');
      },
    },
    'files that are attached': {
      tag: thread,
      open: 'camila',
      desk: () => one('whatsapp'),
      then: async ({ found }) => {
        await found('[data-action=attach]');
        drop(await found('[role=log]'), 'drop', [
          new File(['x'.repeat(640_000)], 'план', { type: 'application/pdf' }),
          new File([''], 'пусто', { type: 'text/plain' }),
          new File(['x'], 'шрифт', { type: 'font/woff2' }),
        ]);
        await found('.tray [role=alert]');
      },
    },
    'a file over the field': {
      tag: thread,
      open: 'camila',
      desk: () => one('whatsapp'),
      then: async ({ found }) => {
        await found('[data-action=attach]');
        drop(await found('[role=log]'), 'dragover', [new File(['x'], 'план', { type: 'application/pdf' })]);
        await found('.dropzone');
      },
    },
    'a voice note that is recorded': {
      tag: thread,
      open: 'camila',
      desk: () => one('whatsapp'),
      then: (scene) =>
        withMicrophone(async () => {
          await scene.press('[data-action=voice]');
          await scene.press('[part=voice-pause]');
          await scene.found('.is-paused');
        }),
    },
    'a voice note that is thrown away': {
      tag: thread,
      open: 'camila',
      desk: () => one('whatsapp'),
      then: (scene) =>
        withMicrophone(async () => {
          await scene.press('[data-action=voice]');
          const finish = await scene.found('[part=voice-finish]');
          finish.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
          await scene.found('.is-danger');
        }),
    },
    'a microphone that is not allowed': {
      tag: thread,
      open: 'camila',
      desk: () => one('whatsapp'),
      then: (scene) =>
        withMicrophone(async () => {
          await scene.press('[data-action=voice]');
          await scene.found('.is-trouble');
        }, 'NotAllowedError'),
    },
    'a voice note that waits to be sent': {
      tag: thread,
      open: 'camila',
      desk: () => one('whatsapp'),
      then: (scene) =>
        withMicrophone(async () => {
          await scene.press('[data-action=voice]');
          await scene.press('[part=voice-finish]');
          await scene.found('.tray [part=attachment-play]');
        }),
    },
  }));
