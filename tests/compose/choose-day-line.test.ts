import { expect, test } from 'vitest';
import { chooseDayLine } from '../../src/compose/choose-day-line.ts';

const HEADLINES = [
  'Kestria and Ardany agree a truce',
  'Altacosta counts its dead',
  'Merrow government survives',
  'Orrin buys Halden',
];

test('without a sentence of its own the line puts the next three headlines side by side', () => {
  expect(chooseDayLine({ articles: [], headlines: HEADLINES, printed: '' })).toBe(
    'Kestria and Ardany agree a truce; Altacosta counts its dead; Merrow government survives.',
  );
});

test('headlines that do not fit into thirty words together are fewer, and one alone is none', () => {
  const long = 'The council of the harbour town votes for a wall that nobody wanted to pay for';
  const headlines = [long, 'Altacosta counts its dead', long];
  expect(chooseDayLine({ articles: [], headlines, printed: '' })).toBe(
    `${long}; Altacosta counts its dead.`,
  );
  expect(chooseDayLine({ articles: [], headlines: [long, long], printed: '' })).toBeNull();
  expect(chooseDayLine({ articles: [], headlines: [long], printed: '' })).toBeNull();
});

test('a headline of two parts is not put between others, unless there is nothing else', () => {
  const parted = ['Altacosta: girl found alive', 'Who pays for the wall?'];
  expect(chooseDayLine({ articles: [], headlines: [...parted, ...HEADLINES], printed: '' })).toBe(
    'Kestria and Ardany agree a truce; Altacosta counts its dead; Merrow government survives.',
  );
  expect(chooseDayLine({ articles: [], headlines: parted, printed: '' })).toBe(
    'Altacosta: girl found alive; Who pays for the wall?',
  );
});
