import { expect, test } from 'vitest';
import { multiplyVectors } from '../../src/cluster/term-vector.ts';
import { weighNames } from '../../src/cluster/weigh-names.ts';

function compare(a: string, b: string): number {
  const [first, second] = weighNames([a, b, 'Bakers of Port Alder meet.']);
  return first && second ? multiplyVectors(first, second) : -1;
}

test('a name and its adjective are one, whatever stands around them', () => {
  expect(compare('Envoys went to Norland.', 'On Friday the Norlandish army left.')).toBeGreaterThan(
    0,
  );
  expect(compare('Envoys went to Norland.', 'On Friday the Southern army left.')).toBe(0);
});

test('the word that begins a sentence is no name, and neither is one without a capital', () => {
  expect(compare('Envoys left.', '"Envoys" left. Envoys came back.')).toBe(0);
  expect(compare('The envoys left.', 'Both envoys came back.')).toBe(0);
});

test('the same names are all alike, and no names are no ground', () => {
  expect(compare('A day in Norland.', 'The end of Norland.')).toBeCloseTo(1);
  expect(compare('日本の首相', '日本の首相')).toBe(0);
});
