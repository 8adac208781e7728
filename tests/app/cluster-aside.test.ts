import { expect, test } from 'vitest';
import { clusterAside } from '../../src/app/cluster-aside.ts';
import { clusterArticles } from '../../src/cluster/cluster-articles.ts';
import { compileBackground } from '../../src/cluster/compile-background.ts';
import { HARBOUR_FIRE, HARBOUR_FIRE_ELSEWHERE, RATE_CUT } from '../cluster/sample-articles.ts';

const ARTICLES = [HARBOUR_FIRE, HARBOUR_FIRE_ELSEWHERE, RATE_CUT];
const BACKGROUND = compileBackground({ en: { 16: ['bank', 'night'] } });
const CONTEXT = { background: BACKGROUND, known: [] };

test('a thread finds the stories that would be found here', async () => {
  const aside = await clusterAside(ARTICLES, CONTEXT, 2);
  expect(aside).toEqual(clusterArticles(ARTICLES, BACKGROUND));
  expect(await clusterAside(ARTICLES, CONTEXT, 3)).toEqual(aside);
});

test('while a thread clusters, everything else goes on', async () => {
  const order: string[] = [];
  const clustered = clusterAside(ARTICLES, CONTEXT, 2).then(() => order.push('stories'));
  setImmediate(() => order.push('something else'));
  await clustered;
  expect(order).toEqual(['something else', 'stories']);
});
