import { expect, it } from 'vitest';
import { openLookUp } from '../../src/gather/look-up-addresses.ts';

it('a name only this machine knows is found all the same', async () => {
  const found = await openLookUp()('localhost');
  expect(found.length).toBeGreaterThan(0);
  for (const { address, family } of found)
    expect([address, family]).toEqual(family === 4 ? ['127.0.0.1', 4] : ['::1', 6]);
});
