import { describe, expect, test } from 'vitest';
import { compileBackground } from '../../src/cluster/compile-background.ts';
import { countStems } from '../../src/cluster/count-stems.ts';
import { extendBackground } from '../../src/cluster/extend-background.ts';
import { sampleArticle } from './sample-articles.ts';

const SHIPPED = compileBackground({ en: { 10: ['government'] }, de: { 10: ['Regierung'] } });

function shareOf(stem: string, articles: number, count: number): number {
  const stems = new Map(count === 0 ? [] : [[stem, count]]);
  const background = extendBackground(SHIPPED, [{ language: 'en', articles, stems }]);
  return background.get('en')?.get(stem) ?? 0;
}

describe('what an installation counted', () => {
  test('is believed the more the more articles there were', () => {
    const shares = [100, 2_000, 100_000].map((articles) =>
      shareOf('wellbrook', articles, articles / 2),
    );
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares[0]).toBeLessThan(0.05);
    expect(shares[2]).toBeCloseTo(0.5, 1);
  });

  test('makes a listed word rarer where it is seldom met, and leaves it as it was at first', () => {
    const [stem = ''] = SHIPPED.get('en')?.keys() ?? [];
    expect(shareOf(stem, 0, 0)).toBeCloseTo(0.1);
    expect(shareOf(stem, 100_000, 0)).toBeLessThan(0.01);
  });

  test('says nothing of a word that was met a few times only', () => {
    expect(shareOf('otter', 500, 5)).toBe(0);
  });

  test('leaves the other languages as they are', () => {
    const background = extendBackground(SHIPPED, [
      { language: 'en', articles: 9, stems: new Map([['ferri', 9]]) },
    ]);
    expect(background.get('de')).toEqual(SHIPPED.get('de'));
  });
});

test('a stem is counted once for each article that has it, however often and in whatever form', () => {
  const articles = [
    sampleArticle({ key: 'a', title: 'Ferries meet ferry', summary: 'A ferry and the otters.' }),
    sampleArticle({ key: 'b', title: 'Ferry late', summary: '' }),
  ];
  const counts = countStems(articles, 'en');
  expect(counts.get('ferri')).toBe(2);
  expect(counts.get('otter')).toBe(1);
  expect(counts.has('the')).toBe(false);
});
