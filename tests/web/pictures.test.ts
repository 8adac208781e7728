import { readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findNamedIssue } from '../../src/app/choose-newsletter.ts';
import { freezeIssue } from '../../src/app/freeze-issue.ts';
import { planSendNow } from '../../src/app/plan-readers.ts';
import { findPicturePath } from '../../src/app/name-picture.ts';
import { previewMessage } from '../../src/app/preview-message.ts';
import { readMessage } from '../../src/domain/email.ts';
import { makeLinkToken } from '../../src/domain/link-token.ts';
import { createReaderApp } from '../../src/web/reader-app.ts';
import { ISSUE, NOW, openTestApp, saveTestIssue } from './open-test-app.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const LARGE = Buffer.concat([PNG, Buffer.alloc(300_000)]);
const WIDE = Buffer.from(PNG);
WIDE.writeUInt32BE(9_000, 16);
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const FILES: Readonly<Record<string, Buffer>> = {
  '/good.png': PNG,
  '/other.png': PNG,
  '/large.png': LARGE,
  '/wide.png': WIDE,
  '/picture.svg': SVG,
  '/page.png': Buffer.from(
    '<!doctype html><p>a page that calls itself a picture, and is long enough',
  ),
};

let server: Server;
let origin: string;
let asked: string[] = [];
let place: Awaited<ReturnType<typeof openTestApp>>;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/moved.png')
      return response.writeHead(302, { location: 'http://127.0.0.1:1/x.png' }).end();
    const bytes = FILES[request.url ?? ''];
    response.writeHead(bytes ? 200 : 404, { 'content-type': 'image/png' }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

beforeEach(async () => {
  asked = [];
  place = await openTestApp(
    `smtp_url: "inbox:"\nfetch_allow: "${origin.slice('http://'.length)}"\n`,
  );
});
afterEach(() => place.close());

async function request(path: string, headers: Record<string, string> = {}) {
  return await createReaderApp(place.app).request(path, { headers });
}

const pathOf = (url: string) => findPicturePath(place.app.secret, url);

describe('a picture of ours', () => {
  test('is fetched once, kept, and shown as what its bytes say it is', async () => {
    const path = pathOf(`${origin}/good.png`);
    for (const time of ['first', 'again', 'and again']) {
      const response = await request(path);
      expect(response.status, time).toBe(200);
      expect(response.headers.get('content-type')).toBe('image/png');
      expect(response.headers.get('cache-control')).toBe('public, max-age=604800');
      expect(response.headers.get('content-security-policy')).toContain('sandbox');
      expect(Buffer.from(await response.arrayBuffer())).toEqual(PNG);
    }
    expect(asked).toEqual(['/good.png']);
    expect(readdirSync(join(place.folder, 'pictures'))).toHaveLength(1);
  });

  test('is fetched once for many who ask at the same moment', async () => {
    const path = pathOf(`${origin}/good.png`);
    const answers = await Promise.all(Array.from({ length: 8 }, () => request(path)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(asked).toEqual(['/good.png']);
  });

  test('is answered 304 when it is asked again', async () => {
    const path = pathOf(`${origin}/good.png`);
    const etag = (await request(path)).headers.get('etag') ?? '';
    expect((await request(path, { 'if-none-match': etag })).status).toBe(304);
  });

  test.each(['/large.png', '/wide.png', '/picture.svg', '/page.png', '/moved.png', '/none.png'])(
    'is not shown when it is %s, and not asked for again at once',
    async (file) => {
      for (const time of ['first', 'again'])
        expect((await request(pathOf(`${origin}${file}`))).status, time).toBe(404);
      expect(asked).toEqual([file]);
    },
  );

  test('makes room for the next: the newest 300 are kept, by when they were last shown', async () => {
    const folder = join(place.folder, 'pictures');
    const first = pathOf(`${origin}/good.png`);
    await request(first);
    const [shown = ''] = readdirSync(folder);
    for (let number = 0; number < 299; number += 1) {
      const file = join(folder, `old-${number}`);
      writeFileSync(file, PNG);
      utimesSync(file, 1_000 + number, 1_000 + number);
    }
    utimesSync(join(folder, shown), 1, 1);
    await request(first);
    await request(pathOf(`${origin}/other.png`));
    const kept = readdirSync(folder);
    expect(kept).toHaveLength(300);
    expect(kept).toContain(shown);
    expect(kept).not.toContain('old-0');
    expect(kept).toContain('old-1');
    expect(asked).toEqual(['/good.png', '/other.png']);
  });

  test('in a private place is not fetched', async () => {
    rmSync(join(place.folder, 'pictures'), { recursive: true, force: true });
    for (const url of [
      'http://127.0.0.1:9/x.png',
      'http://169.254.169.254/latest',
      'https://[::1]/',
    ])
      expect((await request(pathOf(url))).status, url).toBe(404);
  });
});

describe('anybody else’s address', () => {
  test('is not fetched without our signature', async () => {
    const good = pathOf(`${origin}/good.png`);
    const named = Buffer.from(`${origin}/other.png`).toString('base64url');
    const wrong = [
      good.slice(0, -1),
      `${good}x`,
      `/img/${named}`,
      `/img/${named}.${good.split('.')[1]}`,
      `/img/${makeLinkToken('another-secret-altogether', 'picture', named)}`,
      `/img/${makeLinkToken(place.app.secret, 'unsubscribe', named)}`,
      '/img/.',
      `/img/${encodeURIComponent(`${origin}/other.png`)}`,
    ];
    for (const path of wrong) expect((await request(path)).status, path).toBe(404);
    expect(asked).toEqual([]);
  });
});

describe('the lead’s picture', () => {
  const image = { width: 1, height: 1, alt: 'A quay', credit: 'Ada' };

  test('is asked of us by readers, and of its publisher only by us', async () => {
    const url = `${origin}/good.png`;
    await saveTestIssue(place.app, { image: { ...image, url } });
    const named = await findNamedIssue(place.app, ISSUE);
    await freezeIssue(place.app, named, planSendNow(named.newsletter, NOW));
    const mail = readMessage(await previewMessage(place.app, ISSUE, 'ada@example.org')).html;
    expect(mail).toContain(`src="https://brief.example.org${pathOf(url)}"`);
    expect(mail).not.toContain(origin);
    for (const path of ['/issues/2026-03-09', '/issues/2026-03-09/story-01']) {
      const body = await (await request(path)).text();
      expect(body).toContain(`src="${pathOf(url)}"`);
      expect(body).toContain(`content="https://brief.example.org${pathOf(url)}"`);
      expect(body).not.toContain(origin);
    }
    expect((await request(pathOf(url))).status).toBe(200);
  });
});
