import { expect, test } from 'vitest';
import { composeChart } from '../../src/render/compose-chart.ts';

const furniture = {
  language: 'en',
  direction: 'ltr',
  words: { chartFrom: 'From', chartTo: 'To', chartLabel: 'from {{from}} to {{to}}' },
} as const;

const draw = (figure: string, sentence: string, language = 'en') =>
  composeChart({ figure, sentence }, { language, furniture });

test.each([
  ['412,000', 'Passengers fell to 412,000 from 430,000 a year before.', 'en', [100, 96]],
  ['412,000', 'There were 412,000, up from 400,000.', 'en', [97, 100]],
  ['$5.5 million', 'The fund grew from $5 million to $5.5 million.', 'en', [91, 100]],
  ['4.1%', 'Unemployment stood at 4.1%, down from 8.2% in March.', 'en', [100, 50]],
  ['2,5 %', 'Die Zinsen stiegen von 1,25 % auf 2,5 %.', 'de', [50, 100]],
  ['1.234', 'Die Zahl fiel von 2.468 auf 1.234.', 'de', [100, 50]],
  ['30\u202f000', 'Le port est passé de 15\u202f000 à 30\u202f000 conteneurs.', 'fr', [50, 100]],
])('%s in "%s" has bars', (...row) => {
  const [figure, sentence, language, shares] = row;
  const chart = draw(figure, sentence, language);
  expect(chart?.bars.map(({ share }) => share)).toEqual(shares);
});

test('the earlier bar stands first, and the label says both', () => {
  expect(draw('412,000', 'It fell to 412,000 from 430,000.')).toEqual({
    label: 'from 430,000 to 412,000',
    bars: [
      { name: 'From', figure: '430,000', share: 100, rest: 0 },
      { name: 'To', figure: '412,000', share: 96, rest: 4 },
    ],
  });
});

test.each([
  ['412,000', 'Some 412,000 people voted.'],
  ['$5 million', 'It raised $5 million from 3 million donors.'],
  ['2025', 'The bridge was closed from 2019 to 2025.'],
  ['31 to 14', 'The council voted 31 to 14.'],
  ['412,000', 'The town spent 412,000, and pay rose from 10,000 to 20,000.'],
  ['1 billion', 'It went from 1 million to 1 billion.'],
  ['5,000,000', 'It grew from 1,000 to 5,000,000.'],
  ['1,000', 'It went from 0,000 to 1,000.'],
  ['412,000', 'Ellery has 412,000 people, compared with 430,000 in Dunmere.'],
  ['1,000', 'It stayed, from 1,000 to 1,000.'],
  ['', ''],
])('%s in "%s" has none', (figure, sentence) => {
  expect(draw(figure, sentence)).toBeNull();
});
