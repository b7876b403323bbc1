/** `{{contact.firstName}}` and the like in quick replies: filled in from what is known, guarded before sending where it is not. */

/** What can be filled in, by name; an empty value is as good as none. */
export type Values = Readonly<Record<string, string | undefined>>;

const VARIABLE = /\{\{\s*([\w.-]{1,100})\s*\}\}/gu;

/** What is not known stays as it stands, so that nobody overlooks it. */
export function fillIn(text: string, values: Values): string {
  return text.replace(VARIABLE, (whole, name: string) => (Object.hasOwn(values, name) && values[name]) || whole);
}

/** The first placeholder that is still in the text; undefined when the text is ready to go. */
export function unresolved(text: string): string | undefined {
  return new RegExp(VARIABLE, 'u').exec(text)?.[0];
}

/** Every name that stands in the text, in its order. */
export const placeholders = (text: string): string[] => [...text.matchAll(VARIABLE)].map(([, name = '']) => name);
