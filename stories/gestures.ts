/** What an agent does in a story, and what is waited for before and after: a slow machine takes its time. */
const PATIENCE_MS = 20_000;

/** What `look` gives, as soon as it gives anything. */
export async function until<T>(what: string, look: () => T | null | undefined | false): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const seen = look();
    if (seen) return seen;
    if (performance.now() > end) throw new Error(`In vain waited for: ${what}`);
    await new Promise(requestAnimationFrame);
  }
}

/** The first element of the messages panel that matches. */
export const found = <E extends HTMLElement = HTMLElement>(canvas: HTMLElement, selector: string): Promise<E> =>
  until(selector, () => canvas.querySelector('crm-chat-messages')?.shadowRoot?.querySelector<E>(selector));

export async function write(canvas: HTMLElement, text: string, selector = 'textarea'): Promise<void> {
  const field = await found<HTMLInputElement>(canvas, selector);
  field.focus();
  field.value = text;
  field.setSelectionRange(text.length, text.length);
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

export const press = async (canvas: HTMLElement, selector: string): Promise<void> =>
  (await found(canvas, selector)).click();

export async function pressKey(
  canvas: HTMLElement,
  selector: string,
  key: string,
  more: KeyboardEventInit = {},
): Promise<void> {
  const target = await found(canvas, selector);
  target.focus();
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more }));
}

/** Files are held over the panel (`dragover`), or let go there (`drop`). */
export async function drop(canvas: HTMLElement, type: 'dragover' | 'drop', files: readonly File[]): Promise<void> {
  const log = await found(canvas, '[role=log]');
  await found(canvas, '[data-action=attach]');
  const dataTransfer = new DataTransfer();
  for (const file of files) dataTransfer.items.add(file);
  log.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true }));
}
