import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countWords } from '../../src/compose/count-words.ts';
import { splitSentences } from '../../src/compose/split-sentences.ts';
import { summarizeStory } from '../../src/compose/summarize-story.ts';
import { sampleArticle } from './sample-stories.ts';

function summaryOf(summary: string, given: { headline?: string; mostWords?: number } = {}): string {
  const { headline = 'A headline', mostWords = 35 } = given;
  return summarizeStory([sampleArticle({ key: 'a', summary })], { headline, mostWords });
}

const FIRE = 'A fire destroyed a grain warehouse in Port Alder on Sunday night.';
const BURNS = 'Two firefighters were taken to hospital with burns.';

test('takes two sentences that fit, and one when two do not', () => {
  expect(summaryOf(`${FIRE} ${BURNS}`)).toBe(`${FIRE} ${BURNS}`);
  expect(summaryOf(`${FIRE} ${BURNS}`, { mostWords: 15 })).toBe(FIRE);
});

test.each([
  ['a pronoun', 'He was taken to hospital with burns.'],
  ['"But"', 'But nobody was inside the building at that time.'],
  ['"The announcement"', 'The announcement came after a long night of talks.'],
  ['a quotation without a speaker', '“Nobody could have known that it would burn.”'],
  ['a call to click', 'Read more about the fires of the last year here.'],
  ['a label', 'Why it matters: Grain prices have been rising for months.'],
  ['the reader', 'If you live in Port Alder, keep your windows closed.'],
  ['a question', 'Could the fire have been prevented by the harbour master?'],
  ['an open end', 'The fire broke out at ten in the evening and spread to the…'],
  ['a command', 'Drop a chip of ice into a glass of water and listen to it for a while.'],
  ['"them" without a name', 'Between them they hold two thirds of the grain of Port Alder.'],
  ['"he" without a name', 'Police said on Monday that he had been in the building alone.'],
  ['half a sentence', 'destroyed a grain warehouse in the harbour of Port Alder.'],
])('leaves out a sentence with %s', (_, sentence) => {
  expect(summaryOf(`${sentence} ${FIRE}`)).toBe(FIRE);
  expect(summaryOf(sentence)).toBe('');
});

test('keeps a quotation with its speaker', () => {
  const said = '“Nobody could have known that it would burn,” Ben Ode, the harbour master, said.';
  expect(summaryOf(said)).toBe(said);
});

test('takes the dateline of an agency off', () => {
  expect(summaryOf(`PORT ALDER, March 2 (Reuters) - ${FIRE}`)).toBe(FIRE);
  expect(summaryOf(`PORT ALDER — ${FIRE}`)).toBe(FIRE);
});

test('does not say the headline again', () => {
  const headline = 'Fire destroys grain warehouse in Port Alder on Sunday';
  const again = 'Fire destroys a grain warehouse in Port Alder on Sunday.';
  expect(summaryOf(`${again} ${BURNS}`, { headline })).toBe(BURNS);
});

test('goes to the text and then to another article when the lead has nothing', () => {
  const lead = sampleArticle({ key: 'a', summary: 'Read more.', text: '' });
  const other = sampleArticle({ key: 'b', text: FIRE });
  expect(summarizeStory([lead, other], { headline: 'x', mostWords: 35 })).toBe(FIRE);
});

test('cuts a sentence too long where a clause ends, and nowhere else', () => {
  const long = `${FIRE.slice(0, -1)}, which had been empty since the autumn when its owner moved all of the harvest to a larger building`;
  expect(summaryOf(`${long}.`, { mostWords: 16 })).toBe(FIRE);
  const list = 'Ships, boats, rafts, barges and ferries lay side by side in the harbour all day.';
  expect(summaryOf(list, { mostWords: 10 })).toBe('');
});

test('of nothing, emoji or a megabyte there is a summary all the same: none, or a short one', () => {
  expect(summaryOf('')).toBe('');
  expect(summaryOf('🎉 🎉 🎉')).toBe('');
  expect(summaryOf(`${FIRE} `.repeat(15_000))).toBe(FIRE);
  expect(summaryOf('x'.repeat(1_000_000))).toBe('');
});

test('tells what most reports tell, and of a figure the latest', () => {
  const evening = sampleArticle({
    key: 'a',
    summary: 'At least six people died when a storm broke the sea wall at Port Alder.',
    publishedAt: '2026-03-01T20:00:00.000Z',
  });
  const morning = sampleArticle({
    key: 'b',
    summary: 'At least 14 people died when a storm broke the sea wall at Port Alder.',
  });
  const guide = sampleArticle({ key: 'c', summary: 'Forty shelters offer beds to whoever asks.' });
  expect(summarizeStory([guide, evening, morning], { headline: 'x', mostWords: 35 })).toBe(
    morning.summary,
  );
});

test('between two that tell as much, it comes from the article whose headline is printed', () => {
  const reports = [
    [
      'a',
      'Storm breaks sea wall at Port Alder',
      'A storm broke the sea wall at Port Alder at dawn.',
    ],
    ['b', 'Girl saved from Port Alder storm', 'A girl was saved when a storm broke Port Alder.'],
  ].map(([key = '', title = '', summary = '']) => sampleArticle({ key, title, summary }));
  const tell = (headline: string) => summarizeStory(reports, { headline, mostWords: 35 });
  expect(tell('Girl saved from Port Alder storm')).toBe(reports[1]?.summary);
  expect(tell('Storm breaks sea wall at Port Alder')).toBe(reports[0]?.summary);
});

test('for any story it is made of whole sentences of its articles and keeps to the room', () => {
  const sentence = fc.constantFrom(
    FIRE,
    BURNS,
    'The company said the harbour would stay closed.',
    'Mayor Cleo Hart asked everyone in Port Alder to stay at home.',
    '{{{headline}}} <b>is</b> the title of a report about Port Alder.',
    'שרפה גדולה פרצה במחסן בנמל של העיר הלילה.',
    '🎉🎉🎉',
  );
  const article = fc.array(sentence, { maxLength: 8 });
  fc.assert(
    fc.property(
      fc.array(article, { maxLength: 6 }),
      fc.integer({ min: 5, max: 45 }),
      (all, room) => {
        const articles = all.map((parts, place) =>
          sampleArticle({ key: `k${place}`, summary: parts.join(' ') }),
        );
        const summary = summarizeStory(articles, { headline: 'x', mostWords: room });
        expect(countWords(summary)).toBeLessThanOrEqual(room);
        const source = articles.map((each) => each.summary).join(' ');
        for (const part of splitSentences(summary, 'en')) expect(source).toContain(part);
      },
    ),
    { numRuns: 100 },
  );
});
