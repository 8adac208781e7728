/** EBCDIC of North America, IBM code page 037, from byte 0 to byte 255. */
const AMERICAN =
  '\u0000\u0001\u0002\u0003\u009C\u0009\u0086\u007F\u0097\u008D\u008E\u000B\u000C\u000D\u000E\u000F\u0010\u0011\u0012\u0013\u009D\u0085\u0008\u0087\u0018\u0019\u0092\u008F\u001C\u001D\u001E\u001F\u0080\u0081\u0082\u0083\u0084\u000A\u0017\u001B\u0088\u0089\u008A\u008B\u008C\u0005\u0006\u0007\u0090\u0091\u0016\u0093\u0094\u0095\u0096\u0004\u0098\u0099\u009A\u009B\u0014\u0015\u009E\u001A' +
  ' \u00A0âäàáãåçñ¢.<(+|&éêëèíîïìß!$*);¬-/ÂÄÀÁÃÅÇÑ¦,%_>?øÉÊËÈÍÎÏÌ`:#@\'="' +
  'Øabcdefghi«»ðýþ±°jklmnopqrªºæ¸Æ¤µ~stuvwxyz¡¿ÐÝÞ®^£¥·©§¶¼½¾[]¯¨´×' +
  '{ABCDEFGHI\u00ADôöòóõ}JKLMNOPQR¹ûüùúÿ\\÷STUVWXYZ²ÔÖÒÓÕ0123456789³ÛÜÙÚ\u009F';
/** Where the other code pages differ: the first byte of a run and its characters. */
const DIFFERENCES: Readonly<Record<string, readonly (readonly [number, string])[]>> = {
  cp037: [],
  cp424: [
    [0x41, 'אבגדהוזחט'],
    [0x51, 'יךכלםמןנס'],
    [0x62, 'עףפץצקרש'],
    [0x70, '\uFFFDת\uFFFD\uFFFD\u00A0\uFFFD\uFFFD\uFFFD‗'],
    [0x80, '\uFFFD'],
    [0x8c, '\uFFFD\uFFFD\uFFFD'],
    [0x9a, '\uFFFD\uFFFD\uFFFD'],
    [0x9e, '\uFFFD'],
    [0xaa, '\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD'],
    [0xcb, '\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD'],
    [0xdb, '\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD'],
    [0xeb, '\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD'],
    [0xfb, '\uFFFD\uFFFD\uFFFD\uFFFD'],
  ],
  cp500: [
    [0x4a, '['],
    [0x4f, '!'],
    [0x5a, ']'],
    [0x5f, '^'],
    [0xb0, '¢'],
    [0xba, '¬|'],
  ],
  cp1026: [
    [0x48, '{'],
    [0x4a, 'Ç'],
    [0x4f, '!'],
    [0x5a, 'Ğİ'],
    [0x5f, '^'],
    [0x68, '['],
    [0x6a, 'ş'],
    [0x79, 'ı'],
    [0x7b, 'ÖŞ'],
    [0x7f, 'Ü'],
    [0x8c, '}`¦'],
    [0xa1, 'ö'],
    [0xac, ']$@'],
    [0xb0, '¢'],
    [0xba, '¬|'],
    [0xc0, 'ç'],
    [0xcc, '~'],
    [0xd0, 'ğ'],
    [0xdc, '\\'],
    [0xe0, 'ü'],
    [0xec, '#'],
    [0xfc, '"'],
  ],
  cp1140: [[0x9f, '€']],
};
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^(?:cs)?(?:ibm|cp)?-?0?3[79]$|^ebcdic-cp-(?:ca|nl|us|wt)$/, 'cp037'],
  [/^(?:cs)?(?:ibm|cp)?-?424$|^ebcdic-cp-he$/, 'cp424'],
  [/^(?:cs)?(?:ibm|cp)?-?500$|^ebcdic-cp-(?:be|ch)$/, 'cp500'],
  [/^(?:cs)?(?:ibm|cp)?-?1026$/, 'cp1026'],
  [/^(?:cs)?(?:ibm|cp)?-?0?1140$/, 'cp1140'],
];

/** Text written in EBCDIC, in the code page `label` names, or in the American one. */
export function decodeEbcdic(bytes: Uint8Array, label: string): string {
  const written = label.toLowerCase().replaceAll('_', '-');
  const page = NAMES.find(([names]) => names.test(written))?.[1] ?? 'cp037';
  const table = [...AMERICAN];
  for (const [start, characters] of DIFFERENCES[page] ?? [])
    table.splice(start, characters.length, ...characters);
  const codes = table.map((character) => character.charCodeAt(0));
  const units = new Uint16Array(bytes.length);
  bytes.forEach((byte, place) => (units[place] = codes[byte] ?? 0));
  return Buffer.from(units.buffer).toString('utf16le');
}
