import { expect, test } from 'vitest';
import { chooseWhatNext, chooseWhyItMatters } from '../../src/compose/choose-context.ts';
import type { Candidate } from '../../src/domain/article.ts';
import { sampleArticle } from './sample-stories.ts';

const NEWS = 'The council of Port Alder has approved a new harbour bridge.';

function tell(sentence: string, language = 'en'): readonly Candidate[] {
  return [sampleArticle({ key: 'a', title: 'Bridge', summary: `${NEWS} ${sentence}`, language })];
}

test.each([
  [
    'en',
    'Port Alder has not built a harbour bridge in decades, and it is the largest in the county.',
  ],
  ['en', 'More than half of all commuters in Port Alder take a crowded ferry every morning.'],
  ['de', 'Port Alder baut damit zum ersten Mal eine Brücke über den Hafen.'],
  ['fr', 'Port Alder construit un pont pour la première fois depuis un siècle.'],
  ['es', 'Port Alder construye un puente por primera vez en cien años.'],
])('why it matters is a sentence that says so (%s): %s', (language, sentence) => {
  expect(chooseWhyItMatters(tell(sentence, language), { texts: [NEWS] })).toBe(sentence);
});

test.each([
  ['en', 'Lawmakers in Port Alder are expected to vote on the plan on Thursday.'],
  ['en', 'Builders will begin to sink the piers of Port Alder within three weeks.'],
  ['de', 'Der Landtag soll am Donnerstag über die Pläne von Port Alder abstimmen.'],
  ['fr', 'Le Sénat votera jeudi sur le financement du pont de Port Alder.'],
  ['es', 'El Senado votará el jueves la financiación del puente de Port Alder.'],
])('what comes next is a sentence that says so (%s): %s', (language, sentence) => {
  expect(chooseWhatNext(tell(sentence, language), { texts: [NEWS] })).toBe(sentence);
});

test.each([
  'Nobody in Port Alder was surprised by the vote of the council.',
  'The plan was expected to fail in Port Alder on Monday evening.',
  '“The bridge will open next week,” Mayor Cleo Hart said in Port Alder.',
])('nothing is said where no sentence says it: %s', (sentence) => {
  expect(chooseWhatNext(tell(sentence), { texts: [NEWS] })).toBeNull();
  expect(chooseWhyItMatters(tell(sentence), { texts: [NEWS] })).toBeNull();
});

test('nothing is printed twice, and nothing of more than 30 words', () => {
  const next = 'Lawmakers in Port Alder are expected to vote on the plan on Thursday.';
  expect(chooseWhatNext(tell(next), { texts: [NEWS, next] })).toBeNull();
  const long = `${next.slice(0, -1)}${' and on every single day that follows it'.repeat(3)}.`;
  expect(chooseWhatNext(tell(long), { texts: [NEWS] })).toBeNull();
});
