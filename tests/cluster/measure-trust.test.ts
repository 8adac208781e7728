import { expect, test } from 'vitest';
import { measureTrust } from '../../src/cluster/measure-trust.ts';
import { HARBOUR_FIRE, sampleArticle } from './sample-articles.ts';

test('a dated report is trusted wholly, an undated one a little less', () => {
  expect(measureTrust(HARBOUR_FIRE)).toBe(1);
  expect(measureTrust({ ...HARBOUR_FIRE, isDateGuessed: true })).toBeLessThan(1);
});

test.each([
  'How to keep pigeons off a balcony',
  'The best kettles for a small kitchen',
  '12 ways to sleep better',
  'My favourite mop is half the price',
  'This kettle is $20 off today',
])('"%s" is about no event', (title) => {
  expect(measureTrust(sampleArticle({ key: 'advice', title }))).toBeLessThan(0.9);
});

test.each(['Best wins the high jump in Banmouth', 'Ten hurt as ferry sinks', 'Shops close early'])(
  '"%s" may be about one',
  (title) => {
    expect(measureTrust(sampleArticle({ key: 'news', title }))).toBe(1);
  },
);
