import { describe, expect, test } from 'vitest';
import { BriefingError } from '../src/domain/briefing-error.ts';
import { parseNewsletters, resolveFeedUrl } from '../src/newsletter-config.ts';

const FILE = '/srv/brief/daybrief.yaml';
const LEAST = {
  slug: 'morning',
  name: 'The Morning',
  sender: { address: 'brief@example.org' },
  zone: 'Europe/Berlin',
  themes: [{ slug: 'world', name: 'World' }],
};

describe('the newsletters of daybrief.yaml', () => {
  test('need little: the rest has sensible defaults', () => {
    const [configured] = parseNewsletters([LEAST], FILE);
    expect(configured).toEqual({
      newsletter: {
        slug: 'morning',
        name: 'The Morning',
        language: 'en',
        sender: { name: '', address: 'brief@example.org' },
        zone: 'Europe/Berlin',
        sendTime: '07:00',
        weekdays: [1, 2, 3, 4, 5, 6, 7],
        kind: 'daily',
        deadlineMinutes: 240,
        missedRun: 'roll',
        look: 'broadsheet',
        minimumStories: 3,
        postalAddress: '',
        themes: [{ slug: 'world', name: 'World', words: [], cap: 4, weight: 1 }],
        defaultTheme: null,
        editors: [],
        readerTime: 'newsletter',
        holidays: [],
        rules: { excludedWords: [], languages: [], interests: {}, minutes: 4, outletCap: 5 },
        isPaused: false,
      },
      feeds: [],
    });
  });

  test('are read with everything that can be said', () => {
    const written = {
      ...LEAST,
      language: 'pt-BR',
      send_time: '05:45',
      weekdays: ['sun', 'mon'],
      kind: 'weekly',
      missed_run: 'skip',
      languages: ['pt', 'es'],
      exclude: ['Horoscope'],
      interests: { 'Grain price': 1.5 },
      minutes: 8,
      outlet_cap: 3,
      themes: [{ slug: 'sea', name: 'Sea', words: ['Ferry'], cap: 2, weight: 2 }],
      feeds: [
        { url: 'https://a.example/feed', theme: 'sea', weight: 2.5, exclude: ['Quiz'] },
        { url: './wires', outlet: 'The Wire', headline_only: true },
      ],
    };
    const [configured] = parseNewsletters([written], FILE);
    expect(configured?.newsletter).toMatchObject({
      sendTime: '05:45',
      weekdays: [7, 1],
      kind: 'weekly',
      missedRun: 'skip',
      themes: [{ words: ['ferry'], cap: 2, weight: 2 }],
      rules: {
        excludedWords: ['Horoscope'],
        languages: ['pt', 'es'],
        interests: { 'grain price': 1.5 },
        minutes: 8,
        outletCap: 3,
      },
    });
    expect(configured?.feeds).toMatchObject([
      { url: 'https://a.example/feed', theme: 'sea', weight: 2.5, exclude: ['Quiz'] },
      { url: 'file:///srv/brief/wires', outlet: 'The Wire' },
    ]);
  });

  test('that are wrong are refused all together, each place by name', () => {
    const wrong = [
      { ...LEAST, zone: 'Berlin', send_time: '7:00', weekdays: ['monday'] },
      { ...LEAST, slug: 'The Evening', sender: { address: 'a@b@c' }, themes: [], colour: 'red' },
    ];
    const error = catchError(() => parseNewsletters(wrong, FILE));
    expect(error).toMatchObject({ name: 'BriefingError', code: 'invalid' });
    for (const place of ['[1].zone', '[1].send_time', '[1].weekdays[1]'])
      expect(error.message).toContain(`newsletters${place}:`);
    for (const place of ['[2].slug', '[2].sender.address', '[2].themes'])
      expect(error.message).toContain(`newsletters${place}:`);
    expect(error.message).toContain('colour');
    expect(error.message).toContain(FILE);
  });

  test('cannot share a slug', () => {
    const error = catchError(() => parseNewsletters([LEAST, LEAST], FILE));
    expect(error.message).toMatch(/"morning" twice/);
  });

  test.each([
    ['a number for a time, as YAML reads 07:00 without quotes', { send_time: 420 }],
    ['a deadline of no length', { deadline_minutes: 0 }],
    ['a sender that would inject a header', { sender: { address: 'a@b.org/\r\nBcc: c@d.org' } }],
    ['no weekday', { weekdays: [] }],
    ['a default theme that is none of its themes', { default_theme: 'sport' }],
    ['a theme that holds nothing', { themes: [{ slug: 'a', name: 'A', cap: 0 }] }],
  ])('cannot have %s', (_what, change) => {
    expect(() => parseNewsletters([{ ...LEAST, ...change }], FILE)).toThrow(BriefingError);
  });

  test('may be none', () => {
    expect(parseNewsletters(undefined, FILE)).toEqual([]);
  });
});

describe('the address of a feed', () => {
  test.each([
    ['https://A.example/feed', 'https://a.example/feed'],
    ['http://a.example', 'http://a.example/'],
    ['wires', 'file:///srv/brief/wires'],
    ['/var/wires', 'file:///var/wires'],
    ['../with space & #', 'file:///srv/with%20space%20&%20%23'],
  ])('%s becomes %s', (written, key) => {
    expect(resolveFeedUrl(written, '/srv/brief')).toBe(key);
  });

  test.each(['ftp://a.example/feed', 'javascript:alert(1)', 'https://', 'data:text/xml,<rss/>'])(
    '%s is refused',
    (written) => {
      expect(() => resolveFeedUrl(written, '/srv/brief')).toThrow(BriefingError);
    },
  );
});

function catchError(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
}

describe('the design of a newsletter', () => {
  const parse = (design: unknown) => parseNewsletters([{ ...LEAST, design }], FILE)[0]?.newsletter;

  test('is kept under the names that looks use', () => {
    const logo = { url: 'https://example.org/logo.png', width: 180, alt: 'The Morning' };
    const design = { accent: '#7A0019', dark_paper: '#101010', serif: "'Iowan Old Style', serif" };
    expect(parse({ ...design, logo, charts: false })?.design).toEqual({
      values: { accent: '#7a0019', darkPaper: '#101010', serif: "'Iowan Old Style', serif" },
      logo,
      charts: false,
    });
    expect(parse({})?.design).toEqual({ values: {}, logo: null, charts: true });
  });

  test.each([
    [{ accent: 'red' }, /design\.accent: use a colour such as/],
    [{ serif: 'Georgia"><script>' }, /design\.serif: use fonts such as/],
    [
      { logo: { url: 'http://example.org/x.png', width: 90, alt: 'x' } },
      /design\.logo\.url: .*https/,
    ],
    [{ logo: { url: 'https://example.org/x.png', width: 900, alt: 'x' } }, /design\.logo\.width/],
    [{ logo: { url: 'https://example.org/x.png', width: 90 } }, /design\.logo\.alt/],
    [{ shadow: '#000000' }, /design: .*shadow/],
  ])('%j is refused', (design, message) => {
    expect(() => parse(design)).toThrow(message);
  });
});
