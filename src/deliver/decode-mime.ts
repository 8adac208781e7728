/** Undoes a transfer encoding (RFC 2045, section 6) of text held one byte a character; what is broken is left as it is. */
export function decodeTransfer(binary: string, encoding: string): string {
  const name = encoding.trim().toLowerCase();
  if (name === 'base64') return Buffer.from(binary, 'base64').toString('latin1');
  return name === 'quoted-printable' ? decodeQuoted(binary.replace(/=[ \t]*\r?\n/g, '')) : binary;
}

/** Bytes held one a character as text of a charset; an unknown one, or none, is taken for UTF-8 where it fits and Windows-1252 elsewhere. */
export function decodeCharset(binary: string, charset: string): string {
  const bytes = Buffer.from(binary, 'latin1');
  const name = charset.trim().toLowerCase();
  if (name && name !== 'us-ascii' && name !== 'utf-8') {
    try {
      return new TextDecoder(name).decode(bytes);
    } catch {
      // A charset nobody knows: guessed below.
    }
  }
  // Japanese servers write ISO-2022-JP without naming it.
  if (binary.includes('\u001b$B')) return new TextDecoder('iso-2022-jp').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const ENCODED_WORD = /=\?([\w.:-]{1,40})(?:\*[\w-]{1,20})?\?([bq])\?([^?]{0,1000})\?=/gi;

/** A header's value with its encoded words (RFC 2047) read. */
export function decodeHeader(binary: string): string {
  if (!binary.includes('=?')) return decodeCharset(binary, '');
  return binary
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(ENCODED_WORD, (_, ...[charset, kind, text]: [string, string, string]) =>
      kind.toLowerCase() === 'b'
        ? decodeCharset(decodeTransfer(text, 'base64'), charset)
        : decodeCharset(decodeQuoted(text.replaceAll('_', ' ')), charset),
    );
}

function decodeQuoted(text: string): string {
  return text.replace(/=([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}
