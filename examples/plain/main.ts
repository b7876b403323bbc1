// No framework: elements made and taken away by hand.
import { CrmChatProvider } from 'crm-chat-elements';
import { goTo, inboxOf, pageNow } from '../shared/inbox.js';

const marta = inboxOf('marta');
const tomas = inboxOf('tomas');
const counts = { sent: 0, campaigns: 0 };

const app = document.querySelector('#app')!;
app.className = 'host';
const bar = Object.assign(document.createElement('nav'), { className: 'bar' });
for (const [name, view] of [
  ['Inbox', 'inbox'],
  ['Two', 'two'],
  ['Away', 'away'],
]) {
  bar.append(Object.assign(document.createElement('a'), { href: `#/${view}`, textContent: name }));
}
const dark = Object.assign(document.createElement('button'), { textContent: 'Dark' });
const told = document.createElement('output');
bar.append(dark, told);

const tell = () => {
  told.value = `open: ${pageNow().conversationId ?? 'none'}, sent: ${counts.sent}, campaigns: ${counts.campaigns}`;
};

const provider = new CrmChatProvider();
provider.store = marta;
provider.theme = 'light';
provider.addEventListener('crm-conversation-select', (event) => goTo('inbox', event.detail.conversationId));
provider.addEventListener('crm-message-send', () => {
  counts.sent++;
  tell();
});
dark.addEventListener('click', () => {
  provider.theme = provider.theme === 'dark' ? 'light' : 'dark';
});
const inbox = Object.assign(document.createElement('div'), { className: 'inbox' });
const list = document.createElement('crm-conversation-list');
const campaign = Object.assign(document.createElement('button'), { textContent: 'New campaign', slot: 'header' });
campaign.addEventListener('click', () => {
  counts.campaigns++;
  tell();
});
list.append(campaign);
inbox.append(list, document.createElement('crm-chat-messages'), document.createElement('crm-client-panel'));
provider.append(inbox);

const two = Object.assign(document.createElement('div'), { className: 'two' });
const first = Object.assign(document.createElement('crm-chat'), { id: 'first', store: marta });
const second = Object.assign(document.createElement('crm-chat'), {
  id: 'second',
  store: tomas,
  density: 'compact' as const,
});
two.append(first, second);

function show(): void {
  const { view, conversationId } = pageNow();
  // The address decides what is open, and an agent's choice (above) changes the address.
  if (view === 'inbox') marta.setActiveConversation(conversationId);
  app.replaceChildren(bar, ...(view === 'inbox' ? [provider] : view === 'two' ? [two] : []));
  tell();
}
addEventListener('hashchange', show);
show();
