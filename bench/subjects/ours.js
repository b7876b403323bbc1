/** This library, as it is published. */
import { present } from '../pages/present.js';
import { burn, OurPanels, plant } from './our-panels.js';

let ours;
let list;

present({
  async mount(box, { messageBudget } = {}) {
    ours = new OurPanels(1, messageBudget);
    ours.showMessages(box);
  },
  know: (id, messages, first) => ours.know(id, messages, first),
  open(id) {
    if (plant === 'open' || plant === 'switch') burn(40);
    if (plant === 'giant') burn(60);
    if (plant === 'open-100000' && ours.store.thread(id).messages.size > 50_000) burn(60);
    ours.store.setActiveConversation(id);
  },
  append(message) {
    if (plant === 'burst') {
      // Drawn one by one, as who does not gather a frame's news would.
      ours.server.say(message);
      burn(0.5);
      return;
    }
    if (plant === 'stream') burn(4);
    if (plant === 'typing') burn(25);
    ours.server.say(message);
  },
  holdOlder: () => ours.server.hold(),
  afterPrepend() {
    if (plant === 'drift') ours.scroller.scrollTop += 3;
  },
  scroller: () => ours.scroller,
  root: () => ours.panel.shadowRoot,
  field: () => ours.panel.shadowRoot.querySelector('textarea'),

  async knowList(conversations) {
    list = new OurPanels(conversations);
    const stop = list.store.$inbox.listen(() => {});
    while (list.store.conversations.size < conversations) await new Promise((resolve) => setTimeout(resolve, 5));
    list.stopLooking = stop;
  },
  showList(box) {
    if (plant === 'list') burn(60);
    list.showList(box);
  },
  bump(index) {
    if (plant === 'bump') burn(20);
    const { id } = list.server.conversations[index];
    const at = new Date(Date.UTC(2026, 1, 1) + index).toISOString();
    const message = { ...list.server.conversations[index].lastMessage, id: `${id}-news`, timestamp: at };
    const seq = list.server.conversations[index].lastSeq + 1;
    list.server.say({ ...message, seq, rev: 2, senderType: 'prospect', senderId: 'prospect-1' });
  },
  listScroller: () => list.list.shadowRoot.querySelector('[role=listbox]'),
  listRoot: () => list.list.shadowRoot,

  /** Keeps messages known and unseen, for the heap. */
  async keep(messages) {
    ours = new OurPanels();
    await ours.know('heap', messages);
    if (plant === 'heap') {
      globalThis.watched = messages.map(({ id: key }) =>
        ours.store
          .thread('heap')
          .messages.at(key)
          .listen(() => {}),
      );
    }
    ours.server.histories.clear();
  },

  /** A stretch of an agent's day: news, switches and lost connections, as many as asked for. */
  async work({ from, to, conversations, messagesFor, switches, cuts }) {
    if (from === 0) {
      ours.server.forgetful = true;
      for (let index = 0; index < conversations; index++)
        await ours.know(`day-${index}`, messagesFor(index, 40, 0), 40);
    }
    for (let step = from; step < to; step++) {
      const target = step % conversations;
      const seq = 41 + Math.floor(step / conversations);
      ours.server.say(messagesFor(target, 1, seq - 1)[0]);
      if (step % switches === 0) ours.store.setActiveConversation(`day-${(step / switches) % conversations}`);
      if (step % cuts === cuts - 1) {
        ours.server.cut();
        ours.server.back();
      }
      if (plant === 'day') (globalThis.leak ??= []).push(new Array(200).fill(step), document.createElement('p'));
      if (step % 5 === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  },
});
