/** @jsxImportSource solid-js */
import 'crm-chat-elements';
import type {} from 'crm-chat-elements/types/solid';
import { createEffect, createSignal, onCleanup, Show } from 'solid-js';
import { render } from 'solid-js/web';
import { goTo, inboxOf, pageNow } from '../shared/inbox.js';

const marta = inboxOf('marta');
const tomas = inboxOf('tomas');

function App() {
  const [page, setPage] = createSignal(pageNow());
  const [dark, setDark] = createSignal(false);
  const [campaigns, setCampaigns] = createSignal(0);
  const [sent, setSent] = createSignal(0);

  const follow = () => setPage(pageNow());
  addEventListener('hashchange', follow);
  onCleanup(() => removeEventListener('hashchange', follow));

  // The address decides what is open, and an agent's choice (below) changes the address.
  createEffect(() => {
    if (page().view === 'inbox') marta.setActiveConversation(page().conversationId);
  });

  return (
    <div class="host">
      <nav class="bar">
        <a href="#/inbox">Inbox</a> <a href="#/two">Two</a> <a href="#/away">Away</a>
        <button onClick={() => setDark(!dark())}>Dark</button>
        <output>
          open: {page().conversationId ?? 'none'}, sent: {sent()}, campaigns: {campaigns()}
        </output>
      </nav>
      <Show when={page().view === 'inbox'}>
        <crm-chat-provider
          prop:store={marta}
          prop:theme={dark() ? 'dark' : 'light'}
          on:crm-conversation-select={(event) => goTo('inbox', event.detail.conversationId)}
          on:crm-message-send={() => setSent(sent() + 1)}
        >
          <div class="inbox">
            <crm-conversation-list>
              <button slot="header" onClick={() => setCampaigns(campaigns() + 1)}>
                New campaign
              </button>
            </crm-conversation-list>
            <crm-chat-messages />
            <crm-client-panel />
          </div>
        </crm-chat-provider>
      </Show>
      <Show when={page().view === 'two'}>
        <div class="two">
          <crm-chat id="first" prop:store={marta} />
          <crm-chat id="second" prop:store={tomas} density="compact" />
        </div>
      </Show>
    </div>
  );
}

render(() => <App />, document.querySelector('#app')!);
