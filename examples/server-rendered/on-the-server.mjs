// What a server may take from the package: classes that nobody registers here, schemas, the store.
import { CrmChat, serverEvents } from 'crm-chat-elements';

export const events = Object.keys(serverEvents).length;
export { CrmChat };
