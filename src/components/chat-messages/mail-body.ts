import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Attachment } from '../../contract/index.js';
import type { Message } from '../../store/state.js';
import { safeMedia } from '../bits/addresses.js';
import { icon } from '../bits/icons.js';
import { iconMore, iconReply } from '../bits/more-icons.js';
import { plainLabel } from '../bits/plain-label.js';
import type { Body, BodyHost } from './body-host.js';
import { fileRows } from './file-row.js';
import { richText } from './rich-text.js';
import { isServers } from './servers-own.js';

/** Lines that introduce what was written before, in the mail programs of our customers' languages. */
const INTRODUCES =
  /^(?:-{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|mensaje original|mensagem original|message d'origine|messaggio originale)\s*-{2,}|(?:on|am|le|el|em|il|op|den)\s.{4,200}(?:wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev)\s?:)\s*$/iu;
/** So much of a mail is looked through for it: what comes later stands in the text, where nobody has to read it. */
const LOOKED_THROUGH = 20_000;
const LINES = 2000;

/** The words of this mail, and those of earlier ones that it quotes at its end. */
export function splitQuoted(text: string): { own: string; quoted: string } {
  const whole = text.length <= LOOKED_THROUGH;
  const lines = text.slice(0, LOOKED_THROUGH).split('\n', LINES);
  let at = lines.findIndex((line) => INTRODUCES.test(line.trim()));
  if (at < 0) {
    if (!whole) return { own: text, quoted: '' };
    // A tail of `>` lines; an answer between the quotes stays where it is.
    at = lines.length;
    while (at > 0 && /^\s*(?:>|$)/u.test(lines[at - 1] ?? '')) at--;
    if (!lines.slice(at).some((line) => line.trim().startsWith('>'))) return { own: text, quoted: '' };
  }
  const own = lines.slice(0, at).join('\n');
  // A mail that is all quotation has nothing else to show.
  return own.trim() ? { own: own.trimEnd(), quoted: text.slice(own.length).trim() } : { own: text, quoted: '' };
}

let frame: Promise<unknown> | undefined;

/** The sanitiser and its frame come with the first e-mail that needs them. */
function wantFrame(host: BodyHost): void {
  frame ??= import('./mail-frame.js').catch(() => {
    frame = undefined;
    host.toggle('plain'); // without them there are still the words
  });
}

/** Pictures inside the mail's text, by their content id. They stay listed too: not every mail can be shown as it is. */
function inlineOf(attachments: readonly Attachment[], page: string, host: BodyHost): ReadonlyMap<string, string> {
  const shown = new Map<string, string>();
  let named: ReadonlySet<string> | undefined;
  for (const { contentId, type, url } of attachments) {
    const id = contentId?.replace(/^<|>$/gu, '');
    const source = safeMedia(url, 'image');
    if (!id || !source || !(type ?? 'image/').startsWith('image/')) continue;
    // Pictures that are no letters from outside: they come with the message, or from the server itself.
    if (!source.startsWith('data:') && !isServers(source, host.chat, (atom) => host.read(atom))) continue;
    named ??= new Set(page.match(/\bcid:[^"'\s<>)]+/giu)?.map((name) => name.slice(4)));
    // Some programs write it as in an address.
    if (named.has(id) || named.has(encodeURIComponent(id))) shown.set(id, source);
  }
  return shown;
}

export function mailBody(message: Message, host: BodyHost): Body {
  const { subject, from, to, cc, html: page, attachments } = message.metadata ?? {};
  const hasPage = page !== undefined && page !== '' && !host.isOpen('plain');
  if (hasPage) wantFrame(host);
  const inline = inlineOf(attachments ?? [], hasPage ? page : '', host);
  const { own, quoted } = hasPage ? { own: '', quoted: '' } : splitQuoted(message.content);
  return {
    look: 'mail',
    content: html`<div class="mail__h">
        <h3>
          <span class="cut grow" dir="auto">${plainLabel(subject ?? '') || msg('No subject')}</span>${
            host.reply
              ? html`<button
                  type="button"
                  class="ib"
                  part="mail-reply"
                  aria-label=${msg('Reply to this email')}
                  title=${msg('Reply to this email')}
                  @click=${host.reply}
                >
                  ${icon(iconReply, 18, 'flip')}
                </button>`
              : nothing
          }
        </h3>
        ${
          from || to
            ? html`<p class="cut" title=${plainLabel([from, to].filter(Boolean).join(' → '))}>
                ${from ? html`${msg('From')} <bdi>${plainLabel(from)}</bdi>` : nothing}
                ${to ? html`${msg('to')} <bdi>${plainLabel(to)}</bdi>` : nothing}
              </p>`
            : nothing
        }${cc ? html`<p class="cut" title=${plainLabel(cc)}>${msg('Cc')} <bdi>${plainLabel(cc)}</bdi></p>` : nothing}
      </div>
      <div class="mail__b">
        ${
          hasPage
            ? html`<crm-mail-frame
                .inline=${inline}
                .page=${page}
                .plain=${message.content}
                .locale=${host.locale}
                .label=${msg(str`Email: ${plainLabel(subject ?? '') || msg('No subject')}`)}
                .settings=${frameSettings(host)}
              ></crm-mail-frame>`
            : html`<p>${richText(own, host)}</p>`
        }${quoted ? quotation(quoted, host) : nothing}${
          attachments && attachments.length > 0 ? fileRows(attachments, host) : nothing
        }
      </div>`,
  };
}

/** What the agent has asked for in this mail, and how to ask for it. */
export interface MailSettings {
  readonly images: boolean;
  readonly quoted: boolean;
  readonly whole: boolean;
  /** Wants to see also what costs time. */
  readonly heavy: boolean;
  toggle(what: 'images' | 'quoted' | 'whole' | 'heavy'): void;
}

function frameSettings(host: BodyHost): MailSettings {
  return {
    images: host.isOpen('images'),
    quoted: host.isOpen('quoted'),
    whole: host.isOpen('whole'),
    heavy: host.isOpen('heavy'),
    toggle: (what) => host.toggle(what),
  };
}

/** The button that shows and hides what was written before. */
export function dots(open: boolean, toggle: () => void): TemplateResult {
  return html`<button
    type="button"
    class="dots"
    part="quoted-toggle"
    aria-expanded=${open ? 'true' : 'false'}
    aria-label=${open ? msg('Hide quoted text') : msg('Show quoted text')}
    title=${open ? msg('Hide quoted text') : msg('Show quoted text')}
    @click=${toggle}
  >
    ${icon(iconMore, 16)}
  </button>`;
}

function quotation(text: string, host: BodyHost): TemplateResult {
  const open = host.isOpen('quoted');
  return html`${dots(open, () => host.toggle('quoted'))}${
    open ? html`<p class="mail__q">${richText(text, host)}</p>` : nothing
  }`;
}
