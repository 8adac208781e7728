import { expect, test } from 'vitest';
import { chooseLead } from '../../src/cluster/choose-lead.ts';
import { addTime, HOUR } from '../../src/domain/instant.ts';
import { sampleArticle } from './sample-articles.ts';

const early = sampleArticle({
  key: 'early',
  title: 'Quake kills nine in Puerto Lumbre',
  summary: `The quake killed nine people, the civil defence said. ${'More was not known. '.repeat(9)}`,
});
const late = sampleArticle({
  key: 'late',
  title: 'Quake toll rises to 23 in Puerto Lumbre',
  summary:
    'The number of dead rose to 23, the civil defence said, and the search goes on.  Rain fell.',
  publishedAt: addTime(early.publishedAt, 9 * HOUR),
});

test('the later of two reports leads, even where the earlier one is longer', () => {
  expect(chooseLead([early, late]).key).toBe('late');
  expect(chooseLead([late, early]).key).toBe('late');
});

test('a weightier feed leads before a later report', () => {
  expect(chooseLead([{ ...early, feedWeight: 2 }, late]).key).toBe('early');
});
