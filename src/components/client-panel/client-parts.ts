/** What the contact panel shows below who it is, and its forms: their code and styles come with the first record. */
import { define } from '../../controllers/chat-element.js';
import { dialogStyles } from '../bits/dialog.styles.js';
import { CrmClientNotes } from './client-notes.js';
import { CrmConvertDialog } from './convert-dialog.js';
import { CrmDetailsForm } from './details-form.js';
import { formStyles } from './form.styles.js';
import { recordStyles } from './record.styles.js';

export { previousList } from './previous.js';
export { quoteList } from './quotes.js';
export { waitingChanges } from './waiting-changes.js';

export const partStyles = [recordStyles, dialogStyles, formStyles];

export function defineParts(): void {
  define('crm-client-notes', CrmClientNotes);
  define('crm-convert-dialog', CrmConvertDialog);
  define('crm-details-form', CrmDetailsForm);
}
