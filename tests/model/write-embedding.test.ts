import { expect, test } from 'vitest';
import { hashEmbedding, writeEmbedding } from '../../src/model/write-embedding.ts';

const question = writeEmbedding(['one text', 'another'], 'surveyor');
const read = (data: unknown) => question.read({ data });

test('vectors come out in the order of the texts, whatever order they came in, and of length 1', () => {
  const vectors = read([
    { index: 1, embedding: [0, 5] },
    { index: 0, embedding: [3, 4] },
  ]);
  expect(vectors).toEqual([
    [0.6, 0.8],
    [0, 1],
  ]);
  expect(read([{ embedding: [1, 0] }, { embedding: [0, 1] }])).toEqual([
    [1, 0],
    [0, 1],
  ]);
});

test.each([
  ['fewer vectors than texts', [{ index: 0, embedding: [1, 0] }]],
  ['more', [0, 1, 2].map((index) => ({ index, embedding: [1, 0] }))],
  ['two for one text', [0, 0].map((index) => ({ index, embedding: [1, 0] }))],
  ['one for a text that was not asked about', [0, 7].map((index) => ({ index, embedding: [1] }))],
  ['vectors of two lengths', [{ embedding: [1, 0] }, { embedding: [1, 0, 0] }]],
  ['an empty vector', [{ embedding: [] }, { embedding: [] }]],
  ['a vector that points nowhere', [{ embedding: [0, 0] }, { embedding: [0, 1] }]],
  ['what JSON makes of NaN', [{ embedding: [null, 1] }, { embedding: [0, 1] }]],
  ['numbers without end', [{ embedding: [Infinity, 1] }, { embedding: [0, 1] }]],
  ['text for numbers', [{ embedding: ['1', 1] }, { embedding: [0, 1] }]],
  ['a vector packed as text', [{ embedding: 'AACAPw==' }, { embedding: 'AACAPw==' }]],
  ['a vector of a million numbers', [{ embedding: Array(1_000_000).fill(1) }, { embedding: [1] }]],
  ['nothing', null],
  ['no list', {}],
  ['empty places', [null, null]],
])('an answer with %s is none', (_, data) => {
  expect(read(data)).toBeNull();
});

test('a text means the same to the same model only', () => {
  expect(hashEmbedding('a', 'm')).toBe(hashEmbedding('a', 'm'));
  expect(hashEmbedding('a', 'm')).not.toBe(hashEmbedding('a', 'n'));
  expect(hashEmbedding('a', 'm')).not.toBe(hashEmbedding('b', 'm'));
});
