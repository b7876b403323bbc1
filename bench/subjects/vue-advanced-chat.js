/** vue-advanced-chat: the kit most often compared with; a custom element around Vue. */
import { register } from 'vue-advanced-chat';
import { present } from '../pages/present.js';

register();
const known = new Map();
let chat;
let shown = [];
const native = ({ id, senderType, content, timestamp }, index) => ({
  _id: id,
  indexId: index,
  content,
  senderId: senderType === 'agent' ? 'me' : 'them',
  username: senderType,
  date: timestamp.slice(0, 10),
  timestamp: timestamp.slice(11, 16),
  saved: true,
  distributed: true,
  seen: true,
});
const room = (id) => ({
  roomId: id,
  roomName: id,
  users: [
    { _id: 'me', username: 'me', status: { state: 'online' } },
    { _id: 'them', username: 'them', status: { state: 'online' } },
  ],
});

present({
  async mount(box) {
    chat = document.createElement('vue-advanced-chat');
    chat.height = '700px';
    chat.setAttribute('height', '700px');
    chat.currentUserId = 'me';
    chat.singleRoom = true;
    chat.rooms = [room('warm')];
    chat.roomsLoaded = true;
    box.append(chat);
    await new Promise((resolve) => setTimeout(resolve, 300));
  },
  async know(id, messages) {
    known.set(id, messages.map(native));
  },
  open(id) {
    shown = known.get(id);
    chat.rooms = [room(id)];
    chat.roomId = id;
    chat.messagesLoaded = false;
    chat.messages = [];
    // As its documentation asks: the messages come after the room.
    setTimeout(() => {
      chat.messages = shown;
      chat.messagesLoaded = true;
    });
  },
  append(message) {
    shown = [...shown, native(message, shown.length)];
    chat.messages = shown;
  },
  scroller: () => chat.shadowRoot.querySelector('#messages-list') ?? chat,
});
