// Without a framework, and in Angular's handlers: tags have classes, events have details, everywhere they bubble to.
import 'crm-chat-elements';
import type { Transport } from 'crm-chat-elements';

const chat = document.createElement('crm-chat');
chat.theme = 'dark';
chat.transport = {} as Transport;
chat.addEventListener('crm-conversation-select', ({ detail }) => detail.conversationId?.trim());
document.addEventListener('crm-message-send', ({ detail }) => detail.content.trim());

// @ts-expect-error no such theme
chat.theme = 'blue';
// @ts-expect-error the store in use cannot be set: set `store`
chat.chat = undefined;
// @ts-expect-error a number is no address
chat.serverUrl = 3001;
// @ts-expect-error the detail has no such field
chat.addEventListener('crm-conversation-select', ({ detail }) => detail.id);
