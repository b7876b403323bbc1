// A person writes here as one of the demo's customers and sees what the agents answer.
import { io } from '/socket.io/socket.io.esm.min.js';

const [contact, log, note, form, text] = ['contact', 'log', 'note', 'form', 'text'].map((id) =>
  document.getElementById(id),
);
const socket = io('/customer');
let conversationId = new URL(location.href).searchParams.get('conversation') ?? '';
/** The own message that is being corrected. */
let corrected;
let typing = false;
/** The contact that is played here. */
let me = '';
let typingEnds;
let noteEnds;

document.documentElement.dataset.theme = localStorage.getItem('crm-demo-theme') ?? '';

async function ask(name, payload) {
  const answer = await socket.timeout(8000).emitWithAck(name, payload);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.data;
}

function say(words, forMs) {
  clearTimeout(noteEnds);
  note.textContent = words;
  if (forMs) noteEnds = setTimeout(() => (note.textContent = ''), forMs);
}

const WORDS = { image: 'Photo', audio: 'Voice note', file: 'File' };

const SIGNS = ['👍', '❤️', '😂'];

function acts(message, mine) {
  const row = document.createElement('span');
  row.className = 'acts';
  const of = { messageId: message.id };
  const act = (words, run, pressed) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = words;
    if (pressed !== undefined) button.setAttribute('aria-pressed', String(pressed));
    button.addEventListener('click', run);
    row.append(button);
  };
  const change = (name, more) => () => ask(name, { ...of, ...more }).then(show, trouble);
  if (mine) {
    act('Edit', () => {
      corrected = message.id;
      text.value = message.content;
      text.focus();
    });
    act('Delete', change('delete'));
  } else {
    for (const emoji of SIGNS) {
      const given = message.reactions?.some((one) => one.emoji === emoji && one.by === me) ?? false;
      act(emoji, change('react', { emoji: given ? null : emoji }), given);
    }
  }
  return [row];
}

function show(message) {
  if (message.conversationId !== conversationId) return;
  const mine = message.senderType === 'prospect';
  const known = document.getElementById(`m-${message.id}`);
  const bubble = document.createElement('div');
  bubble.id = `m-${message.id}`;
  bubble.className = mine ? 'bubble mine' : 'bubble';
  bubble.dir = 'auto';
  const kind = WORDS[message.messageType];
  const gone = Boolean(message.deletedAt);
  bubble.append(gone ? 'Deleted' : [kind, message.content].filter(Boolean).join(' · '));
  const time = new Date(message.timestamp).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const meta = document.createElement('small');
  const told = [mine ? '' : (message.senderName ?? message.senderType), message.editedAt && 'edited', time];
  meta.textContent = told.filter(Boolean).join(' · ');
  bubble.append(meta);
  if (!gone) bubble.append(...acts(message, mine));
  if (known) known.replaceWith(bubble);
  else {
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 120;
    log.append(bubble);
    if (atEnd || mine) log.scrollTop = log.scrollHeight;
  }
}

async function open() {
  const { prospectId, messages } = await ask('open', { conversationId });
  me = prospectId;
  corrected = undefined;
  log.replaceChildren();
  messages.forEach(show);
  log.scrollTop = log.scrollHeight;
  say('');
}

async function begin() {
  const { contacts } = await ask('contacts', {});
  contact.replaceChildren(...contacts.map((one) => new Option(`${one.name} · ${one.platform}`, one.conversationId)));
  if (contacts.some((one) => one.conversationId === conversationId)) contact.value = conversationId;
  conversationId = contact.value;
  await open();
}

function setTyping(now) {
  clearTimeout(typingEnds);
  if (now) typingEnds = setTimeout(() => setTyping(false), 3000);
  if (now === typing) return;
  typing = now;
  socket.volatile.emit('typing', { isTyping: now });
}

const trouble = (error) => say(error.message || 'That did not work. Try again.');
socket.on('connect', () => begin().catch(trouble));
socket.on('disconnect', () => say('Not connected. Waiting for the server.'));
socket.on('connect_error', () => say('Not connected. Waiting for the server.'));
socket.on('message', show);
socket.on('typing', ({ isTyping, name }) => say(isTyping ? `${name ?? 'Somebody'} is typing` : '', 6000));
contact.addEventListener('change', () => {
  conversationId = contact.value;
  open().catch(trouble);
});
text.addEventListener('input', () => setTyping(text.value !== ''));
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const content = text.value.trim();
  if (!content) return;
  setTyping(false);
  const saying = corrected ? ask('edit', { messageId: corrected, content }) : ask('say', { content });
  corrected = undefined;
  saying.then((message) => {
    // What was written on meanwhile stays.
    if (text.value.trim() === content) text.value = '';
    show(message);
  }, trouble);
});
