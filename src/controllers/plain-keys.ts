/** Single-letter shortcuts must not swallow what people type: not in text fields, not with modifiers, not through AltGr. */

/** A key pressed alone: AltGr shows as Ctrl+Alt on some systems and as a state of its own on others. */
export function isPlainKey(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing && !event.getModifierState('AltGraph');
}

/** Was it pressed in something that takes text, in whichever shadow root. */
export function isTextField(event: Event): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type)
  );
}
