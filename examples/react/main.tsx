/** @jsxImportSource react */
import 'crm-chat-elements';
import type { CrmConversationSelectEvent } from 'crm-chat-elements';
import type {} from 'crm-chat-elements/types/react';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { goTo, inboxOf, pageNow } from '../shared/inbox.js';

const marta = inboxOf('marta');
const tomas = inboxOf('tomas');

function usePage() {
  const [page, setPage] = useState(pageNow);
  useEffect(() => {
    const follow = () => setPage(pageNow());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return page;
}

function App() {
  const { view, conversationId } = usePage();
  const [dark, setDark] = useState(false);
  const [campaigns, setCampaigns] = useState(0);
  const [sent, setSent] = useState(0);

  // The address decides what is open …
  useEffect(() => {
    if (view === 'inbox') marta.setActiveConversation(conversationId);
  }, [view, conversationId]);
  // … and an agent's choice changes the address.
  const follow = (event: CrmConversationSelectEvent) => goTo('inbox', event.detail.conversationId);

  return (
    <div className="host">
      <nav className="bar">
        <a href="#/inbox">Inbox</a> <a href="#/two">Two</a> <a href="#/away">Away</a>
        <button onClick={() => setDark(!dark)}>Dark</button>
        <output>
          open: {conversationId ?? 'none'}, sent: {sent}, campaigns: {campaigns}
        </output>
      </nav>
      {view === 'inbox' && (
        <crm-chat-provider
          store={marta}
          theme={dark ? 'dark' : 'light'}
          oncrm-conversation-select={follow}
          oncrm-message-send={() => setSent((before) => before + 1)}
        >
          <div className="inbox">
            <crm-conversation-list>
              <button slot="header" onClick={() => setCampaigns(campaigns + 1)}>
                New campaign
              </button>
            </crm-conversation-list>
            <crm-chat-messages />
            <crm-client-panel />
          </div>
        </crm-chat-provider>
      )}
      {view === 'two' && (
        <div className="two">
          <crm-chat id="first" store={marta} />
          <crm-chat id="second" store={tomas} density="compact" />
        </div>
      )}
    </div>
  );
}

createRoot(document.querySelector('#app')!).render(<App />);
