import { expect, test } from 'vitest';
import { chooseHeadline } from '../../src/compose/choose-headline.ts';
import { sampleArticle } from './sample-stories.ts';

function headlineOf(...titles: readonly string[]): string {
  const outlet = { key: 'globe.example', name: 'The Port Alder Globe' };
  return chooseHeadline(
    titles.map((title, place) => sampleArticle({ key: `${place}`, title, outlet })),
  );
}

test.each([
  ['Storm hits the northern coast - The Port Alder Globe', 'Storm hits the northern coast'],
  ['Storm hits the northern coast | BBC News', 'Storm hits the northern coast'],
  ['Storm hits the northern coast – Evening Herald', 'Storm hits the northern coast'],
  ['Port Alder Globe: Storm hits the northern coast', 'Storm hits the northern coast'],
  ['LIVE: Storm hits the northern coast', 'Storm hits the northern coast'],
  ['BREAKING - EXCLUSIVE: Storm hits the northern coast', 'Storm hits the northern coast'],
  ['WATCH: Storm hits the northern coast [Video]', 'Storm hits the northern coast'],
  ['Storm hits the northern coast – as it happened', 'Storm hits the northern coast'],
])('"%s" is printed as "%s"', (title, headline) => {
  expect(headlineOf(title)).toBe(headline);
});

test.each([
  'Opinion: The storm was foreseen',
  'Anglo-Saxon hoard found - in a shoe box',
  'Storm - what we know',
  'Mayor: I will not resign',
  'Live-streamed council draws thousands',
  'New harbour system ready for go-live',
  'Live',
])('"%s" stays as it is', (title) => {
  expect(headlineOf(title)).toBe(title);
});

const LONG =
  'Port Alder council approves the new harbour bridge and its tolls, after a night of talks between all parties';

test('a title too long gives way to another article of the story', () => {
  expect(headlineOf(LONG, 'Council approves Port Alder bridge')).toBe(
    'Council approves Port Alder bridge',
  );
});

test('without another it is cut where a clause ends', () => {
  expect(headlineOf(LONG)).toBe('Port Alder council approves the new harbour bridge and its tolls');
});

test('a cut that keeps less than two fifths is no headline', () => {
  const title =
    'Banks rush to patch Latchkey after flaw is found in the log-in code that some forty million people use';
  expect(headlineOf(title)).toBe(title);
});

test('a sentence tells more than a list behind a colon', () => {
  const list = 'New bridge opens: two towers, forty ropes, one proud mayor';
  expect(headlineOf(list, 'New bridge opens in Port Alder today')).toBe(
    'New bridge opens in Port Alder today',
  );
});

test('a claim is never cut from the one who makes it, or from its condition', () => {
  const claim = `The mayor took money from a builder for years; police said in a report to the council on Monday`;
  expect(headlineOf(claim)).toBe(claim);
});

test('what cannot be cut is left whole', () => {
  const whole = 'Port '.repeat(30).trim();
  expect(headlineOf(whole)).toBe(whole);
});

test('a text in the place of a title is not printed whole', () => {
  expect(headlineOf('Storm '.repeat(100_000))).toBe('');
  expect(headlineOf('Storm '.repeat(100_000), 'Storm hits coast')).toBe('Storm hits coast');
});

test('without any title the first sentence serves, without that nothing', () => {
  const summary = 'A fire destroyed a warehouse in Port Alder.';
  expect(chooseHeadline([sampleArticle({ key: 'a', title: ' ', summary })])).toBe(summary);
  expect(chooseHeadline([sampleArticle({ key: 'a', title: '' })])).toBe('');
});

test.each([
  ['a question', 'Will the new bridge ever open to the public?'],
  ['a tease', 'Here’s why the new bridge opens early'],
  ['a list', 'Five things about the new bridge that opens today'],
  ['a guide', 'New bridge: what you need to know as it opens'],
])('what happened is told before %s', (_, bait) => {
  expect(headlineOf(bait, 'New bridge opens in Port Alder')).toBe('New bridge opens in Port Alder');
});

test('what most reports tell beats what one of them adds', () => {
  const reports = [
    'Harbour master recalls a long night on the quay',
    'Storm sinks three ferries in Port Alder',
    'Three ferries sunk by storm in Port Alder',
  ].map((title, place) =>
    sampleArticle({ key: `${place}`, title, summary: 'A storm sank three ferries in Port Alder.' }),
  );
  expect(chooseHeadline(reports)).toMatch(/ferries/);
});

test('a toll of the evening is not printed in the morning', () => {
  const evening = sampleArticle({
    key: 'a',
    title: 'Six killed as storm hits Port Alder',
    publishedAt: '2026-03-01T20:00:00.000Z',
  });
  const morning = sampleArticle({ key: 'b', title: 'Storm in Port Alder kills 14 people' });
  expect(chooseHeadline([evening, morning])).toBe(morning.title);
});

test.each([
  'Port Alder bridge opens to the public again only after a very long fight over its tolls',
  'Mayor of Port Alder did not take any money from a builder, although the police are not so sure',
  'Crane sworn in by the judges of the high court in Port Alder as mayor of its larger twin',
])('a cut never turns a statement into another: "%s"', (title) => {
  expect(headlineOf(title)).toBe(title);
});

test.each([
  [
    'Sea wall fails at Port Alder as storm surge kills 14 and drives 60,000 from homes',
    'Sea wall fails at Port Alder as storm surge kills 14',
  ],
  [
    'Antarctic drillers bring up ice 1.3 million years old, the oldest that anyone has read',
    'Antarctic drillers bring up ice 1.3 million years old',
  ],
])('"%s" is cut where a new clause begins', (title, cut) => {
  expect(headlineOf(title)).toBe(cut);
});
