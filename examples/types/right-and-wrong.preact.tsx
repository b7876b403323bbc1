/** @jsxImportSource preact */
// What a checker must accept and refuse in Preact. A line that should be refused and is not fails the compilation.
import type {} from 'crm-chat-elements/types/preact';
import type { ChatStore } from 'crm-chat-elements';

declare const store: ChatStore;

export const right = [
  <crm-chat server-url="/" token={async () => 'fresh'} theme="dark" class="inbox" key="one" />,
  <crm-chat serverUrl="/" store={store} density={undefined} routing="hash" />,
  <crm-chat-messages contactOpen slot="middle" oncrm-message-send={(event) => event.detail.content.trim()} />,
  <crm-chat oncrm-link-change={(event) => event.detail.status} oncrm-note-add={({ detail }) => detail.clientId} />,
  <crm-conversation-list ref={(list) => list?.focusSearch()} />,
];

export const wrong = [
  // @ts-expect-error no such theme
  <crm-chat theme="blue" />,
  // @ts-expect-error a store is no text
  <crm-client-panel store="mine" />,
  // @ts-expect-error no such property
  <crm-chat serverURL="/" />,
  // @ts-expect-error the detail has no such field
  <crm-chat oncrm-conversation-select={(event) => event.detail.id} />,
  // @ts-expect-error routing is a word
  <crm-chat routing />,
  // @ts-expect-error no such element
  <crm-chats />,
];
