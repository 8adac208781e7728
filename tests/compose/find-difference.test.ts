import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDifference } from '../../src/compose/find-difference.ts';
import type { Candidate } from '../../src/domain/article.ts';
import { addTime, HOUR } from '../../src/domain/instant.ts';
import { sampleArticle } from './sample-stories.ts';

interface Case {
  readonly name: string;
  readonly language: string;
  readonly figures: readonly string[] | null;
  readonly reports: readonly {
    readonly outlet: string;
    readonly hoursAgo: number;
    readonly title: string;
    readonly summary: string;
  }[];
}

const CASES = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'differences', 'cases.json'), 'utf8'),
) as readonly Case[];

function readReports({ reports, language }: Case): readonly Candidate[] {
  return reports.map(({ outlet, hoursAgo, title, summary }, place) =>
    sampleArticle({
      key: `k${place}`,
      title,
      summary,
      language,
      outlet: { key: outlet, name: outlet },
      publishedAt: addTime('2026-03-02T06:00:00.000Z', -hoursAgo * HOUR),
    }),
  );
}

describe('reports differ:', () => {
  test.each(CASES.filter(({ figures }) => figures !== null))('$name', (sample) => {
    const found = findDifference(readReports(sample));
    const outlets = new Set(sample.reports.map(({ outlet }) => outlet));
    expect(found?.figures).toHaveLength(sample.figures?.length ?? 0);
    for (const { outlet } of found?.figures ?? []) expect(outlets).toContain(outlet);
  });
});

describe('reports do not differ:', () => {
  test.each(CASES.filter(({ figures }) => figures === null))('$name', (sample) => {
    expect(findDifference(readReports(sample))).toBeNull();
  });
});

const [FERRY] = CASES;

test('each figure stands with its outlet, worded as reported, and what is counted is said once', () => {
  expect(FERRY && findDifference(readReports(FERRY))).toEqual({
    about: 'dead',
    figures: [
      { figure: '17', outlet: 'Harbour Times' },
      { figure: 'at least 19', outlet: 'The Ledger' },
    ],
  });
});

test('what has no date of its own is left out where others have one', () => {
  const [first, second] = readReports(
    FERRY ?? { name: '', language: '', figures: [], reports: [] },
  );
  if (!first || !second) throw new Error('no reports');
  expect(findDifference([first, { ...second, isDateGuessed: true }])).toBeNull();
  expect(
    findDifference([first, second].map((report) => ({ ...report, isDateGuessed: true }))),
  ).not.toBeNull();
});

test('the order of the articles changes nothing', () => {
  for (const sample of CASES) {
    const reports = readReports(sample);
    expect(findDifference([...reports].reverse())).toEqual(findDifference(reports));
  }
});

test('whatever the texts are, an outlet never differs from itself and each figure is in its report', () => {
  const words =
    'killed dead people at least 7 19 20,000 in Varn injured 3% $4bn and - . « ” {{x}} 🎉';
  const text = fc.array(fc.constantFrom(...words.split(' ')), { maxLength: 40 });
  const report = fc.tuple(text, fc.constantFrom('Ada', 'Ben', 'Cleo'));
  fc.assert(
    fc.property(fc.array(report, { maxLength: 6 }), (reports) => {
      const articles = reports.map(([parts, outlet], place) =>
        sampleArticle({
          key: `k${place}`,
          title: '',
          summary: parts.join(' '),
          outlet: { key: outlet, name: outlet },
        }),
      );
      const figures = findDifference(articles)?.figures ?? [];
      expect(new Set(figures.map(({ outlet }) => outlet)).size).toBe(figures.length);
      for (const { figure, outlet } of figures) {
        const said = articles.filter((article) => article.outlet.name === outlet);
        expect(said.some(({ summary }) => summary.toLowerCase().includes(figure))).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('long texts without an end and thousands of reports are looked at in part', () => {
  const endless = `${'14 people '.repeat(100_000)}died.`;
  const many = Array.from({ length: 5_000 }, (_, place) =>
    sampleArticle({ key: `k${place}`, summary: `At least ${(place % 9) * 10 + 17} people died.` }),
  );
  expect(findDifference([sampleArticle({ key: 'a', summary: endless })])).toBeNull();
  expect(findDifference(many)?.figures.length).toBeGreaterThan(1);
});

test('a sum is printed with what it includes, also where the headline leaves that out', () => {
  const [first, second] = [
    ['Adlon buys Ferro for 1.8bn crowns', 'Adlon buys its rival Ferro for 1.8bn crowns in cash.'],
    ['Adlon pays 2.3bn crowns', 'Adlon is buying Ferro, a rival, for 2.3bn crowns including debt.'],
  ].map(([title = '', summary = ''], place) =>
    sampleArticle({ key: `k${place}`, title: `${title} for its rival Ferro`, summary }),
  );
  const found = first && second && findDifference([first, second]);
  expect(found?.figures.map(({ figure }) => figure)).toEqual([
    '1.8bn crowns',
    '2.3bn crowns including debt',
  ]);
});
