import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../src/gather/decode-bytes.ts';

const TEXTS = {
  russian: 'Власти города сообщили в понедельник, что строительство порта завершится к концу года.',
  hebrew: 'ראש העיר אמר היום כי הנמל החדש ייפתח עד סוף החודש, למרות ההתנגדות.',
  greek: 'Ο δήμαρχος δήλωσε σήμερα ότι το νέο λιμάνι θα ανοίξει μέχρι το τέλος του μήνα.',
  arabic: 'قال رئيس البلدية اليوم إن الميناء الجديد سيفتح قبل نهاية الشهر رغم المعارضة',
  turkish: 'Belediye başkanı bugün yeni limanın ay sonuna kadar açılacağını söyledi.',
  czech:
    'Starosta dnes řekl, že nový přístav bude otevřen do konce měsíce, přestože občané nesouhlasí.',
  german:
    'Der Bürgermeister sagte heute, der neue Hafen werde später eröffnet als geplant – für alle.',
  japanese: '市長は月曜日、新しい港を今月末までに開く見通しだと発表した。野党は反対している。',
  chinese: '市长周一表示，新港口将在本月底之前开放，尽管有人提出异议。',
  korean: '시장은 월요일 새 항구가 이달 말까지 열릴 것이라고 밝혔다. 야당은 반대하고 있다.',
};

function read(bytes: Uint8Array, contentType: string | null = null): string {
  return decodeBytes(bytes, contentType).text;
}

describe('bytes without any word about their encoding', () => {
  it.each([
    ['russian', 'windows-1251'],
    ['russian', 'koi8-r'],
    ['russian', 'iso-8859-5'],
    ['hebrew', 'windows-1255'],
    ['greek', 'windows-1253'],
    ['arabic', 'windows-1256'],
    ['turkish', 'windows-1254'],
    ['czech', 'windows-1250'],
    ['german', 'windows-1252'],
    ['japanese', 'shift_jis'],
    ['japanese', 'euc-jp'],
    ['chinese', 'gb18030'],
    ['korean', 'euc-kr'],
  ] as const)('in %s are found to be %s', (language, encoding) => {
    const document = `<rss><channel><title>${TEXTS[language]}</title></channel></rss>`;
    expect(read(iconv.encode(document, encoding))).toBe(document);
  });
});

describe('a label', () => {
  it.each([
    ['windows-1251', TEXTS.russian, 'win1251'],
    ['windows_1251', TEXTS.russian, 'win1251'],
    ['CP866', TEXTS.russian, 'cp866'],
    ['csIBM855', TEXTS.russian, 'cp855'],
    ['mac-cyrillic', TEXTS.russian, 'maccyrillic'],
    ['gb2312', TEXTS.chinese, 'gb2312'],
    ['x-mac-japanese', TEXTS.japanese, 'shift_jis'],
    ['ks_x_1001', TEXTS.korean, 'euckr'],
    ['iso_8859-7', 'Λιμάνι', 'iso88597'],
    ['cspc8codepage437', 'Fähre ½', 'cp437'],
    ['macroman', 'Fähre', 'macroman'],
  ])('%s is understood', (label, text, encoding) => {
    const document = `<?xml version="1.0" encoding="${label}"?><a>${text}</a>`;
    expect(read(iconv.encode(document, encoding))).toBe(document);
  });

  it('of an unknown encoding does no harm', () => {
    const document = '<?xml version="1.0" encoding="klingon"?><a>Fähre</a>';
    expect(read(Buffer.from(document))).toBe(document);
  });

  it.each(['utf-16', 'utf-32', 'ibm037', 'utf-8'])('%s does no harm to ASCII', (label) => {
    const document = `<?xml version="1.0" encoding="${label}"?><a>ferry</a>`;
    expect(read(Buffer.from(document))).toBe(document);
  });
});

describe('wide characters', () => {
  it.each(['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])('in %s need no mark', (encoding) => {
    const document = '<rss><channel><title>Fähre 🚢</title></channel></rss>';
    expect(read(iconv.encode(document, encoding))).toBe(document);
    expect(read(iconv.encode(`\uFEFF${document}`, encoding)).replace('\uFEFF', '')).toBe(document);
  });
});

describe('two words about the encoding', () => {
  const document = '<?xml version="1.0" encoding="windows-1251"?><a>Порт</a>';

  it('end with the server being right', () => {
    const bytes = iconv.encode(document, 'koi8-r');
    expect(read(bytes, 'text/xml; charset=koi8-r')).toBe(document);
  });

  it('end with the document being right where the server has only its default', () => {
    const bytes = iconv.encode(document, 'win1251');
    expect(read(bytes, 'text/xml; charset=ISO-8859-1')).toBe(document);
  });

  it('end with the bytes being right where they are UTF-8', () => {
    expect(read(Buffer.from(document), 'text/xml; charset=koi8-r')).toBe(document);
  });
});
