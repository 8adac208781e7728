import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listUnpublishedArticles } from '../../src/store/articles.ts';
import { createPushApp } from '../../src/web/push-app.ts';
import { openTestApp } from './open-test-app.ts';

const TOKEN = 'a-token-of-the-tests-42';
const ARTICLE = {
  title: 'Bridge opens',
  outlet: 'City desk',
  text: 'It is <open>.\n\nCars & bikes.',
};

let sample: Awaited<ReturnType<typeof openTestApp>>;
beforeEach(async () => {
  sample = await openTestApp(`push_token: ${TOKEN}\n`);
});
afterEach(() => sample.close());

async function push(body: unknown, authorization = `Bearer ${TOKEN}`) {
  const response = await createPushApp(sample.app).request('/articles', {
    method: 'POST',
    headers: { authorization },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return {
    status: response.status,
    body: (await response.json()) as { key?: string; error?: string },
  };
}

async function listPushed() {
  const window = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };
  return await listUnpublishedArticles(sample.app.store, { newsletter: 'harbour', ...window });
}

describe('a pushed article', () => {
  test('is stored as it was written, for every newsletter', async () => {
    const url = 'https://example.org/bridge?utm_source=x';
    const first = await push({
      ...ARTICLE,
      url,
      publishedAt: '2026-03-09T04:00:00Z',
      theme: 'World',
    });
    expect(first).toEqual({ status: 201, body: { key: 'https://example.org/bridge' } });
    expect(await listPushed()).toMatchObject([
      {
        key: 'https://example.org/bridge',
        text: 'It is <open>. Cars & bikes.',
        outlet: { name: 'City desk' },
        publishedAt: '2026-03-09T04:00:00.000Z',
        wish: { theme: 'World', isPinned: false },
      },
    ]);
  });

  test('that comes twice is one article', async () => {
    expect((await push(ARTICLE)).status).toBe(201);
    expect((await push(ARTICLE)).status).toBe(200);
    expect(await listPushed()).toHaveLength(1);
  });

  test('without the right token is refused', async () => {
    for (const authorization of [
      '',
      'Bearer',
      'Bearer wrong',
      `Basic ${TOKEN}`,
      `Bearer ${TOKEN}x`,
    ]) {
      expect(await push(ARTICLE, authorization)).toMatchObject({
        status: 401,
        body: { error: /token/ },
      });
    }
    expect(await listPushed()).toEqual([]);
  });

  test('that cannot be used is answered with every fault in one sentence', async () => {
    const wrong = {
      title: ' ',
      url: 'javascript:x',
      publishedAt: 'soon',
      theme: 'turnips',
      pin: true,
      text: 7,
    };
    const { status, body } = await push(wrong);
    expect(status).toBe(400);
    for (const name of ['title', 'outlet', 'url', 'publishedAt', 'theme', '"pin"', 'text']) {
      expect(body.error).toContain(name);
    }
    expect((await push('{"title": ')).status).toBe(400);
    expect((await push('[]')).status).toBe(400);
    expect((await push('null')).status).toBe(400);
    expect(await listPushed()).toEqual([]);
  });

  test('of more than a megabyte is too large', async () => {
    const { status, body } = await push({ ...ARTICLE, text: 'x'.repeat(1_100_000) });
    expect(status).toBe(413);
    expect(body.error).toMatch(/1 MB/);
  });

  test('is not taken at all while there is no token', async () => {
    await sample.close();
    sample = await openTestApp();
    expect((await push(ARTICLE, 'Bearer ')).status).toBe(404);
  });
});
