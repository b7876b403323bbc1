/** What stands at the end of the bar: how much room is left, and where the message goes. */
import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { ChannelSheet, Prospect } from '../../contract/index.js';
import { channelBadge, channelName } from '../bits/channel-badge.js';
import { plainLabel } from '../bits/plain-label.js';
import { segmentsOf, type Segments } from './sms-segments.js';

/** The counter appears when so much of the channel's length is used. */
const NEARLY = 0.9;

/** `text`: what is written; asked only where it matters how, and not only how long. */
export function lengthCount(sheet: ChannelSheet, length: number, text: () => string): TemplateResult {
  const counts = sheet.segments && length > 0 && length <= sheet.maxLength;
  return html`${counts ? segmentCount(segmentsOf(text())) : nothing}${nearlyFull(sheet, length)}`;
}

function nearlyFull(sheet: ChannelSheet, length: number): TemplateResult | typeof nothing {
  if (length < sheet.maxLength * NEARLY) return nothing;
  const left = sheet.maxLength - length;
  const channel = channelName(sheet);
  const words = left < 0 ? msg(str`${-left} characters too many for ${channel}`) : msg(str`${left} characters left`);
  return html`<span class="left ${left < 0 ? 'is-over' : ''}" id="count" role="status">${words}</span>`;
}

/** What it costs, in short messages. Not announced: it changes with every letter. */
const segmentCount = ({ count, left }: Segments): TemplateResult =>
  html`<span class="left" part="segments">${msg(str`${count} SMS · ${left} left`)}</span>`;

export const recipient = (prospect: Prospect | undefined, sheet: ChannelSheet): TemplateResult =>
  html`<span class="via"
    >${channelBadge(sheet)}${
      prospect ? html`<span class="cut">${msg('to')} <bdi>${plainLabel(prospect.identifier)}</bdi></span>` : nothing
    }</span
  >`;
