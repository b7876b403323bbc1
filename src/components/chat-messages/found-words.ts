/** Name of the highlight; the browser keeps one table for the whole page, which all panels share. */
const NAME = 'crm-found';

/** Paints found words in the rows that are in the window, without touching their DOM. */
export class FoundWords {
  #words = '';
  #panel: ParentNode | undefined;
  #ranges: Range[] = [];
  #frame = 0;
  readonly #watch = new MutationObserver(() => this.#later());

  start(bar: Element, words: string): void {
    this.stop();
    const root = bar.getRootNode() as ShadowRoot | Document;
    const rows = root.querySelector('.rows');
    if (!rows || !('highlights' in CSS)) return;
    this.#words = words.toLowerCase();
    this.#panel = rows;
    this.#watch.observe(rows, { childList: true, subtree: true, characterData: true });
    this.#paint();
  }

  stop(): void {
    this.#watch.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#clear();
    this.#panel = undefined;
  }

  #later(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #clear(): void {
    const shared = 'highlights' in CSS ? CSS.highlights.get(NAME) : undefined;
    for (const range of this.#ranges) shared?.delete(range);
    this.#ranges = [];
  }

  #paint(): void {
    this.#clear();
    if (!this.#panel) return;
    for (const text of this.#panel.querySelectorAll('.txt')) {
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) this.#find(node as Text);
    }
    const shared = CSS.highlights.get(NAME) ?? new Highlight();
    for (const range of this.#ranges) shared.add(range);
    CSS.highlights.set(NAME, shared);
  }

  #find(node: Text): void {
    const text = node.data.toLowerCase();
    // Letters that change their length in lower case would shift what is painted.
    if (text.length !== node.data.length) return;
    for (let at = text.indexOf(this.#words); at >= 0; at = text.indexOf(this.#words, at + this.#words.length)) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + this.#words.length);
      this.#ranges.push(range);
    }
  }
}
