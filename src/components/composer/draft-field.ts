/** The text field and its draft: what stands in it, what was kept of it, and how high it is. */

/** Tallest the field grows by itself, in pixels; more scrolls. */
const TALLEST = 200;

export class DraftField {
  readonly #field: () => HTMLTextAreaElement | null;
  readonly #changed: (text: string) => void;
  #draft = '';

  constructor(field: () => HTMLTextAreaElement | null, changed: (text: string) => void) {
    this.#field = field;
    this.#changed = changed;
  }

  get text(): string {
    return this.#field()?.value ?? '';
  }

  /** Another conversation, or another mode. */
  forget(): void {
    this.#draft = '';
  }

  /** The agent wrote. */
  noteTyped(): string {
    this.#draft = this.text;
    this.#grow();
    this.#changed(this.#draft);
    return this.#draft;
  }

  show(text: string): void {
    const field = this.#field();
    if (!field) return;
    this.#draft = text;
    field.value = text;
    this.#grow();
    this.#changed(text);
  }

  /** A draft that came from elsewhere (an earlier page, another device) is shown unless it would hurt own words. */
  take(draft: string): void {
    if (!this.#field() || draft === this.#draft) return;
    if (this.text === '' || this.text === this.#draft) this.show(draft);
  }

  /** Where the browser cannot size the field by its contents, we do. */
  #grow(): void {
    const field = this.#field();
    if (!field || CSS.supports('field-sizing', 'content')) return;
    field.style.blockSize = 'auto';
    field.style.blockSize = `${Math.min(field.scrollHeight, TALLEST)}px`;
  }
}
