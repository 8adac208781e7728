import { expect, test } from 'vitest';
import { describeCount } from '../../src/domain/describe-count.ts';

test('one is one, and any other number has more', () => {
  expect(describeCount(1, 'story')).toBe('1 story');
  expect(describeCount(2, 'story')).toBe('2 stories');
  expect(describeCount(0, 'feed')).toBe('0 feeds');
  expect(describeCount(3, 'own address')).toBe('3 own addresses');
});
