/** What the contact panel is filled with: their code and styles come with the first contact. */
import { define } from '../../controllers/chat-element.js';
import { dialogStyles } from '../bits/dialog.styles.js';
import { CrmClientNotes } from './client-notes.js';
import { CrmConvertDialog } from './convert-dialog.js';
import { CrmDetailsForm } from './details-form.js';
import { contactStyles } from './contact.styles.js';
import { formStyles } from './form.styles.js';
import { recordStyles } from './record.styles.js';

export { contactOf } from './contact.js';
export { detailRows } from './details.js';
export { identity } from './identity.js';
export { PanelSections } from './panel-sections.js';
export { previousList } from './previous.js';
export { quoteList } from './quotes.js';
export { waitingChanges } from './waiting-changes.js';

export const partStyles = [contactStyles, recordStyles, dialogStyles, formStyles];

export function defineParts(): void {
  define('crm-client-notes', CrmClientNotes);
  define('crm-convert-dialog', CrmConvertDialog);
  define('crm-details-form', CrmDetailsForm);
}
