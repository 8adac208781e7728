import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { clusterArticles } from '../../src/cluster/cluster-articles.ts';
import { compileBackground, type CommonWords } from '../../src/cluster/compile-background.ts';
import type { Candidate } from '../../src/domain/article.ts';
import type { Story } from '../../src/domain/story.ts';
import {
  HARBOUR_FIRE,
  HARBOUR_FIRE_ELSEWHERE,
  RATE_CUT,
  sampleArticle,
  TOWN_FIRES,
} from './sample-articles.ts';

const QUIET_WORDS = 'otter bridge violin quarry lantern meadow copper saddle thistle glacier'.split(
  ' ',
);

function groupKeys(stories: readonly Story[]): readonly (readonly string[])[] {
  return stories.map(({ articles }) => [...articles].sort()).sort();
}

/** A text of its own for every number, long enough to be told from the others. */
function inventText(seed: number): string {
  const words = Array.from({ length: 40 }, (_, place) => {
    const word = QUIET_WORDS[(seed * 7 + place * (seed + 3)) % QUIET_WORDS.length];
    return `${word}${(seed * 31 + place) % 997}`;
  });
  return `${words.join(' ')}.`;
}

/** A megabyte of words that are all different. */
function inventLongTitle(): string {
  return Array.from({ length: 150_000 }, (_, place) => place.toString(36)).join(' ');
}

describe('one event, one story', () => {
  test('of three articles the two about one event become a story and the third stays alone', () => {
    const stories = clusterArticles([RATE_CUT, HARBOUR_FIRE, HARBOUR_FIRE_ELSEWHERE]);
    expect(groupKeys(stories)).toEqual([['courier-fire', 'globe-fire'], ['ledger-rates']]);
  });

  test('two quakes on one day in different places stay two stories', () => {
    const quakes = [
      sampleArticle({
        key: 'q1',
        title: 'Strong earthquake shakes northern Chile, no tsunami warning',
        summary: 'A magnitude 6.4 quake struck off Iquique in northern Chile before dawn.',
      }),
      sampleArticle({
        key: 'q2',
        title: 'Earthquake in eastern Turkey kills at least nine people',
        summary: 'Rescuers searched collapsed houses in Malatya after a quake in eastern Turkey.',
      }),
    ];
    expect(clusterArticles(quakes)).toHaveLength(2);
  });

  test('two fires of one kind in two towns, each in four outlets, stay two stories', () => {
    const fires = Object.entries(TOWN_FIRES).flatMap(([summary, titles]) =>
      titles.map((title, place) => sampleArticle({ key: `${title}${place}`, title, summary })),
    );
    expect(clusterArticles(fires).map((story) => story.articles.length)).toEqual([4, 4]);
  });

  test('the same words two weeks apart are two stories', () => {
    const later = { ...HARBOUR_FIRE_ELSEWHERE, publishedAt: '2026-03-16T06:30:00.000Z' };
    expect(clusterArticles([HARBOUR_FIRE, later])).toHaveLength(2);
  });

  test('articles of different languages never share a story, whatever their words', () => {
    const inGerman = { ...HARBOUR_FIRE, key: 'de-fire', language: 'de' };
    expect(clusterArticles([HARBOUR_FIRE, inGerman])).toHaveLength(2);
  });

  test('articles whose language is unknown are read as English and join each other', () => {
    const unknown = [HARBOUR_FIRE, HARBOUR_FIRE_ELSEWHERE].map((article) => ({
      ...article,
      key: `${article.key}-unknown`,
      language: null,
    }));
    const stories = clusterArticles([HARBOUR_FIRE, ...unknown]);
    expect(groupKeys(stories)).toEqual([
      ['courier-fire-unknown', 'globe-fire-unknown'],
      ['globe-fire'],
    ]);
  });

  test('German articles are compared by their stems', () => {
    const german = ['Bahnstreik legt Züge in Sachsen lahm', 'Züge in Sachsen stehen: Bahnstreiks'];
    const articles = german.map((title, place) =>
      sampleArticle({ key: `g${place}`, title, language: 'de' }),
    );
    expect(clusterArticles(articles)).toHaveLength(1);
  });

  test('Japanese, which has no spaces, is compared by its words', () => {
    const titles = [
      '東京で大雪、新幹線が運休',
      '大雪で新幹線が運休 東京の交通混乱',
      '日銀が金利を引き上げ',
    ];
    const articles = titles.map((title, place) =>
      sampleArticle({ key: `j${place}`, title, language: 'ja' }),
    );
    expect(groupKeys(clusterArticles(articles))).toEqual([['j0', 'j1'], ['j2']]);
  });
});

describe('words that most news has', () => {
  const titles = [
    'President meets minister over Wellbrook ferry',
    'Minister sees president on Banmouth hospital',
  ];
  const articles = titles.map((title, place) => sampleArticle({ key: `p${place}`, title }));

  test('join two articles only as long as nobody says how common they are', () => {
    const common = ['president', 'minister'];
    const background = compileBackground({ en: { 16: common } });
    expect(clusterArticles(articles)).toHaveLength(1);
    expect(clusterArticles(articles, background)).toHaveLength(2);
  });

  const lists = parse(readFileSync('seeds/common-words.yaml', 'utf8')) as CommonWords;

  test.each([
    [
      'President meets minister over Wellbrook ferry',
      'President meets minister over Banmouth hospital',
    ],
    [
      'Government warns of strike at Wellbrook airport',
      'Government warns of drought in Kestrel valley',
    ],
    ['Man arrested after stabbing in Wellbrook', 'Man arrested after shooting in Banmouth'],
  ])('in one pattern about two things join nothing: %s', (...pattern) => {
    const headlines = pattern.map((title, place) => sampleArticle({ key: `h${place}`, title }));
    expect(clusterArticles(headlines, compileBackground(lists))).toHaveLength(2);
  });

  test('and one rare word of the event join its reports', () => {
    const reports = [
      'President meets minister over Wellbrook ferry',
      'Minister and president agree on Wellbrook ferry at last',
    ].map((title, place) => sampleArticle({ key: `h${place}`, title }));
    expect(clusterArticles(reports, compileBackground(lists))).toHaveLength(1);
  });

  test('are shipped for English, commonest first', () => {
    const shares = compileBackground(lists).get('en');
    expect(shares?.get('said') ?? shares?.get('presid')).toBe(1 / 16);
    expect(shares?.size).toBeGreaterThan(2_000);
  });
});

describe('titles that say nothing', () => {
  test('"Live updates" and "Morning briefing" join nothing by title alone', () => {
    const titles = ['Live updates', 'Morning briefing', 'Morning briefing: Monday, 2 March'];
    const articles = [...titles, ...titles].map((title, place) =>
      sampleArticle({ key: `b${place}`, title }),
    );
    expect(clusterArticles(articles)).toHaveLength(6);
  });

  test('a page of live updates still joins the event its text is about', () => {
    const live = {
      ...HARBOUR_FIRE_ELSEWHERE,
      title: 'Live updates: Port Alder warehouse fire',
    };
    expect(clusterArticles([HARBOUR_FIRE, live, RATE_CUT])).toHaveLength(2);
  });

  test('one title over different events keeps them apart when the texts do', () => {
    const articles = Array.from({ length: 12 }, (_, place) =>
      sampleArticle({ key: `c${place}`, title: 'Man arrested', summary: inventText(place) }),
    );
    expect(clusterArticles(articles)).toHaveLength(12);
  });
});

describe('columns and floods', () => {
  const outlet = { key: 'globe.example', name: 'The Globe' };

  test('the name of a column joins nothing, in whatever language', () => {
    const articles = Array.from({ length: 4 }, (_, place) =>
      sampleArticle({ key: `k${place}`, title: 'Guten Morgen, was heute wichtig wird', outlet }),
    );
    expect(clusterArticles(articles)).toHaveLength(4);
  });

  test('one title over six texts of six outlets joins nothing, but stays what its articles are called', () => {
    const articles = Array.from({ length: 6 }, (_, place) =>
      sampleArticle({
        key: `m${place}`,
        title: 'Letter from the coast: what a week that was',
        summary: inventText(place),
      }),
    );
    expect(clusterArticles(articles)).toHaveLength(6);
  });

  test.each(['one outlet', 'ten thousand outlets'])(
    'ten thousand rows of the same three words from %s are no giant story',
    (whose) => {
      const articles = Array.from({ length: 10_000 }, (_, place) =>
        sampleArticle({
          key: `w${place}`,
          title: 'Otter bridge violin',
          ...(whose === 'one outlet' ? { outlet } : {}),
        }),
      );
      const sizes = clusterArticles(articles).map((each) => each.articles.length);
      expect(sizes).toHaveLength(10_000);
    },
  );

  test('an outlet that floods ten thousand rows of a few words makes no giant story', () => {
    const articles = Array.from({ length: 10_000 }, (_, place) =>
      sampleArticle({
        key: `v${place}`,
        title: `${QUIET_WORDS[place % 10]} ${QUIET_WORDS[(place * 3) % 7]} special offer ${place}`,
        outlet,
      }),
    );
    const sizes = clusterArticles(articles).map((each) => each.articles.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(10_000);
    expect(Math.max(...sizes)).toBeLessThan(50);
  });

  test('mixed scripts in one title find a place and each other', () => {
    const title = 'Пожар на складе в Port Alder 倉庫火災 حريق';
    const articles = ['a', 'b'].map((key) => sampleArticle({ key, title, language: null }));
    expect(clusterArticles(articles)).toHaveLength(1);
  });
});

const EVENTS: Readonly<Record<string, readonly [string, string, string]>> = {
  en: [
    'Ferry sinks off Wellbrook, crew rescued',
    'Crew rescued as ferries sink near Wellbrook',
    'Bakers in Banmouth win the bread prize',
  ],
  de: [
    'Fähre sinkt vor Wellbrook, Mannschaft gerettet',
    'Mannschaft von gesunkener Fähre bei Wellbrook gerettet',
    'Bäcker aus Banmouth gewinnen den Brotpreis',
  ],
  fr: [
    'Un ferry coule au large de Wellbrook, équipage sauvé',
    'Wellbrook : équipage du ferry coulé sauvé en mer',
    'Les boulangers de Banmouth gagnent le prix du pain',
  ],
  es: [
    'Un ferri se hunde frente a Wellbrook y rescatan a la tripulación',
    'Rescatada la tripulación del ferri hundido en Wellbrook',
    'Los panaderos de Banmouth ganan el premio del pan',
  ],
  it: [
    'Traghetto affonda davanti a Wellbrook, equipaggio salvato',
    'Salvato equipaggio del traghetto affondato a Wellbrook',
    'I fornai di Banmouth vincono il premio del pane',
  ],
  pt: [
    'Balsa afunda perto de Wellbrook e tripulação é resgatada',
    'Tripulação de balsa afundada em Wellbrook foi resgatada',
    'Padeiros de Banmouth ganham prêmio do pão',
  ],
  nl: [
    'Veerboot zinkt voor Wellbrook, bemanning gered',
    'Bemanning van gezonken veerboot bij Wellbrook gered',
    'Bakkers uit Banmouth winnen de broodprijs',
  ],
  sv: [
    'Färja sjunker utanför Wellbrook, besättningen räddad',
    'Besättning räddad från sjunkande färjan vid Wellbrook',
    'Bagare i Banmouth vinner brödpriset',
  ],
  ru: [
    'Паром затонул у Веллбрука, экипаж спасён',
    'Экипаж затонувшего парома спасён у Веллбрука',
    'Пекари Банмута выиграли хлебную премию',
  ],
  tr: [
    'Wellbrook açıklarında feribot battı, mürettebat kurtarıldı',
    'Wellbrook yakınında batan feribotun mürettebatı kurtarıldı',
    'Banmouth fırıncıları ekmek ödülünü kazandı',
  ],
  ja: [
    'ウェルブルック沖でフェリー沈没、乗員は全員救助',
    'フェリー沈没、ウェルブルック沖で乗員救助',
    'バンマスのパン職人が全国大会で優勝',
  ],
  zh: [
    '渡轮在韦尔布鲁克附近沉没 船员全部获救',
    '韦尔布鲁克渡轮沉没，船员获救',
    '班茅斯面包师赢得全国大奖',
  ],
  ar: [
    'غرق عبارة قبالة ويلبروك وإنقاذ الطاقم',
    'إنقاذ طاقم عبارة غرق قبالة ويلبروك',
    'خبازو بانماوث يفوزون بجائزة الخبز',
  ],
};

test.each(Object.entries(EVENTS))(
  'in %s two reports of one event join and another event stays apart',
  (language, titles) => {
    const articles = titles.map((title, place) =>
      sampleArticle({ key: `e${place}`, title, language }),
    );
    expect(groupKeys(clusterArticles(articles))).toEqual([['e0', 'e1'], ['e2']]);
  },
);

test('what an outlet says under every title joins nothing', () => {
  const summary = inventText(7);
  const titles = ['Otters return to the river', 'Violin found in attic', 'Quarry to close in May'];
  const articles = titles.map((title, place) =>
    sampleArticle({ key: `r${place}`, title, summary, outlet: HARBOUR_FIRE.outlet }),
  );
  expect(clusterArticles(articles)).toHaveLength(3);
});

describe('copies', () => {
  const reprints = ['north', 'south', 'east'].map((outlet) => ({
    ...HARBOUR_FIRE,
    key: `${outlet}-fire`,
    title: `Warehouse burns: what we know, writes the ${outlet}`,
    outlet: { key: `${outlet}.example`, name: outlet },
    publishedAt: '2026-03-02T09:00:00.000Z',
  }));

  test('reprints under other titles join the story but are no independent reports', () => {
    const [story, ...others] = clusterArticles([HARBOUR_FIRE, ...reprints, HARBOUR_FIRE_ELSEWHERE]);
    expect(others).toEqual([]);
    expect(story).toMatchObject({ independent: 2 });
    expect(story?.articles).toHaveLength(5);
  });

  test('a copy does not lead, even from a feed that counts more', () => {
    const heavy = reprints.map((article) => ({ ...article, feedWeight: 5 }));
    expect(clusterArticles([...heavy, HARBOUR_FIRE])[0]?.lead).toBe('globe-fire');
  });

  test('two reports of one outlet count once', () => {
    const second = { ...HARBOUR_FIRE_ELSEWHERE, outlet: HARBOUR_FIRE.outlet };
    const stories = clusterArticles([HARBOUR_FIRE, second]);
    expect(stories).toHaveLength(1);
    expect(stories[0]?.independent).toBe(1);
  });

  test('five thousand copies of one article are one story with one report', () => {
    const copies = Array.from({ length: 5_000 }, (_, place) => ({
      ...HARBOUR_FIRE,
      key: `copy${place}`,
      outlet: { key: `o${place}.example`, name: `o${place}` },
    }));
    const stories = clusterArticles([...copies, RATE_CUT]);
    expect(stories.map(({ independent }) => independent).sort()).toEqual([1, 1]);
    expect(stories).toHaveLength(2);
  });
});

describe('a story', () => {
  const [story] = clusterArticles([HARBOUR_FIRE_ELSEWHERE, HARBOUR_FIRE]);

  test('is led by the weightier feed among articles with a summary', () => {
    const heavy = { ...HARBOUR_FIRE_ELSEWHERE, feedWeight: 2 };
    const bare = { ...HARBOUR_FIRE, key: 'bare', summary: '', feedWeight: 9 };
    expect(clusterArticles([HARBOUR_FIRE, heavy, bare])[0]?.lead).toBe('courier-fire');
    expect(story?.articles[0]).toBe(story?.lead);
  });

  test('has at most eight keywords, those its articles share', () => {
    expect(story?.keywords).toEqual(expect.arrayContaining(['alder', 'warehouse', 'grain']));
    expect(story?.keywords).not.toContain('destroyed');
    expect(story?.keywords.length).toBeLessThanOrEqual(8);
  });

  test('has an id that hangs on its lead alone', () => {
    expect(story?.id).toMatch(/^s-[0-9a-f]{12}$/);
    const withOther = clusterArticles([HARBOUR_FIRE_ELSEWHERE, HARBOUR_FIRE, RATE_CUT]);
    expect(withOther.map(({ id }) => id)).toContain(story?.id);
  });
});

describe('bad input', () => {
  test('articles without words, of one word, of emoji and of a megabyte each find a place', () => {
    const odd = [
      '',
      'Hello',
      '🎉🎉',
      '… — !',
      'a',
      '1',
      'x'.repeat(1_000_000),
      inventLongTitle(),
    ].map((title, place) => sampleArticle({ key: `odd${place}`, title }));
    const long = sampleArticle({ key: 'long', text: 'Fire in Port Alder. '.repeat(50_000) });
    const old = sampleArticle({ key: 'old', publishedAt: '1970-01-01T00:00:00.000Z' });
    const future = sampleArticle({ key: 'future', publishedAt: '2099-12-31T23:59:59.999Z' });
    const all = [...odd, long, old, future];
    const placed = clusterArticles(all).flatMap(({ articles }) => articles);
    expect([...placed].sort()).toEqual(all.map(({ key }) => key).sort());
  });

  test('no articles make no stories', () => {
    expect(clusterArticles([])).toEqual([]);
  });

  test('twenty thousand articles of one title and their own texts come back, in no giant story', () => {
    const articles = Array.from({ length: 20_000 }, (_, place) =>
      sampleArticle({
        key: `t${place}`,
        title: 'Storm hits the coast',
        summary: inventText(place),
      }),
    );
    const sizes = clusterArticles(articles).map((each) => each.articles.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(20_000);
    expect(Math.max(...sizes)).toBeLessThan(200);
  });
});

describe('for any articles at all', () => {
  const word = fc.constantFrom(...QUIET_WORDS, 'Live', 'updates', 'U.S.', '42', '雪', '');
  const text = fc.array(word, { maxLength: 25 }).map((words) => words.join(' '));
  const article: fc.Arbitrary<Candidate> = fc
    .record({
      key: fc.string({ minLength: 1, maxLength: 4 }),
      title: text,
      summary: text,
      language: fc.constantFrom('en', 'de', null),
      publishedAt: fc
        .date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
        .map((date) => date.toISOString()),
    })
    .map((given) => sampleArticle(given));
  const articles = fc.uniqueArray(article, { maxLength: 40, selector: ({ key }) => key });

  test('every article is in exactly one story, and its story speaks its language', () => {
    fc.assert(
      fc.property(articles, (given) => {
        const stories = clusterArticles(given);
        const keys = stories.flatMap((story) => story.articles);
        expect([...keys].sort()).toEqual(given.map(({ key }) => key).sort());
        const languages = new Map(given.map(({ key, language }) => [key, language]));
        for (const story of stories) {
          expect(new Set(story.articles.map((key) => languages.get(key))).size).toBe(1);
          expect(story.articles[0]).toBe(story.lead);
          expect(story.independent).toBeGreaterThanOrEqual(1);
          expect(story.independent).toBeLessThanOrEqual(story.articles.length);
        }
      }),
    );
  });

  test('the order in which articles arrive changes nothing', () => {
    fc.assert(
      fc.property(articles, (given) => {
        expect(clusterArticles([...given].reverse())).toEqual(clusterArticles(given));
      }),
    );
  });
});
