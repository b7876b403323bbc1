import { expect, oneEvent } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import { drawing } from '../../testing/demo-pictures.js';
import type { Desk } from '../../testing/index.js';
import { at, stage, type Stage } from './stage.js';

/** Busy machines are slow: what is waited for comes, only later. */
const until = (what: () => unknown, message?: string) => waitUntil(what as () => boolean, message, { timeout: 8000 });

const agent = { senderType: 'agent', senderId: 'agent-1', senderName: 'Marta Reis' } as const;
const clipboard = (writeText: (text: string) => Promise<void>) =>
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });

const root = (made: Stage) => made.panel.shadowRoot!;
const active = (made: Stage) => root(made).activeElement as HTMLElement | null;
const words = (made: Stage) => made.all('[role=menuitem]').map((item) => item.textContent!.trim());
const item = (made: Stage, text: string) => {
  const found = made.all('[role=menuitem]').find((one) => one.textContent!.trim() === text);
  if (!found) throw new Error(`No item says ${text}`);
  return found;
};

/** As the context-menu key and Shift+F10 tell of it: at the focused element, without a pressed button. */
async function openByKey(made: Stage, text: string): Promise<void> {
  const more = made.row(text).querySelector<HTMLElement>('[part=more]')!;
  const article = more.closest<HTMLElement>('[role=article]')!;
  await until(() => made.all('[role=menu]').length === 0);
  article.tabIndex = -1;
  article.focus();
  article.dispatchEvent(
    new PointerEvent('contextmenu', { bubbles: true, composed: true, cancelable: true, button: 0 }),
  );
  await until(() => made.all('[role=menu]').length === 1);
}

const history = (desk: Desk, id: string) => {
  desk.addMessage(id, { id: 'm1', content: 'hello', timestamp: at(0) });
  desk.addMessage(id, { id: 'm2', ...agent, content: 'hi there', timestamp: at(9), status: 'read' });
};

describe('menu of a message', () => {
  it('opens by keyboard, walks by arrows, and gives the focus back', async () => {
    const made = await stage({ history });
    await openByKey(made, 'hello');
    const article = made.row('hello').querySelector('[role=article]');
    expect(words(made)).to.deep.equal(['Reply', 'Copy text', 'Copy link']);
    expect(active(made) === item(made, 'Reply'), 'has the focus').to.equal(true);
    const WALK: [key: string, text: string][] = [
      ['ArrowDown', 'Copy text'],
      ['End', 'Copy link'],
      ['ArrowDown', 'Reply'],
      ['ArrowUp', 'Copy link'],
      ['Home', 'Reply'],
    ];
    for (const [key, text] of WALK) {
      made.press(key);
      expect(active(made) === item(made, text), key).to.equal(true);
    }
    made.press('Escape');
    await until(() => made.all('[role=menu]').length === 0);
    expect(active(made) === article, 'has the focus').to.equal(true);
  });

  it('opens by its button, which is there for the pointer and for the focus, and is no tab stop of its own', async () => {
    const made = await stage({ history });
    const more = made.row('hello').querySelector<HTMLElement>('[part=more]')!;
    expect(getComputedStyle(more).visibility).to.equal('hidden');
    const article = more.closest<HTMLElement>('[role=article]')!;
    article.tabIndex = -1;
    article.focus();
    expect(getComputedStyle(more).visibility).to.equal('visible');
    more.focus();
    more.click();
    await until(() => made.all('[role=menu]').length === 1);
    made.press('Tab');
    await until(() => made.all('[role=menu]').length === 0);
    expect(active(made) === more, 'has the focus').to.equal(true);
  });

  it('opens at the pointer by the right button, inside the window', async () => {
    const made = await stage({ history });
    const bubble = made.row('hello').querySelector('[part=bubble]')!;
    const event = (clientX: number, clientY: number, init: PointerEventInit = {}) =>
      new PointerEvent('contextmenu', { bubbles: true, cancelable: true, button: 2, clientX, clientY, ...init });
    bubble.dispatchEvent(event(innerWidth - 1, innerHeight - 1));
    await until(() => made.all('[role=menu]').length === 1);
    const box = made.one('[role=menu]').getBoundingClientRect();
    expect(box.right).to.be.at.most(innerWidth);
    expect(box.bottom).to.be.at.most(innerHeight);
    made.press('Escape');
    await until(() => made.all('[role=menu]').length === 0);
    const native = event(10, 10, { shiftKey: true });
    bubble.dispatchEvent(native);
    expect(native.defaultPrevented, 'with Shift, the browser’s own menu').to.equal(false);
  });

  it('leaves links to the browser’s own menu', async () => {
    const made = await stage({
      history: (desk, id) => desk.addMessage(id, { content: 'see https://a.example/', timestamp: at(0) }),
    });
    const event = new PointerEvent('contextmenu', { bubbles: true, cancelable: true, button: 2 });
    made.one('.lnk').dispatchEvent(event);
    expect(event.defaultPrevented).to.equal(false);
  });

  it('opens by a long touch, and not by one that scrolls', async () => {
    const made = await stage({ history });
    const bubble = made.row('hello').querySelector('[part=bubble]')!;
    const touch = (type: string, clientY: number) =>
      bubble.dispatchEvent(
        new PointerEvent(type, { bubbles: true, pointerType: 'touch', clientX: 20, clientY, button: 0 }),
      );
    touch('pointerdown', 20);
    touch('pointermove', 60);
    // A second finger's press on another message, long enough, shows that the first one had its time.
    made
      .row('hi there')
      .querySelector('[part=bubble]')!
      .dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, pointerType: 'touch', button: 0 }));
    await until(() => made.all('[role=menu]').length === 1, 'opens');
    expect(made.all('[role=menu]')).to.have.length(1);
  });

  it('is not there when a host takes it over', async () => {
    const made = await stage({ history });
    let asked: unknown;
    made.panel.addEventListener('crm-message-menu', (event) => {
      asked = event.detail;
      event.preventDefault();
    });
    made.row('hello').querySelector<HTMLElement>('[part=more]')!.click();
    await made.drawn();
    expect(asked).to.deep.equal({ conversationId: made.id, messageId: 'm1' });
    expect(made.all('[role=menu]')).to.have.length(0);
  });
});

describe('acts of the menu', () => {
  it('Reply chooses what the next reply quotes, and leads to the field', async () => {
    const made = await stage({ history });
    made.panel.addEventListener('crm-message-reply', (event) => event.preventDefault(), { once: true });
    await openByKey(made, 'hello');
    item(made, 'Reply').click();
    await made.drawn();
    const { $replyTarget } = made.store.thread(made.id);
    expect($replyTarget.get(), 'a host took it over').to.equal(null);
    await openByKey(made, 'hello');
    item(made, 'Reply').click();
    await made.drawn();
    expect($replyTarget.get()).to.equal('m1');
    expect(made.all('[role=menu]')).to.have.length(0);
    await until(() => active(made) === made.field);
  });

  it('offers no Reply where the channel knows none', async () => {
    const made = await stage({
      conversation: { platform: 'sms' },
      history: (desk, id) => desk.addMessage(id, { content: 'hello', platform: 'sms', timestamp: at(0) }),
    });
    await openByKey(made, 'hello');
    expect(words(made)).to.deep.equal(['Copy text', 'Copy link']);
  });

  it('copies words and address, and says so when the browser forbids it', async () => {
    const copied: string[] = [];
    clipboard(async (text) => void copied.push(text));
    const made = await stage({ history });
    await openByKey(made, 'hello');
    item(made, 'Copy text').click();
    await until(() => copied.length === 1);
    await openByKey(made, 'hello');
    item(made, 'Copy link').click();
    await until(() => copied.length === 2);
    expect(copied[0]).to.equal('hello');
    // Without routing the address is the host's affair.
    expect(new URL(copied[1]!).searchParams.get('message')).to.equal('m1');
    expect(new URL(copied[1]!).searchParams.get('conversation')).to.equal(made.id);
    clipboard(() => Promise.reject(new Error('NotAllowedError')));
    await openByKey(made, 'hello');
    item(made, 'Copy text').click();
    await until(() => made.all('[role=menu] [role=alert]').length === 1);
    expect(made.one('[role=menu] [role=alert]')).to.contain.text('Not copied');
  });

  for (const [name, text] of [
    ['crm-message-copy', 'Copy text'],
    ['crm-message-link-copy', 'Copy link'],
  ] as const)
    it(`${name} can be taken over by the host`, async () => {
      const copied: string[] = [];
      clipboard(async (one) => void copied.push(one));
      const made = await stage({ history });
      await openByKey(made, 'hello');
      made.panel.addEventListener(name, (event) => event.preventDefault());
      setTimeout(() => item(made, text).click());
      const { detail } = await oneEvent(made.panel, name);
      expect(detail).to.include({ conversationId: made.id, messageId: 'm1' });
      await made.drawn();
      expect(copied).to.deep.equal([]);
    });

  it('takes a failed message back into the field, in front of what is written there', async () => {
    const made = await stage({ history });
    made.desk.failNext('send_message', { code: 'PLATFORM_REJECTED', message: 'Number unknown' });
    await made.store.sendMessage(made.id, 'broken');
    await made.drawn();
    made.store.setDraft(made.id, 'half a thought');
    await openByKey(made, 'broken');
    expect(words(made)).to.deep.equal(['Retry', 'Edit and send again', 'Copy text', 'Delete']);
    item(made, 'Edit and send again').click();
    await made.drawn();
    expect(made.store.thread(made.id).$draft.get()).to.equal('broken\n\nhalf a thought');
    expect(made.all('.is-failed')).to.have.length(0);
    await until(() => active(made) === made.field);
  });

  it('leaves the failed words to a host that takes the edit over', async () => {
    const made = await stage({ history });
    made.desk.failNext('send_message', { code: 'PLATFORM_REJECTED', message: 'Number unknown' });
    await made.store.sendMessage(made.id, 'broken');
    await made.drawn();
    made.panel.addEventListener('crm-message-edit', (event) => event.preventDefault());
    await openByKey(made, 'broken');
    setTimeout(() => item(made, 'Edit and send again').click());
    const { detail } = await oneEvent(made.panel, 'crm-message-edit');
    expect(detail).to.include({ content: 'broken' });
    await made.drawn();
    expect(made.store.thread(made.id).$draft.get()).to.equal('');
    expect(made.all('.is-failed'), 'it still stands there').not.to.have.length(0);
  });

  it('deletes a failed message, and the log takes the focus', async () => {
    const made = await stage({ history });
    made.desk.failNext('send_message', { code: 'PLATFORM_REJECTED', message: 'Number unknown' });
    await made.store.sendMessage(made.id, 'broken');
    await made.drawn();
    await openByKey(made, 'broken');
    item(made, 'Delete').click();
    await made.drawn();
    expect(made.all('.is-failed')).to.have.length(0);
    await until(() => active(made) !== null && made.all('[role=menu]').length === 0);
  });
});

describe('a picture shown large', () => {
  const pictures = (desk: Desk, id: string) => {
    desk.addMessage(id, {
      id: 'one',
      content: 'first',
      messageType: 'image',
      metadata: { imageUrl: drawing('north'), fileName: 'a.png' },
      timestamp: at(0),
    });
    desk.addMessage(id, {
      id: 'two',
      content: '',
      messageType: 'image',
      metadata: { attachments: ['b.png', 'c.png'].map((name) => ({ name, url: drawing(name) })) },
      timestamp: at(9),
    });
    desk.addMessage(id, {
      id: 'bad',
      content: '',
      messageType: 'image',
      metadata: { imageUrl: 'javascript:alert(1)' },
      timestamp: at(20),
    });
  };
  const open = async (made: Stage, index: number) => {
    const shot = made.all('.shot')[index]!;
    shot.focus();
    shot.click();
    await until(() => made.all('dialog[open]').length === 1);
    return shot;
  };
  const title = (made: Stage) => made.one('.box-l__h b').textContent!.trim();
  const place = (made: Stage) => made.one('.box-l__h p').textContent!.replace(/\s+/gu, ' ').trim();

  it('leads by arrows through all pictures of the conversation, and back by Escape', async () => {
    const made = await stage({ history: pictures });
    const shot = await open(made, 0);
    expect([title(made), place(made)]).to.deep.equal(['a.png', 'Camila Ferreira · 1 of 3']);
    expect(made.one('.box-l__words')).to.have.text('first');
    made.press('ArrowRight');
    expect([title(made), place(made)]).to.deep.equal(['b.png', 'Camila Ferreira · 2 of 3']);
    made.press('End');
    expect(title(made)).to.equal('c.png');
    made.press('ArrowRight');
    expect(title(made), 'the last one stays').to.equal('c.png');
    made.press('ArrowLeft');
    expect(title(made)).to.equal('b.png');
    made.one<HTMLDialogElement>('dialog').close();
    await until(() => made.all('dialog').length === 0);
    expect(active(made) === shot, 'has the focus').to.equal(true);
  });

  it('begins with the one that was pressed', async () => {
    const made = await stage({ history: pictures });
    await open(made, 2);
    expect(title(made)).to.equal('c.png');
  });

  it('zooms by keys, moves only when it is larger than the stage, and comes back', async () => {
    const made = await stage({ history: pictures });
    await open(made, 0);
    const image = () => made.one<HTMLImageElement>('.box-l__img');
    await until(() => image().complete && image().naturalWidth > 0);
    made.press('ArrowUp');
    expect(image().style.transform).to.equal('');
    for (const _ of [1, 2, 3]) made.press('+');
    expect(made.one('.box-l__z')).to.have.text('338%');
    const before = image().style.transform;
    made.press('ArrowRight', { shiftKey: true });
    expect(image().style.transform).not.to.equal(before);
    expect(title(made), 'Shift moves the picture').to.equal('a.png');
    for (let press = 0; press < 9; press++) made.press('+');
    expect(made.one('.box-l__z')).to.have.text('500%');
    made.press('0');
    expect(made.one('.box-l__z')).to.have.text('100%');
    expect(image().style.transform).to.equal('');
  });

  it('is drawn along by the pointer once it is larger than the stage', async () => {
    const made = await stage({ history: pictures });
    await open(made, 0);
    const image = () => made.one<HTMLImageElement>('.box-l__img');
    await until(() => image().complete && image().naturalWidth > 0);
    const box = made.one('.box-l__stage').getBoundingClientRect();
    const [x, y] = [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
    const drag = async (way: number) => {
      await sendMouse({ type: 'move', position: [x, y] });
      await sendMouse({ type: 'down' });
      await sendMouse({ type: 'move', position: [x + way, y] });
      await sendMouse({ type: 'up' });
    };
    try {
      await drag(30);
      expect(image().style.transform, 'it fits: nothing to draw along').to.equal('');
      while (image().offsetWidth * parseFloat(made.one('.box-l__z').textContent!) < 100 * (box.width + 80)) {
        const before = made.one('.box-l__z').textContent;
        made.press('+');
        if (made.one('.box-l__z').textContent === before) break;
      }
      const left = () => image().getBoundingClientRect().left;
      const before = left();
      await drag(30);
      await until(() => Math.abs(left() - before - 30) <= 1, 'it followed the pointer');
      await sendMouse({ type: 'move', position: [x - 30, y] });
      expect(Math.abs(left() - before - 30), 'let go of').to.be.at.most(1);
    } finally {
      await resetMouse();
    }
  });

  it('is left by Escape, one layer at a time, and gives the focus back', async () => {
    const made = await stage({ history: pictures });
    const shot = await open(made, 1);
    expect(made.one('dialog').contains(active(made)), 'the focus is in it').to.equal(true);
    await sendKeys({ press: 'Escape' });
    await until(() => made.all('dialog').length === 0);
    expect(active(made) === shot, 'the picture has the focus again').to.equal(true);
    expect(made.store.$activeId.get()).to.equal(made.id);
  });

  /** Opened, with what a pointer does in it, told in pixels from the middle of the stage. */
  const large = async () => {
    const made = await stage({ history: pictures });
    await open(made, 0);
    const image = () => made.one<HTMLImageElement>('.box-l__img');
    await until(() => image().complete && image().naturalWidth > 0);
    const box = made.one('.box-l__stage').getBoundingClientRect();
    const spot = (x: number, y: number) => ({
      clientX: box.left + box.width / 2 + x,
      clientY: box.top + box.height / 2 + y,
      bubbles: true,
      cancelable: true,
    });
    /** Which part of the picture lies there, as shares of its width and height. */
    const under = (x: number, y: number) => {
      const rect = image().getBoundingClientRect();
      const { clientX, clientY } = spot(x, y);
      return [(clientX - rect.left) / rect.width, (clientY - rect.top) / rect.height] as const;
    };
    return {
      image,
      box,
      under,
      zoom: () => made.one('.box-l__z').textContent,
      wheel(deltaY: number, x = 0, y = 0) {
        const event = new WheelEvent('wheel', { ...spot(x, y), deltaY });
        image().dispatchEvent(event);
        return event;
      },
      double: (x: number, y: number) => image().dispatchEvent(new MouseEvent('dblclick', spot(x, y))),
      finger: (type: string, pointerId: number, x: number, y: number) =>
        image().dispatchEvent(new PointerEvent(type, { ...spot(x, y), pointerId, pointerType: 'touch' })),
    };
  };
  const near = (one: readonly [number, number], other: readonly [number, number], message: string) => {
    expect(one[0], message).to.be.closeTo(other[0], 0.01);
    expect(one[1], message).to.be.closeTo(other[1], 0.01);
  };

  it('comes nearer and goes away by the wheel, and what is under the pointer stays there', async () => {
    const view = await large();
    expect(view.wheel(-300).defaultPrevented, 'the page does not scroll').to.equal(true);
    expect(view.zoom()).to.equal('149%');
    for (let turn = 0; turn < 2; turn++) view.wheel(-300);
    const { width, height } = view.image().getBoundingClientRect();
    expect(width).to.be.above(view.box.width + 100);
    expect(height).to.be.above(view.box.height + 100);
    const before = view.under(200, -100);
    view.wheel(-60, 200, -100);
    near(view.under(200, -100), before, 'the same spot of the picture');
    for (let turn = 0; turn < 9; turn++) view.wheel(-300);
    expect(view.zoom()).to.equal('500%');
    for (let turn = 0; turn < 12; turn++) view.wheel(300);
    expect(view.zoom()).to.equal('100%');
    expect(view.image().style.transform).to.equal('');
  });

  it('comes nearer where it is pressed twice, and goes away the next time', async () => {
    const view = await large();
    const before = view.under(0, 0);
    view.double(0, 0);
    expect(view.zoom()).to.equal('250%');
    near(view.under(0, 0), before, 'the same spot of the picture');
    view.double(30, 30);
    expect(view.zoom()).to.equal('100%');
    view.double(view.box.width / 4, 0);
    expect(view.under(0, 0)[0], 'nearer to where it was pressed').to.be.above(0.55);
  });

  it('is pulled apart and pushed together by two fingers, and drawn along by one', async () => {
    const view = await large();
    view.finger('pointerdown', 1, -50, 0);
    view.finger('pointerdown', 2, 50, 0);
    view.finger('pointermove', 2, 150, 0);
    expect(view.zoom()).to.equal('200%');
    view.finger('pointermove', 1, -250, 0);
    expect(view.zoom()).to.equal('400%');
    view.finger('pointerup', 1, -250, 0);
    const before = view.image().getBoundingClientRect().left;
    view.finger('pointermove', 2, 190, 0);
    expect(view.image().getBoundingClientRect().left - before).to.be.closeTo(40, 1);
    expect(view.zoom(), 'one finger draws along').to.equal('400%');
    view.finger('pointerdown', 1, -210, 0);
    view.finger('pointermove', 1, 90, 0);
    expect(view.zoom()).to.equal('100%');
    view.finger('pointercancel', 1, 90, 0);
    view.finger('pointerup', 2, 190, 0);
    view.finger('pointermove', 2, 0, 0);
    expect(view.image().style.transform, 'let go of').to.equal('');
  });

  it('can be downloaded under its name', async () => {
    const imageUrl = new URL('/docs/inbox.png', location.origin).href;
    const made = await stage({
      history: (desk, id) =>
        desk.addMessage(id, {
          content: '',
          messageType: 'image',
          metadata: { imageUrl, fileName: '../wall\u202Egnp.png' },
          timestamp: at(0),
        }),
    });
    await made.drawn();
    const shot = made.all('.shot')[0];
    if (!shot) throw new Error('no picture is shown');
    await open(made, 0);
    const link = made.one<HTMLAnchorElement>('dialog [part=download]');
    expect(link.href).to.equal(imageUrl);
    expect(link.download).to.match(/\.png$/u);
    expect(link.download).not.to.match(/[\u202E/\\]/u);
    expect(link.rel).to.contain('noopener').and.to.contain('noreferrer');
  });

  it('is not shown when a host shows it', async () => {
    const made = await stage({ history: pictures });
    made.panel.addEventListener('crm-message-image', (event) => event.preventDefault());
    setTimeout(() => made.all('.shot')[0]!.click());
    const { detail } = await oneEvent(made.panel, 'crm-message-image');
    expect(detail).to.include({ messageId: 'one' });
    await made.drawn();
    expect(made.all('dialog')).to.have.length(0);
  });
});
