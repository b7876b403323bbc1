// What a server may take from the package: classes that nobody registers here, schemas, the store.
import { CrmChat } from 'crm-chat-elements';
import { serverEvents } from 'crm-chat-elements/contract';

export const events = Object.keys(serverEvents).length;
export { CrmChat };
