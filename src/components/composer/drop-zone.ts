import { msg } from '@lit/localize';

export interface DropHost {
  /** Files are taken here at all. */
  isOpen(): boolean;
  /** Why none are taken right now. */
  refusal(): string | undefined;
  take(files: readonly File[]): void;
}

/** The whole panel takes files, and says so while some are held over it. What is dragged otherwise is none of its business. */
export class DropZone {
  readonly #host: DropHost;
  #listening?: AbortController | undefined;
  #sign?: HTMLElement | undefined;

  constructor(host: DropHost) {
    this.#host = host;
  }

  open(panel: HTMLElement, root: ShadowRoot): void {
    this.close();
    const { signal } = (this.#listening = new AbortController());
    const over = (event: DragEvent) => {
      if (!this.#host.isOpen() || !event.dataTransfer?.types.includes('Files')) return;
      // Without this the browser would leave the page and open the file.
      event.preventDefault();
      const refusal = this.#host.refusal();
      event.dataTransfer.dropEffect = refusal ? 'none' : 'copy';
      this.#show(root, refusal);
    };
    panel.addEventListener('dragenter', over, { signal });
    panel.addEventListener('dragover', over, { signal });
    panel.addEventListener(
      'dragleave',
      ({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node && panel.contains(relatedTarget))) this.#hide();
      },
      { signal },
    );
    panel.addEventListener(
      'drop',
      (event) => {
        this.#hide();
        if (!this.#host.isOpen() || !event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        this.#host.take(filesOf(event.dataTransfer));
      },
      { signal },
    );
    // Given up with Escape, or let go elsewhere.
    for (const end of ['dragend', 'drop', 'keydown', 'pointermove'])
      panel.ownerDocument.addEventListener(end, () => this.#hide(), { signal, passive: true });
  }

  close(): void {
    this.#listening?.abort();
    this.#listening = undefined;
    this.#hide();
  }

  #show(root: ShadowRoot, refusal: string | undefined): void {
    const words = refusal ?? msg('Drop files to attach them');
    if (this.#sign?.textContent === words) return;
    this.#hide();
    const sign = document.createElement('div');
    sign.className = refusal ? 'dropzone is-refused' : 'dropzone';
    sign.setAttribute('part', 'drop');
    sign.setAttribute('role', 'status');
    const line = document.createElement('span');
    line.textContent = words;
    sign.append(line);
    (root.querySelector('.panel') ?? root).append(sign);
    this.#sign = sign;
  }

  #hide(): void {
    this.#sign?.remove();
    this.#sign = undefined;
  }
}

/** A folder is no file, and cannot be read as one. */
function filesOf({ items, files }: DataTransfer): File[] {
  const given = [...items].filter(({ kind }) => kind === 'file');
  if (given.length === 0) return [...files];
  return given
    .filter((item) => !item.webkitGetAsEntry()?.isDirectory)
    .map((item) => item.getAsFile())
    .filter((file) => file !== null);
}
