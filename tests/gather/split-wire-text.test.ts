import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/domain/article.ts';
import { splitWireText } from '../../src/gather/split-wire-text.ts';

const CONTEXT = {
  outlet: { key: 'harbour-post', name: 'Harbour Post' },
  arrivedAt: '2026-03-09T05:00:00.000Z',
};

function split(...lines: readonly string[]): readonly Article[] {
  return splitWireText(lines.join('\n'), CONTEXT);
}

function titles(articles: readonly Article[]): readonly string[] {
  return articles.map((article) => article.title);
}

describe('splitWireText on whole pages', () => {
  it.each([
    ['a morning page with one long report among single sentences', 'harbour-brief.txt'],
    ['cut-off pieces of several reports about the same countries', 'search-snippets.txt'],
    ['a Markdown page with sections, links and bullets', 'front-matter.md'],
    ['one report with hard-wrapped lines', 'wrapped-report.txt'],
    ['a German page with headlines', 'stadtblatt.txt'],
  ])('splits %s as in its golden file', async (_, name) => {
    const page = new URL(`../fixtures/wire/${name}`, import.meta.url);
    const articles = splitWireText(readFileSync(page, 'utf8'), CONTEXT);
    const golden = `../fixtures/wire/${name.replace(/\.\w+$/, '.golden.json')}`;
    await expect(`${JSON.stringify(articles, null, 2)}\n`).toMatchFileSnapshot(golden);
  });
});

describe('splitWireText', () => {
  it.each([
    ['nothing', ''],
    ['white space', ' \r\n\t\n '],
    ['a byte order mark', '\ufeff'],
    ['only furniture', 'Read more\nAdvertisement\nShare on Facebook'],
    ['only rules', '---\n***\n====='],
  ])('finds no article in %s', (_, text) => {
    expect(splitWireText(text, CONTEXT)).toEqual([]);
  });

  it('takes the first sentence of a paragraph without a headline as its title', () => {
    const [article] = split('Two ferries collided off Norrin on Monday. Nobody was hurt.');
    expect(article).toMatchObject({
      title: 'Two ferries collided off Norrin on Monday',
      summary: 'Nobody was hurt.',
      text: 'Two ferries collided off Norrin on Monday. Nobody was hurt.',
      language: 'en',
      url: null,
      image: null,
    });
  });

  it('keeps one report whole though its paragraphs share few words', () => {
    const articles = split(
      'Norrin bakery closes after ninety years',
      'The oldest bakery on Norrin will bake its last loaf on Friday.',
      '"My knees have had enough," said Cleo Marsh, who has run it since 1988.',
      'Flour, rent and power have all become dearer, and young people prefer to work on the mainland.',
      'Two customers have offered to buy the ovens.',
    );
    expect(titles(articles)).toEqual(['Norrin bakery closes after ninety years']);
    expect(articles[0]?.text).toMatch(/^The oldest bakery .* buy the ovens\.$/);
  });

  it('parts two reports that follow each other without a headline between them', () => {
    const articles = split(
      'Divers from Norrin have raised a bronze cannon from the Sund, the Navy Museum said on Monday.',
      'The cannon belonged to the frigate Aurelia, the museum in Norrin added, and will be shown there in May.',
      'Parliament in Halden voted on Monday to abolish the salt tax, a relief for dairies in Veldmark.',
      'The salt tax had brought Veldmark little money, but dairies in Halden paid most of it.',
    );
    expect(titles(articles)).toEqual([
      'Divers from Norrin have raised a bronze cannon from the Sund, the Navy Museum said on Monday',
      'Parliament in Halden voted on Monday to abolish the salt tax, a relief for dairies in Veldmark',
    ]);
  });

  it('joins a cut-off teaser and the whole sentence further down into one article', () => {
    const articles = split(
      'Norrin buys a second ferry',
      'The island council of Norrin has ordered a second ferry from a yard in Halden and will pay for it wi...',
      'A storm tore the roof off the market hall in Port Amalia on Sunday night, but the fishmongers opened on time.',
      'The island council of Norrin has ordered a second ferry from a yard in Halden and will pay for it with a harbour fee.',
    );
    expect(articles).toHaveLength(2);
    expect(articles[0]).toMatchObject({
      title: 'Norrin buys a second ferry',
      text: 'The island council of Norrin has ordered a second ferry from a yard in Halden and will pay for it with a harbour fee.',
    });
  });

  it('keeps a repeated paragraph once', () => {
    const line = 'The lighthouse of Cape Ilse went dark for an hour on Sunday night.';
    const articles = split(line, line.toUpperCase(), line);
    expect(articles.map((article) => article.text)).toEqual([line]);
  });

  it('makes each line of a list of headlines an article', () => {
    const headlines = [
      'Norrin buys a second ferry',
      'Court in Zellin frees gallery owner',
      'Mayor quits',
    ];
    const articles = split(...headlines);
    expect(titles(articles)).toEqual(headlines);
    expect(articles[0]).toMatchObject({ summary: '', text: '' });
  });

  it('ends the summary at the last finished sentence and keeps the cut-off rest in the text', () => {
    const [article] = split(
      'The dam at Lake Orm burst in May. Since then the villages below, whose wells are salty,',
    );
    expect(article).toMatchObject({
      title: 'The dam at Lake Orm burst in May',
      summary: '',
      text: 'The dam at Lake Orm burst in May. Since then the villages below, whose wells are salty,',
    });
  });

  it('leaves the dateline in the text only', () => {
    const [article] = split(
      'PORT AMALIA, 9 March (Wire) — The fish market closes until June. Its roof leaks.',
    );
    expect(article).toMatchObject({
      title: 'The fish market closes until June',
      summary: 'Its roof leaks.',
    });
    expect(article?.text).toMatch(/^PORT AMALIA, 9 March/);
  });

  it('guesses no date from the text', () => {
    const [article] = split('The strike began on Thursday (5 March 2026) in Halden.');
    expect(article).toMatchObject({ publishedAt: CONTEXT.arrivedAt, isDateGuessed: true });
  });

  it('reads bare front matter above a text', () => {
    const [article] = split(
      'Title: Norrin buys a second ferry',
      'Date: 2026-03-08T21:15:00+02:00',
      'Language: en-GB',
      'Url: https://post.example/ferry?utm_source=mail#top',
      '',
      'The council has ordered a ferry for Norrin.',
    );
    expect(article).toMatchObject({
      title: 'Norrin buys a second ferry',
      text: 'The council has ordered a ferry for Norrin.',
      publishedAt: '2026-03-08T19:15:00.000Z',
      isDateGuessed: false,
      language: 'en',
      url: 'https://post.example/ferry',
      outlet: CONTEXT.outlet,
    });
  });

  it('takes the address of a linked headline as the key of its article', () => {
    const [linked, other] = split(
      '## [Norrin buys a ferry](https://post.example/ferry)',
      'The ferry for Norrin comes from Halden.',
      '## Zellin frees gallery owner',
      'A court in Zellin let the gallery owner go.',
    );
    expect(linked).toMatchObject({
      key: 'https://post.example/ferry',
      url: 'https://post.example/ferry',
      title: 'Norrin buys a ferry',
    });
    expect(other).toMatchObject({ url: null });
    expect(other?.key).toMatch(/^text:[0-9a-f]{64}$/);
  });

  it('gives the same text the same key however it is spaced, and another outlet another', () => {
    const lines = ['Norrin buys a ferry', 'The ferry for Norrin comes from Halden.'];
    const keys = [
      splitWireText(lines.join('\n'), CONTEXT),
      splitWireText(lines.join('\r\n\r\n'), CONTEXT),
      splitWireText(lines.join('\n'), { ...CONTEXT, outlet: { key: 'courier', name: 'Courier' } }),
    ].map(([article]) => article?.key);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('tells the language of each article', () => {
    const articles = split(
      '# Norrin buys a second ferry from a yard in Halden',
      'The second ferry for Norrin is to sail in May.',
      '# Zellin verliert sein letztes Kino',
      'Das letzte Kino von Zellin schließt nach achtzig Jahren.',
    );
    expect(articles.map((article) => article.language)).toEqual(['en', 'de']);
  });
});

describe('splitWireText makes titles that are true', () => {
  it.each([
    [
      'drops a participle at the end',
      'The council of Port Amalia has closed the market hall after finding cracks in two of its pillars, citing a report that was ordered in autumn.',
      'The council of Port Amalia has closed the market hall after finding cracks in two of its pillars',
    ],
    [
      'drops what describes a thing that is new, not what a report says',
      'Divers from the Norrin coast guard have found the wreck of a timber freighter that sank off Cape Ilse in a storm last month, drowning four sailors.',
      'Divers from the Norrin coast guard have found the wreck of a timber freighter',
    ],
    [
      'keeps who said it',
      "Norrin's only doctor will stay on the island for another year after his successor fell ill on the mainland last week, the health office said on Monday.",
      "Norrin's only doctor will stay on the island for another year after his successor fell ill on the mainland last week, the health office said on Monday",
    ],
    [
      'moves who said it up when the middle can go',
      'Grauberg tunnel opened again on Sunday evening after rockfall had blocked its northern entrance for nearly nine hours, its operator said.',
      'Grauberg tunnel opened again on Sunday evening, its operator said',
    ],
    [
      'does not drop a condition',
      'The dairies of Veldmark could lower the price of butter by a tenth before the summer if the salt tax falls and the hay harvest does not fail again.',
      'The dairies of Veldmark could lower the price of butter by a tenth before the summer if the salt tax falls and the hay harvest does not fail again',
    ],
    [
      'does not stop after a clause that has no verb of its own',
      'The chief engineer of the oldest shipyard in Port Amalia, who had worked there since he was fifteen, has resigned over the cracked hull of the ferry.',
      'The chief engineer of the oldest shipyard in Port Amalia, who had worked there since he was fifteen, has resigned over the cracked hull of the ferry',
    ],
    [
      'does not cut a quotation in two',
      'The harbour master called the new lamp rules "a gift to everyone who sells lamps, which most of the people who wrote these rules happen to do" on Sunday.',
      'The harbour master called the new lamp rules "a gift to everyone who sells lamps, which most of the people who wrote these rules happen to do" on Sunday',
    ],
  ])('%s', (_, sentence, title) => {
    expect(titles(split(sentence))).toEqual([title]);
  });

  it('does not take a company in capitals for a dateline', () => {
    expect(titles(split('NATO: Ministers meet in Halden on Monday.'))).toEqual([
      'NATO: Ministers meet in Halden on Monday',
    ]);
  });
});

describe('splitWireText on hostile text', () => {
  const wordsOf = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

  it.each([
    ['one line of many sentences', 'The ferry sails. '.repeat(12_000)],
    ['one endless word', 'a'.repeat(200_000)],
    ['thousands of lines', 'Ferry 12 sails from Norrin\n'.repeat(4_000)],
    ['thousands of cut-off lines', 'the ferry from Norrin sai...\n'.repeat(4_000)],
    ['open brackets', '['.repeat(100_000)],
    ['stars and underscores', '*_ a'.repeat(50_000)],
    ['quotation marks', '"“„«'.repeat(50_000)],
  ])('keeps every field in bounds for %s', (_, text) => {
    for (const article of splitWireText(text, CONTEXT)) {
      expect(article.title.length).toBeLessThanOrEqual(301);
      expect(article.summary.length).toBeLessThanOrEqual(600);
      expect(article.text.length).toBeLessThanOrEqual(20_000);
    }
  });

  it('reads control characters and odd line breaks as spaces and line breaks', () => {
    const [article] = splitWireText(
      '\ufeffThe\u0000ferry\u0007sails.\r\rIt is late.\u2028',
      CONTEXT,
    );
    expect(article?.text).toBe('The ferry sails. It is late.');
  });

  it('never throws and invents no word', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '# ',
        '- ',
        '\n',
        '\r\n',
        '...',
        '. ',
        ', ',
        ' said ',
        'KYIV: ',
        'Ferry ',
        '"',
      ),
      fc.constantFrom('---\ntitle: Norrin\n---\n', '[Norrin](https://a.example/b)', '**', 'After '),
      fc.lorem({ mode: 'sentences', maxCount: 2 }),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    );
    const pages = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(pages, (page) => {
        const bare = page.replace(/[\u00ad\u200b\u2060\ufeff]|\(https:[^)]*\)|[[\]*]/g, '');
        const source = `${page}\n${bare}`.normalize('NFC');
        for (const { title, summary, text } of splitWireText(page, CONTEXT))
          for (const word of wordsOf(`${title}\n${summary}\n${text}`))
            expect(source).toContain(word);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps every sentence of a page without furniture in exactly one article', () => {
    const sentence = fc
      .array(
        fc.constantFrom('ferry', 'Norrin', 'court', 'Zellin', 'storm', 'Halden', 'bridge', 'rate'),
        {
          minLength: 4,
          maxLength: 14,
        },
      )
      .map((words) => words.join(' '));
    const pages = fc.uniqueArray(sentence, { minLength: 1, maxLength: 15 });
    fc.assert(
      fc.property(pages, (sentences) => {
        const marked = sentences.map((words, index) => `Line ${String(index)}x ${words}.`);
        const articles = splitWireText(marked.join('\n'), CONTEXT);
        for (const line of marked)
          expect(articles.filter((article) => article.text.includes(line))).toHaveLength(1);
      }),
    );
  });
});
