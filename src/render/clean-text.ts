// Overrides and isolates (UAX #9) can turn the rest of a mail around; the marks U+200E and U+200F stay, they only help.
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Text from a feed as it may be printed: one line, well-formed, without control characters; empty for what is no text. */
export function cleanText(text: string | null | undefined): string {
  const plain = typeof text === 'string' ? text : '';
  return plain
    .toWellFormed()
    .replace(DIRECTION_CONTROLS, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** The address when it leads to a web page (http or https), else an empty string. */
export function cleanLink(url: string | null | undefined): string {
  const link = URL.parse(cleanText(url));
  return link && /^https?:$/.test(link.protocol) ? link.href : '';
}
