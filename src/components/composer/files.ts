/** Files of the message that is being written: chosen, pasted or dropped, looked at before they go, and handed over. */
import { msg, str } from '@lit/localize';
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { plainType, type ChannelSheet, type MessageMetadata, type MessageType } from '../../contract/index.js';
import type { AttachedFile } from '../../store/vault.js';
import { Later } from '../../controllers/later.js';
import { channelName } from '../bits/channel-badge.js';
import { icon, iconAlert, iconX } from '../bits/icons.js';
import { iconFile, iconImage } from '../bits/more-icons.js';
import { plainLabel } from '../bits/plain-label.js';
import { fileSize } from '../bits/quantities.js';
import { attachedTo, hasAttached, setAttached, type Attached } from './attached.js';
import { DropZone } from './drop-zone.js';
import {
  canShrink,
  FILES_AT_ONCE,
  messageTypeOf,
  mostBytes,
  problemOf,
  problemWords,
  type FileProblem,
} from './file-checks.js';
import type { Writing } from './writing.js';

const RECORDED = ['audio/webm', 'audio/ogg', 'audio/mp4'];

const sounds = new Later(() => import('./sound-preview.js'));
const shrinking = new Later(() => import('./shrink-picture.js'));

/** One message with a file, ready to go. */
export interface Parcel {
  readonly item: Attached;
  readonly messageType: MessageType;
  readonly metadata: MessageMetadata;
  readonly attachment: AttachedFile;
}

/** What does not fit is cut before the ending, which tells what kind of file it is. */
function shortened(name: string): TemplateResult {
  const ending = /(?!^)\.[^.\s]{1,8}$/u.exec(name)?.[0] ?? '';
  return html`<bdi><span class="cut">${name.slice(0, name.length - ending.length)}</span><span>${ending}</span></bdi>`;
}

export class Files implements ReactiveController {
  readonly #host: Writing & ReactiveControllerHost & HTMLElement;
  readonly #zone: DropZone;
  #isGuarding = false;
  readonly #ask = (event: Event): void => event.preventDefault();

  constructor(host: Writing & ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    this.#zone = new DropZone({
      refusal: () => (this.canTake ? this.#channelsRefusal() : undefined),
      isOpen: () => this.canTake,
      take: (files) => this.add(files),
    });
    host.addController(this);
  }

  hostConnected(): void {
    const root = this.#host.getRootNode();
    if (root instanceof ShadowRoot && root.host instanceof HTMLElement) this.#zone.open(root.host, root);
    this.#guard();
  }

  hostUpdated(): void {
    this.#guard();
  }

  hostDisconnected(): void {
    this.#zone.close();
    this.#guard();
  }

  /** Files that are not sent yet live in this page only: the browser asks before it is left with some of them. */
  #guard(): void {
    const { store, isConnected } = this.#host;
    const isNeeded = isConnected && store !== undefined && hasAttached(store);
    if (isNeeded === this.#isGuarding) return;
    this.#isGuarding = isNeeded;
    if (isNeeded) window.addEventListener('beforeunload', this.#ask);
    else window.removeEventListener('beforeunload', this.#ask);
  }

  /** The server takes files, and the channel takes replies now. */
  get canTake(): boolean {
    const { store, isClosed } = this.#host;
    return store?.$features.get().uploads !== undefined && !isClosed;
  }

  /** One of the forms in which browsers record. */
  get takesSound(): boolean {
    const sheet = this.#sheet;
    return this.canTake && !!sheet && RECORDED.some((type) => mostBytes(type, sheet, this.#uploads) > 0);
  }

  get items(): readonly Attached[] {
    const { store, conversationId } = this.#host;
    return store ? attachedTo(store, conversationId) : [];
  }

  get #sheet(): ChannelSheet | undefined {
    const { store, conversationId } = this.#host;
    const platform = store?.conversations.get(conversationId)?.platform;
    return store && platform !== undefined ? store.channel(platform) : undefined;
  }

  get #uploads() {
    return this.#host.store?.$features.get().uploads;
  }

  #channelsRefusal(): string | undefined {
    const sheet = this.#sheet;
    return sheet?.media.length === 0
      ? problemWords({ kind: 'text-only' }, channelName(sheet), this.#host.locale)
      : undefined;
  }

  /** The browser's own dialog. */
  choose(): void {
    const refusal = this.#channelsRefusal();
    if (refusal) return this.#host.complain(refusal);
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.addEventListener('change', () => this.add([...(input.files ?? [])]));
    input.click();
  }

  readonly paste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    // Words that come with a picture of themselves are words.
    if (files.length === 0 || !this.canTake || event.clipboardData?.types.includes('text/plain')) return;
    event.preventDefault();
    this.add(files);
  };

  add(files: readonly File[]): void {
    const { store, conversationId } = this.#host;
    const sheet = this.#sheet;
    if (!store || !sheet || files.length === 0) return;
    const refusal = this.#channelsRefusal();
    if (refusal) return this.#host.complain(refusal);
    const known = attachedTo(store, conversationId);
    const most = sheet.maxFiles ?? FILES_AT_ONCE;
    const added = files.slice(0, Math.max(0, most - known.length)).map((file): Attached => {
      const type = plainType(file.type);
      return {
        blob: file,
        name: file.name || msg('File'),
        type,
        ...(messageTypeOf(type) === 'image' ? { preview: URL.createObjectURL(file) } : {}),
      };
    });
    setAttached(store, conversationId, [...known, ...added]);
    if (added.length < files.length) this.#host.complain(msg(str`At most ${most} files at once.`));
    for (const item of added) void this.#shrink(item, sheet, conversationId);
    this.#host.requestUpdate();
    this.#host.focusComposer();
  }

  remove(item: Attached): void {
    const { store, conversationId } = this.#host;
    if (!store) return;
    setAttached(
      store,
      conversationId,
      attachedTo(store, conversationId).filter((one) => one !== item),
    );
    this.#host.requestUpdate();
    this.#host.focusComposer(); // the button goes away
  }

  /** A picture that the channel would refuse is offered smaller. */
  async #shrink(item: Attached, sheet: ChannelSheet, conversationId: string): Promise<void> {
    const most = mostBytes('image/jpeg', sheet, this.#uploads);
    if (!this.#problem(item, sheet) || !canShrink(item.type) || most === 0) return;
    item.smaller = 'making';
    this.#host.requestUpdate();
    const code = await shrinking.load();
    item.smaller = (await code?.shrinkPicture(item.blob, most).catch(() => undefined)) ?? 'cannot';
    if (this.#host.conversationId === conversationId) this.#host.requestUpdate();
  }

  #useSmaller(item: Attached, smaller: Blob): void {
    const { store, conversationId } = this.#host;
    if (!store) return;
    const { smaller: _offer, ...rest } = item;
    const name = /\.jpe?g$/iu.test(item.name) ? item.name : `${item.name.replace(/\.[^.]*$/u, '')}.jpg`;
    const next: Attached = { ...rest, blob: smaller, name, type: 'image/jpeg' };
    setAttached(
      store,
      conversationId,
      attachedTo(store, conversationId).map((one) => (one === item ? next : one)),
    );
    this.#host.requestUpdate();
    this.#host.focusComposer();
  }

  #problem({ blob, type, name }: Attached, sheet: ChannelSheet | undefined): FileProblem | undefined {
    return sheet && problemOf({ type, name, size: blob.size }, sheet, this.#uploads);
  }

  /** What goes with the next message; undefined when something in it cannot. */
  ready(): readonly Parcel[] | undefined {
    const sheet = this.#sheet;
    const { items } = this;
    if (items.some((item) => this.#problem(item, sheet))) return undefined;
    return items.map((item) => ({
      item,
      messageType: messageTypeOf(item.type),
      metadata: { ...item.metadata, fileName: item.name, fileSize: item.blob.size, fileType: item.type },
      attachment: { blob: item.blob, name: item.name, type: item.type },
    }));
  }

  /** The store has it. */
  taken(conversationId: string, item: Attached): void {
    const { store } = this.#host;
    if (!store) return;
    const rest = attachedTo(store, conversationId).filter((one) => one !== item);
    setAttached(store, conversationId, rest);
    this.#host.requestUpdate();
  }

  // ---- drawing

  tray(): TemplateResult | typeof nothing {
    const { items } = this;
    if (items.length === 0) return nothing;
    return html`<ul class="tray" part="tray" aria-label=${msg('Attached files')}>
      ${items.map((item) => this.#card(item))}
    </ul>`;
  }

  #card(item: Attached): TemplateResult {
    const { locale } = this.#host;
    const name = plainLabel(item.name);
    const sheet = this.#sheet;
    const problem = this.#problem(item, sheet);
    const words = problem && sheet ? problemWords(problem, channelName(sheet), locale) : '';
    const picture = item.preview
      ? html`<img
          src=${item.preview}
          alt=""
          @error=${(event: Event) => (event.currentTarget as HTMLElement).remove()}
        />`
      : nothing;
    const tile = html`<span class="filerow__i">${icon(item.preview ? iconImage : iconFile)}${picture}</span>`;
    return html`<li class="attach ${problem ? 'is-refused' : ''}" part="attachment">
      ${
        messageTypeOf(item.type) === 'audio' && sounds.want(this.#host)
          ? html`<crm-sound-preview
              .sound=${item.blob}
              .length=${item.metadata?.duration ?? 0}
              .name=${name}
            ></crm-sound-preview>`
          : tile
      }
      <div class="grow">
        <b title=${name}>${shortened(name)}</b>
        <small><bdi>${fileSize(item.blob.size, locale)}</bdi></small>
        ${problem ? html`<p role="alert">${icon(iconAlert, 14)}<span>${words}</span></p>` : nothing}
        ${this.#offer(item, locale)}
      </div>
      <button
        type="button"
        class="ib ib--small"
        part="attachment-remove"
        aria-label=${msg(str`Remove ${name}`)}
        title=${msg(str`Remove ${name}`)}
        @click=${() => this.remove(item)}
      >
        ${icon(iconX, 16)}
      </button>
    </li>`;
  }

  #offer(item: Attached, locale: string | undefined): TemplateResult | typeof nothing {
    const { smaller } = item;
    if (smaller === undefined) return nothing;
    if (smaller === 'making') return html`<p role="status">${msg('Making it smaller…')}</p>`;
    if (smaller === 'cannot') return html`<p>${msg('This picture could not be made smaller.')}</p>`;
    const words = msg(str`Send smaller · ${fileSize(smaller.size, locale)}`);
    return html`<button type="button" class="link" @click=${() => this.#useSmaller(item, smaller)}>${words}</button>`;
  }
}
