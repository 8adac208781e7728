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
