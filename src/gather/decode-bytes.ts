interface DecodedText {
  readonly text: string;
  /** The encoding's name in the WHATWG Encoding Standard, lower case. */
  readonly encoding: string;
}

const HEAD_BYTES = 2_048;

/**
 * Bytes as text: by byte order mark, HTTP charset, XML declaration or HTML meta, whichever first fits the bytes;
 * else UTF-8, or windows-1252 when the bytes are clearly not UTF-8.
 */
export function decodeBytes(bytes: Uint8Array, contentType: string | null): DecodedText {
  const marked = findMark(bytes) ?? findWide(bytes);
  if (marked) return { text: decode(bytes, marked), encoding: marked };
  const head = decode(bytes.subarray(0, HEAD_BYTES), 'windows-1252');
  for (const label of listDeclared(head, contentType)) {
    const encoding = nameEncoding(label);
    if (!encoding || encoding.startsWith('utf-16')) continue;
    const text = decodeStrictly(bytes, encoding);
    if (text !== null) return { text, encoding };
  }
  return decodeUndeclared(bytes);
}

function findMark(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 without a mark shows in the zero byte beside the first “<”. */
function findWide(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if (first === 0x3c && second === 0) return 'utf-16le';
  if (first === 0 && second === 0x3c) return 'utf-16be';
  return null;
}

function listDeclared(head: string, contentType: string | null): string[] {
  const http = /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? '');
  const xml = /<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)/i.exec(head);
  const meta = /<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)/i.exec(head);
  return [http, xml, meta].flatMap((match) => match?.[1] ?? []);
}

function nameEncoding(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

function decodeStrictly(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A stray bad byte in a UTF-8 document becomes one U+FFFD; a document with more bad than good ones was windows-1252. */
function decodeUndeclared(bytes: Uint8Array): DecodedText {
  const text = decode(bytes, 'utf-8');
  const bad = text.match(/\uFFFD/g)?.length ?? 0;
  const good = bad === 0 ? 1 : (text.match(/[\u0080-\uFFFC]/g)?.length ?? 0);
  if (good >= bad) return { text, encoding: 'utf-8' };
  return { text: decode(bytes, 'windows-1252'), encoding: 'windows-1252' };
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}
