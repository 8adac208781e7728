import { expect, test } from 'vitest';
import { compareTexts } from '../../src/cluster/compare-texts.ts';
import { HARBOUR_FIRE, HARBOUR_FIRE_ELSEWHERE } from './sample-articles.ts';

const WIRE = { title: HARBOUR_FIRE.title, text: HARBOUR_FIRE.summary };

test('a reprint with another title, a dateline and an updated figure is the same', () => {
  const text = `PORT ALDER, March 2 — ${WIRE.text.replace('Two', '3')}`;
  expect(compareTexts(WIRE, { title: 'Harbour closed', text })).toMatchObject({ same: true });
});

test('another report of the same event is not the same', () => {
  const other = { title: HARBOUR_FIRE_ELSEWHERE.title, text: HARBOUR_FIRE_ELSEWHERE.summary };
  expect(compareTexts(WIRE, other)).toMatchObject({ same: false });
});

test('a text cut short is the same as the whole', () => {
  const cut = { title: WIRE.title, text: WIRE.text.slice(0, 90) };
  expect(compareTexts(WIRE, cut).score).toBeGreaterThan(0.8);
});

test('a reprint below an opening of its own, cut in the middle, is the same', () => {
  const opening =
    'Readers along the coast have asked us all morning about the smoke over the water. Here is what is known so far, from the agency. ';
  const reprint = { title: 'Smoke over the water', text: `${opening}${WIRE.text.slice(0, 75)}` };
  expect(compareTexts(WIRE, reprint)).toMatchObject({ same: true });
});

test('two reports that end with the same quoted words are not the same', () => {
  const quote = '“We will rebuild this harbour stone by stone and pay for all of it ourselves.”';
  const [a, b] = [
    `The harbour master of Port Alder spoke to a crowd of two hundred on the quay. ${quote}`,
    `Grain dealers want compensation, and the town said it would not wait for them. ${quote}`,
  ];
  expect(compareTexts({ title: 'Quay', text: a }, { title: 'Grain', text: b }).same).toBe(false);
});

test('without a text equal titles are the same, whatever outlet is named at the end', () => {
  const bare = { title: `${WIRE.title} | The Globe`, text: '' };
  expect(compareTexts(WIRE, bare)).toEqual({ same: true, score: 1 });
});

test.each([
  ['Results of round 3', 'Results of round 4'],
  ['Live updates', 'Live updates'],
  ['', ''],
])('"%s" and "%s" alone are not the same', (a, b) => {
  expect(compareTexts({ title: a, text: '' }, { title: b, text: '' }).same).toBe(false);
});
