/** deep-chat: a whole chat kit as a custom element. */
import 'deep-chat';
import { present } from '../pages/present.js';

const known = new Map();
let chat;
const native = ({ senderType, content }) => ({ role: senderType === 'agent' ? 'user' : 'ai', text: content });

present({
  async mount(box) {
    chat = document.createElement('deep-chat');
    chat.style.cssText = 'block-size:700px;inline-size:1000px;border:0';
    chat.connect = { handler: () => {} };
    box.append(chat);
    while (!chat.shadowRoot?.querySelector('#messages')) await new Promise((resolve) => setTimeout(resolve, 10));
  },
  async know(id, messages) {
    known.set(id, messages.map(native));
  },
  open(id) {
    chat.history = known.get(id);
    requestAnimationFrame(() => chat.scrollToBottom());
  },
  append: (message) => chat.addMessage(native(message)),
  scroller: () => chat.shadowRoot.querySelector('#messages'),
});
