import { expect, test } from 'vitest';
import { shareConnections } from '../../src/domain/share-connections.ts';

test.each([
  [4, [1], [4]],
  [4, [3, 1], [3, 1]],
  [10, [1, 1, 1], [4, 3, 3]],
  [4, [97, 1, 1, 1], [3, 1, 1, 1]],
  [1, [1, 1], [1, 1]],
  [20, [90, 10], [18, 2]],
])('%i connections by weights %j are %j', (total, weights, shares) => {
  expect(shareConnections(total, weights)).toEqual(shares);
});
