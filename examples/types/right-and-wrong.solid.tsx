/** @jsxImportSource solid-js */
// What a checker must accept and refuse in Solid.
import type {} from 'crm-chat-elements/types/solid';
import type { ChatStore } from 'crm-chat-elements';

declare const store: ChatStore;

export const right = [
  <crm-chat server-url="/" prop:token={async () => 'fresh'} theme="dark" class="inbox" />,
  <crm-chat prop:store={store} density={undefined} routing="hash" />,
  <crm-chat-messages prop:contactOpen={true} on:crm-message-send={(event) => event.detail.content.trim()} />,
  <crm-conversation-list ref={(list) => list.focusSearch()} />,
];

export const wrong = [
  // @ts-expect-error no such theme
  <crm-chat theme="blue" />,
  // @ts-expect-error a store is no text
  <crm-client-panel prop:store="mine" />,
  // @ts-expect-error no such property
  <crm-chat serverURL="/" />,
  // @ts-expect-error the detail has no such field
  <crm-chat on:crm-conversation-select={(event) => event.detail.id} />,
  // @ts-expect-error no such element
  <crm-chats />,
];
