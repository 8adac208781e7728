import iconv from 'iconv-lite';

/** Encodings of several bytes a character, by which a text in another one is rarely readable. */
const MULTIBYTE = /^(?:gb|big5|euc-|shift_jis|iso-2022)/;
/** Other names of encodings every decoder knows, in letters and digits only. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:big5|hkscs|xmactrad)/, 'big5'],
  [/^(?:gb18030|gb2312|gbk|eucgb|xmacsimp)/, 'gb18030'],
  [/^(?:cs)?iso2022jp/, 'iso-2022-jp'],
  [/^(?:eucj|jisx0213|ujis)/, 'euc-jp'],
  [/^(?:s(?:hift)?jis|mskanji|xmacjap)/, 'shift_jis'],
  [/^(?:euckr|ksc|ksx|uhc|xmackor)/, 'euc-kr'],
  [/^(?:tis620|iso885911(?:2001)?$)/, 'windows-874'],
  [/^iso88595/, 'iso-8859-5'],
];
/** Old code pages as registries and Python name them, and as iconv-lite does. */
const CODE_PAGES: readonly (readonly [RegExp, string])[] = [
  [/^(?:cp|ibm)1051$/, 'hproman8'],
  [/^(?:cs)?(?:ibm|cp|pc8?codepage|pccp|pcp?)?(\d{3,4})\D*$/, 'cp$1'],
  [/^cpis$/, 'cp861'],
  [/^cpgr$/, 'cp869'],
  [/^ruscii$/, 'cp1125'],
  [/^x?mac(croatian|cyrillic|greek|iceland|roman|romania|thai|turkish|ukraine)$/, 'mac$1'],
];

/** The name under which `label` can be decoded: the WHATWG Encoding Standard's, else the label in lower case; null when nobody knows it. */
export function nameEncoding(label: string): string | null {
  const lower = label.toLowerCase();
  const letters = lower.replace(/[^a-z0-9]/g, '');
  const other = SPELLINGS.find(([names]) => names.test(letters))?.[1] ?? letters;
  for (const spelling of [lower, lower.replaceAll('_', '-'), letters, other]) {
    const known = findStandard(spelling);
    if (known) return known;
  }
  return iconv.encodingExists(nameCodePage(lower)) ? lower : null;
}

/** True for the East Asian encodings of several bytes a character. */
export function isMultibyte(encoding: string): boolean {
  return MULTIBYTE.test(encoding);
}

/** Bytes as text in an encoding named by nameEncoding; what cannot be read becomes U+FFFD. */
export function decodeAs(bytes: Uint8Array, encoding: string): string {
  if (findStandard(encoding)) return new TextDecoder(encoding).decode(bytes);
  return iconv.decode(bytes, nameCodePage(encoding));
}

/** The same, or null when any byte cannot be read. */
export function decodeStrictly(bytes: Uint8Array, encoding: string): string | null {
  if (!findStandard(encoding)) {
    const text = decodeAs(bytes, encoding);
    return text.includes('\uFFFD') ? null : text;
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function findStandard(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

function nameCodePage(label: string): string {
  const letters = label.replace(/[^a-z0-9]/g, '');
  const known = CODE_PAGES.find(([names]) => names.test(letters));
  return known ? letters.replace(...known) : letters;
}
