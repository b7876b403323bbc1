/** A bare bubble: text and time. What list engines without a kit of their own are measured with. */
export const STYLE = `
  .log { block-size: 100%; overflow-y: auto; overflow-anchor: none; position: relative; font: 14px/20px system-ui; }
  .row { padding: 4px 12px; box-sizing: border-box; inline-size: 100%; }
  .bubble { background: #eee; border-radius: 10px; max-inline-size: 600px; padding: 8px 12px; inline-size: fit-content; }
  .row.agent .bubble { background: #dde6fb; margin-inline-start: auto; }
  .bubble img { display: block; block-size: 120px; inline-size: 160px; }
  time { color: #666; font-size: 12px; }
`;

const escaped = (text) => text.replace(/[&<]/g, (sign) => (sign === '&' ? '&amp;' : '&lt;'));

export const bubbleHtml = ({ senderType, content, metadata, timestamp }) =>
  `<div class="row ${senderType}"><div class="bubble">${metadata?.imageUrl ? `<img src="${metadata.imageUrl}" alt="">` : ''}<span>${escaped(content)}</span> <time>${timestamp.slice(11, 16)}</time></div></div>`;
