/** @chatscope/chat-ui-kit-react: the smallest full kit for React. */
import '@chatscope/chat-ui-kit-styles/dist/default/styles.min.css';
import { MainContainer, ChatContainer, Message, MessageList } from '@chatscope/chat-ui-kit-react';
import { createElement as h } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { present } from '../pages/present.js';

const known = new Map();
let root;
let shown = [];

const draw = () =>
  root.render(
    h(
      MainContainer,
      null,
      h(ChatContainer, null, h(MessageList, { scrollBehavior: 'auto', autoScrollToBottom: true }, ...shown)),
    ),
  );
const native = ({ id, senderType, content, timestamp }) =>
  h(Message, {
    key: id,
    model: {
      message: content,
      sentTime: timestamp,
      sender: senderType,
      direction: senderType === 'agent' ? 'outgoing' : 'incoming',
      position: 'single',
      type: 'text',
    },
  });

present({
  async mount(box) {
    root = createRoot(box);
    flushSync(draw);
  },
  async know(id, messages) {
    known.set(id, messages);
  },
  open(id) {
    shown = known.get(id).map(native);
    draw();
  },
  append(message) {
    shown = [...shown, native(message)];
    draw();
  },
  scroller: () => document.querySelector('.cs-message-list__scroll-wrapper'),
});
