/** A picture, large, and from it all others of the conversation that are loaded. Comes with its first use. */
import { msg, str } from '@lit/localize';
import { html, nothing, render } from 'lit';
import type { ChatStore } from '../../store/chat-store.js';
import type { Message } from '../../store/state.js';
import { adoptStyles } from '../bits/adopt-styles.js';
import { icon, iconBack, iconX } from '../bits/icons.js';
import { iconDownload, iconFile, iconMinus, iconPlus } from '../bits/more-icons.js';
import { savedName } from './file-row.js';
import { missedWords, standingOf, standingWords, type Standing } from './fresh-links.js';
import { styles } from './lightbox.styles.js';
import { picturesOf, type Picture } from './pictures.js';
import { PictureView } from './picture-view.js';

export interface Shown {
  readonly picture: Picture;
  readonly message: Message;
  /** Who sent it. */
  readonly by: string;
}

export interface Lightbox {
  readonly store: ChatStore;
  readonly root: ShadowRoot | Document;
  readonly shown: readonly Shown[];
  /** Index of the picture to begin with. */
  readonly first: number;
  /** Asks for a message anew, because its links do not hold any more. `lost`: the server did not give it again. */
  again(message: Message): Promise<Message | 'lost' | 'failed'>;
  /** Gives the focus back. */
  back(): void;
}

export function openLightbox({ root, store, shown: given, first, again, back }: Lightbox): void {
  adoptStyles(root, styles);
  const dialog = document.createElement('dialog');
  dialog.className = 'box-l';
  dialog.setAttribute('part', 'lightbox');
  dialog.setAttribute('aria-label', msg('Photo'));
  let shown = given;
  let at = Math.min(first, shown.length - 1);
  /** Why the picture is not to be seen. */
  let broken: Standing | 'asking' | 'loading' | 'lost' | undefined;
  const view = new PictureView(() => draw());
  const go = (way: number) => {
    const next = at + way;
    if (next < 0 || next >= shown.length) return;
    at = next;
    broken = undefined;
    view.reset();
    draw();
  };
  const explain = async (source: string) => {
    broken = 'asking';
    draw();
    const standing = (await standingOf(source, store)) ?? 'broken';
    if (shown[at]?.picture.source !== source || !dialog.isConnected) return;
    broken = standing;
    draw();
  };
  const loadAgain = async (one: Shown) => {
    const siblings = shown.filter(({ message }) => message.key === one.message.key);
    broken = 'loading';
    draw();
    const told = await again(one.message);
    if (!dialog.isConnected) return;
    const message = typeof told === 'string' ? undefined : told;
    const pictures = message ? picturesOf(message) : [];
    if (message)
      shown = shown.map((each) => {
        const picture = pictures[siblings.indexOf(each)];
        return picture ? { ...each, message, picture } : each;
      });
    const isSeen = shown[at]?.message.key === one.message.key;
    if (isSeen) broken = message ? undefined : told === 'lost' ? 'lost' : 'broken';
    draw();
    // The button is gone.
    if (isSeen && message) dialog.querySelector<HTMLElement>('[data-close]')?.focus();
  };
  const isMirrored = () => getComputedStyle(dialog).direction === 'rtl';

  const draw = () => {
    const one = shown[at];
    if (!one) return;
    const { picture, by } = one;
    const name = picture.name || msg('Photo');
    render(
      html`<header class="box-l__h">
          <div class="grow">
            <b class="cut"><bdi>${name}</bdi></b>
            <p class="cut" aria-live="polite">
              <bdi>${by}</bdi>${shown.length > 1 ? html` · ${msg(str`${at + 1} of ${shown.length}`)}` : nothing}
            </p>
          </div>
          ${button(msg('Zoom out'), iconMinus, () => view.zoom(1 / 1.5), view.scale <= 1 || broken !== undefined)}
          <span class="box-l__z" aria-live="polite">${Math.round(view.scale * 100)}%</span>
          ${button(msg('Zoom in'), iconPlus, () => view.zoom(1.5), view.scale >= 5 || broken !== undefined)}
          ${
            picture.address
              ? html`<a
                  class="ib"
                  part="download"
                  href=${picture.address}
                  download=${savedName(picture.name || 'photo')}
                  target="_blank"
                  rel="noopener noreferrer nofollow"
                  aria-label=${msg(str`Download ${name}`)}
                  title=${msg('Download')}
                  >${icon(iconDownload)}</a
                >`
              : nothing
          }
          ${button(msg('Close'), iconX, () => dialog.close())}
        </header>
        <div class="box-l__stage" @click=${(event: Event) => event.target === event.currentTarget && dialog.close()}>
          ${
            broken
              ? html`<div class="box-l__none">
                  ${icon(iconFile, 24)}
                  <p role="status">
                    ${
                      broken === 'loading'
                        ? msg('Loading…')
                        : broken === 'ended' || broken === 'gone'
                          ? standingWords(broken)
                          : broken === 'lost'
                            ? missedWords(true)
                            : msg('This photo did not load.')
                    }
                  </p>
                  ${
                    broken === 'asking' || broken === 'gone'
                      ? nothing
                      : html`<button
                          type="button"
                          class="link"
                          part="load-again"
                          aria-disabled=${broken === 'loading' ? 'true' : 'false'}
                          @click=${() => broken !== 'loading' && void loadAgain(one)}
                        >
                          ${msg('Load again')}
                        </button>`
                  }
                </div>`
              : html`<img
                  class="box-l__img ${view.scale > 1 ? 'is-large' : ''}"
                  src=${picture.source}
                  alt=${picture.words || name}
                  referrerpolicy="no-referrer"
                  draggable="false"
                  @load=${() => draw()}
                  @error=${() => void explain(picture.source)}
                />`
          }
          ${
            shown.length > 1
              ? html`<div class="box-l__side">
                    ${button(msg('Previous photo'), iconBack, () => go(-1), at === 0, 'flip')}
                  </div>
                  <div class="box-l__side box-l__side--end">
                    ${button(msg('Next photo'), iconBack, () => go(1), at === shown.length - 1, 'turn')}
                  </div>`
              : nothing
          }
        </div>
        ${picture.words ? html`<p class="box-l__words" dir="auto">${picture.words.slice(0, 2000)}</p>` : nothing}`,
      dialog,
    );
    view.attach(dialog.querySelector('.box-l__stage'), dialog.querySelector('img'));
  };

  const KEYS: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => go(isMirrored() ? 1 : -1),
    ArrowRight: () => go(isMirrored() ? -1 : 1),
    Home: () => go(-at),
    End: () => go(shown.length - 1 - at),
    '+': () => view.zoom(1.5),
    '=': () => view.zoom(1.5),
    '-': () => view.zoom(1 / 1.5),
    '0': () => view.reset(),
  };
  /** With Shift, arrows move the picture itself. */
  const PANS: Readonly<Record<string, readonly [x: number, y: number]>> = {
    ArrowLeft: [60, 0],
    ArrowRight: [-60, 0],
    ArrowUp: [0, 60],
    ArrowDown: [0, -60],
  };
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation(); // the panel's own keys
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pan = Object.hasOwn(PANS, event.key) ? PANS[event.key] : undefined;
    const act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : undefined;
    const moves = pan && view.scale > 1 && (event.shiftKey || pan[0] === 0);
    if (moves) view.pan(...pan);
    else if (act && !(pan && event.shiftKey)) act();
    else return;
    event.preventDefault();
  });
  dialog.addEventListener('close', () => {
    view.detach();
    dialog.remove();
    back();
  });
  (root instanceof ShadowRoot ? root : document.body).append(dialog);
  draw();
  dialog.showModal();
  dialog.querySelector<HTMLElement>('[data-close]')?.focus();

  function button(label: string, drawing: typeof iconX, act: () => void, off = false, turn = '') {
    return html`<button
      type="button"
      class="ib"
      aria-label=${label}
      title=${label}
      aria-disabled=${off ? 'true' : 'false'}
      ?data-close=${drawing === iconX}
      @click=${() => !off && act()}
    >
      ${icon(drawing, 18, turn)}
    </button>`;
  }
}
