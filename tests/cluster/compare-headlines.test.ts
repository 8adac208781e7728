import { expect, test } from 'vitest';
import { compareHeadlines } from '../../src/cluster/compare-headlines.ts';
import { sampleArticle } from './sample-articles.ts';

function compare(a: string, b: string, day = '02'): { same: boolean; score: number } {
  const [left, right] = [a, b].map((title) => sampleArticle({ key: title, title }));
  const later = { ...right!, publishedAt: `2026-03-${day}T05:00:00.000Z` };
  return compareHeadlines([{ a: left!, b: later }], 'en', new Map())[0]!;
}

test('two headlines of one event are the same, two of different events are not', () => {
  const fire = 'Fire destroys grain warehouse in Port Alder';
  expect(compare(fire, 'Port Alder grain warehouse burns down').same).toBe(true);
  expect(compare(fire, 'Central bank cuts interest rates').same).toBe(false);
  expect(compare(fire, 'Port Alder grain warehouse burns down', '20').same).toBe(false);
});

test.each([
  ['Results of round 3 in the coastal league', 'Results of round 4 in the coastal league'],
  [
    'Quake of magnitude 5 off Wellbrook, survey says',
    'Quake of magnitude 6 off Banmouth, survey says',
  ],
  ['Live updates', 'Morning briefing'],
])('"%s" and "%s" are two of a series, or nothing', (a, b) => {
  expect(compare(a, b).same).toBe(false);
});

test('what every headline of the file is about tells little', () => {
  const pair = (a: string, b: string) => {
    const [left, right] = [a, b].map((title) => sampleArticle({ key: title, title }));
    return { a: left!, b: right! };
  };
  const asked = pair('Ferry inquiry hears the quartermaster', 'Divers photograph the lost ferry');
  const others = Array.from({ length: 3_000 }, (_, place) =>
    pair(`Ferry ${place} sails`, `Storm number ${place} delays a ferry`),
  );
  const [alone] = compareHeadlines([asked], 'en', new Map());
  const [among] = compareHeadlines([asked, ...others], 'en', new Map());
  expect(among!.score).toBeGreaterThan(0);
  expect(among!.score).toBeLessThan(alone!.score);
});
