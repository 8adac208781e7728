const LONGEST_LINE = 76;

/**
 * A text as quoted-printable (RFC 2045, section 6.7): lines of at most 76 characters that end in CRLF, no character split between two,
 * nothing at the end of a line that a server may trim, and no line that starts with a dot or with `From `, which servers may change.
 */
export function encodeQuotedPrintable(text: string): string {
  return text
    .toWellFormed()
    .split(/\r\n|\r|\n/)
    .map(encodeLine)
    .join('\r\n');
}

/** A line that needs no encoding: short, ASCII, and without what `encodeLine` looks out for. */
const PLAIN_LINE = /^(?!\.|From )[\t\x20-\x3c\x3e-\x7e]{0,75}(?<![\t ])$/;

function encodeLine(line: string): string {
  if (PLAIN_LINE.test(line)) return line;
  const last = line.length - 1;
  let encoded = '';
  let column = 0;
  let at = 0;
  for (const character of line) {
    const isFirst = column === 0 || column + 3 > LONGEST_LINE - 1;
    const isRisky =
      (isFirst && (character === '.' || line.startsWith('From ', at))) ||
      (at === last && (character === ' ' || character === '\t'));
    const atom = isRisky ? encodeBytes(character) : encodeCharacter(character);
    if (column + atom.length > LONGEST_LINE - 1) {
      encoded += '=\r\n';
      column = 0;
    }
    encoded += atom;
    column += atom.length;
    at += character.length;
  }
  return encoded;
}

function encodeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  const isPlain = (code >= 0x20 && code <= 0x7e && code !== 0x3d) || code === 0x09;
  return isPlain ? character : encodeBytes(character);
}

function encodeBytes(character: string): string {
  return Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '=$&');
}
