/**
 * Marks that turn the reading direction around: `invoice\u202Egpj.exe` would be shown as `invoiceexe.jpg`. Names of
 * people, files and tags are single-line labels and need none of them: they stand isolated, in their own direction.
 */
const DIRECTION_MARKS = /\p{Bidi_Control}/gu;

/** A name from outside as it may be shown in one line. Not for message text, which may need its marks. */
export const plainLabel = (text: string): string => text.replace(DIRECTION_MARKS, '');
