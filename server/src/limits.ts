/**
 * How much is taken at once. Whatever a channel's sheet allows must come in, so the three bounds stand in this order:
 * the longest text of any sheet (email: 60,000 UTF-16 units) < CONTENT_MAX < PACKET_MAX. A packet over PACKET_MAX ends
 * the connection without an answer, and a client that sends it again would never get out of that circle.
 */

/** Bytes of one message's content in UTF-8, where a unit takes three at most: 180,000 for the longest text. */
export const CONTENT_MAX = 240 * 1024;

/** Bytes in JSON of what comes beside a message's text; a page of fifty must not be a load of its own. */
export const METADATA_MAX = 64 * 1024;

/** Bytes of an e-mail's HTML (`metadata.html`), which is a text of its own. */
export const HTML_MAX = 240 * 1024;

/** Bytes of one packet: in JSON a control character takes six, and the message's other fields come beside its text. */
export const PACKET_MAX = 1024 * 1024;
