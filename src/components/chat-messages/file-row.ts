import { msg, str } from '@lit/localize';
import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { Later } from '../../controllers/later.js';
import { safeUrl } from '../bits/addresses.js';
import { icon } from '../bits/icons.js';
import { iconDownload, iconFile, iconImage } from '../bits/more-icons.js';
import { plainLabel } from '../bits/plain-label.js';
import { fileSize } from '../bits/quantities.js';
import type { Attachment } from '../../contract/index.js';
import type { Body, BodyHost } from './body-host.js';
import { caption, onlyAddress } from './caption.js';
import { richText } from './rich-text.js';
import type { Message } from '../../store/state.js';

/** `PDF`, from the name's end or the MIME type's. */
function fileKind(name: string, type: string | undefined): string {
  const ending = /\.([A-Za-z0-9]{1,5})$/u.exec(name)?.[1] ?? /\/([a-z0-9]{1,8})$/iu.exec(type ?? '')?.[1] ?? '';
  return ending.toUpperCase();
}

/** A caption may stand in for a name, and may be as long as a book. */
const LONGEST_NAME = 500;

/**
 * A name that is safe to save under: no folders, none of the characters that systems forbid, no dots at its ends, not
 * longer than systems allow.
 */
export function savedName(name: string): string {
  const plain = plainLabel(name.slice(-LONGEST_NAME))
    .replace(/[\u0000-\u001F\u007F/\\:*?"<>|]+/gu, '_')
    .replace(/^[\s.]+|[\s.]+$/gu, '');
  return plain.slice(-120) || 'file';
}

const freshLinks = new Later(() => import('./fresh-links.js'));

export interface FileLine {
  readonly name: string;
  readonly detail: string;
  /** Where it is; undefined: there is no way to save it. */
  readonly url: string | undefined;
  /** Default: a sheet of paper. */
  readonly drawing?: SVGTemplateResult;
}

/**
 * Drawing, name, detail, and the way to save it; below it, what there is to say of a link that does not hold any more.
 *
 * @param broken the file was to be seen or heard, and it did not load
 * @param beside links of the same message that did not load either: why is asked and said once
 */
export function fileRow(
  { name: given, detail, url, drawing = iconFile }: FileLine,
  host: BodyHost,
  broken = false,
  beside: readonly string[] = [],
): TemplateResult {
  const name = plainLabel(given.slice(0, LONGEST_NAME));
  return html`<div class="filerow">
      <span class="filerow__i">${icon(drawing, 20)}</span>
      <div class="grow">
        <b class="cut" title=${name}><bdi>${name}</bdi></b
        >${detail ? html`<small><bdi>${detail}</bdi></small>` : nothing}
      </div>
      ${
        url
          ? html`<a
              class="ib"
              part="download"
              href=${url}
              download=${savedName(name)}
              target="_blank"
              rel="noopener noreferrer nofollow"
              aria-label=${msg(str`Download ${name}`)}
              title=${msg('Download')}
              @click=${(event: MouseEvent) => freshLinks.now?.save(event, host)}
              >${icon(iconDownload)}</a
            >`
          : nothing
      }
    </div>
    ${stale(url, host, broken, beside)}`;
}

function stale(url: string | undefined, ...more: [BodyHost, boolean, readonly string[]]) {
  const fresh = url === undefined ? undefined : freshLinks.want(more[0]);
  return fresh ? fresh.stale(url!, ...more) : nothing;
}

/** `PDF · 1.8 MB` */
export function fileDetail(file: Pick<Attachment, 'name' | 'size' | 'type'>, locale: string | undefined): string {
  const size = file.size === undefined ? '' : fileSize(file.size, locale);
  return [fileKind(file.name, file.type), size].filter(Boolean).join(' · ');
}

/**
 * The files of an e-mail; pictures among them too, because an e-mail's pictures are often drawings of its signature. Or
 * those of a gallery that did not load (`broken`).
 */
export function fileRows(files: readonly Attachment[], host: BodyHost, broken = false): TemplateResult {
  const urls = files.map(({ url }) => safeUrl(url));
  const beside = broken ? urls.filter((url) => url !== undefined) : [];
  return html`${files.map((file, at) => {
    const line: FileLine = {
      name: file.name,
      detail: fileDetail(file, host.locale),
      url: urls[at],
      drawing: file.type?.startsWith('image/') ? iconImage : iconFile,
    };
    return html`<div class="attach">${fileRow(line, host, broken, beside)}</div>`;
  })}`;
}

/** @param broken the message has something to be seen or heard, and it did not load */
export function fileBody(message: Message, host: BodyHost, broken = false): Body {
  const { metadata } = message;
  const url = safeUrl(metadata?.fileUrl ?? metadata?.imageUrl ?? metadata?.audioUrl ?? onlyAddress(message.content));
  const kinds: Readonly<Record<string, string>> = { image: msg('Photo'), audio: msg('Voice note') };
  const name = metadata?.fileName || caption(message) || (kinds[message.messageType] ?? msg('File'));
  const detail = fileDetail({ name, size: metadata?.fileSize, type: metadata?.fileType }, host.locale);
  const words = metadata?.fileName ? caption(message) : '';
  const drawing = message.messageType === 'image' ? iconImage : iconFile;
  return {
    content: html`${fileRow({ name, detail, url, drawing }, host, broken)}${
      words ? html`<div class="under">${richText(words, host, { markup: host.markup })}</div>` : nothing
    }`,
  };
}
