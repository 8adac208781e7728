import { expect, test } from 'vitest';
import { splitSentences } from '../../src/compose/split-sentences.ts';

test.each([
  [
    'abbreviations, titles and decimals end nothing',
    'en',
    [
      'The U.S. economy grew 3.5 percent.',
      'Mr. Smith of No. 10 said so on Jan. 6.',
      'Rep. Ada Lowe (D-Calif.) agreed.',
    ],
  ],
  [
    'an abbreviation may end a sentence too',
    'en',
    ['He lives in the U.S.', 'The president met him at 9 a.m.', 'They talked.', 'She said no.'],
  ],
  ['initials belong to a name', 'en', ['J. K. Rowe wrote it with C. S. Lee.', 'It sold well.']],
  [
    'a quotation of two sentences stays with its speaker',
    'en',
    ['“We are done. We go home,” she said.', '"It rains! It pours," he added.', 'All left.'],
  ],
  [
    'three dots go on before a small letter and end before a capital',
    'en',
    ['They left… and came back.', 'Then they…', 'Nobody knew.', 'Wait...', 'What?'],
  ],
  [
    'German ordinals and short forms go on',
    'de',
    ['Dr. Müller sagte am 3. Oktober, z. B. in Berlin, nichts.', 'Das war Nr. 5.'],
  ],
  ['French', 'fr', ['M. Dupont a dit « oui. Non. » hier.', 'Mme Curie aussi.']],
  ['Spanish', 'es', ['El Sr. Pérez llegó.', '¿Cuándo?', 'En EE.UU. no se sabe.']],
])('%s', (_, language, sentences) => {
  expect(splitSentences(sentences.join(' '), language)).toEqual(sentences);
});

test('Japanese has no spaces between sentences', () => {
  expect(splitSentences('今日は雨です。明日は晴れ。', 'ja')).toEqual([
    '今日は雨です。',
    '明日は晴れ。',
  ]);
});

test('a lost quotation mark does not swallow the text', () => {
  const text = `The pole is 5'10" tall. ${'It stood in the rain for a long day. '.repeat(40)}`;
  expect(splitSentences(text, 'en').length).toBeGreaterThan(20);
});

test('nothing has no sentences', () => {
  expect(splitSentences('', null)).toEqual([]);
});
