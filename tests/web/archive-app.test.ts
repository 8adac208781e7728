import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freezeIssue } from '../../src/app/freeze-issue.ts';
import { planSendNow } from '../../src/app/plan-readers.ts';
import { findNamedIssue } from '../../src/app/choose-newsletter.ts';
import { previewMessage } from '../../src/app/preview-message.ts';
import { readIssueStatuses } from '../../src/app/read-status.ts';
import { readMessage } from '../../src/domain/email.ts';
import { parseFeed, type ParsedFeed } from '../../src/gather/parse-feed.ts';
import { saveDraft } from '../../src/store/drafts.ts';
import { findIssue } from '../../src/store/issues.ts';
import { listNewsletters, saveNewsletter } from '../../src/store/newsletters.ts';
import { createReaderApp } from '../../src/web/reader-app.ts';
import { ISSUE, NOW, openTestApp, saveTestIssue } from './open-test-app.ts';

const PAGE = '/issues/2026-03-09';
const FEEDS = ['/feed.xml', '/feed.json'];

let place: Awaited<ReturnType<typeof openTestApp>>;

beforeEach(async () => {
  place = await openTestApp('smtp_url: "inbox:"\n');
  await saveTestIssue(place.app);
});
afterEach(() => place.close());

async function freeze(): Promise<void> {
  const named = await findNamedIssue(place.app, ISSUE);
  await freezeIssue(place.app, named, planSendNow(named.newsletter, NOW));
}

async function request(path: string, options: RequestInit = {}) {
  const response = await createReaderApp(place.app).request(path, options);
  const { status, headers } = response;
  return { status, headers, body: await response.text() };
}

async function readFeed(path: string): Promise<ParsedFeed> {
  const { body, headers } = await request(path);
  const contentType = headers.get('content-type');
  const feed = parseFeed(Buffer.from(body), { contentType, url: null, isRaw: false });
  if ('error' in feed) throw new Error(feed.error);
  return feed;
}

/** A second newsletter with the same issue, also frozen. */
async function addSecondNewsletter(): Promise<void> {
  const [harbour] = await listNewsletters(place.app.store);
  const second = { ...harbour!, slug: 'capital', name: 'Capital Evening' };
  await saveNewsletter(place.app.store, second, NOW);
  const key = { newsletter: 'harbour', date: '2026-03-09', kind: 'daily' } as const;
  const issue = await findIssue(place.app.store, key);
  const { slug, name } = second;
  const document = {
    ...issue!.document,
    newsletter: { ...issue!.document.newsletter, slug, name },
  };
  const draft = await saveDraft(
    place.app.store,
    { ...key, newsletter: slug },
    { id: 'i-2', document, now: NOW, skipReason: null },
  );
  await freezeIssue(place.app, { newsletter: second, issue: draft }, planSendNow(second, NOW));
}

describe('an issue on the web', () => {
  test('is not there before it is frozen', async () => {
    expect((await request(PAGE)).status).toBe(404);
    expect((await request('/issues')).body).toContain('No issue has been published yet.');
    expect(await readFeed('/feed.xml')).toMatchObject({ entries: [] });
    await freeze();
    expect((await request(PAGE)).status).toBe(200);
    expect((await request('/issues')).body).toContain(PAGE);
  });

  test('is the mail, byte for byte, with a dress around it and nothing of a reader', async () => {
    await freeze();
    const { body } = await request(PAGE);
    const mail = readMessage(await previewMessage(place.app, ISSUE, 'ada@example.org')).html;
    const brief = /<h1.*<\/h3>/s.exec(mail)?.[0] ?? '';
    expect(brief.length).toBeGreaterThan(1_000);
    expect(body).toContain(brief);
    expect(mail).toContain('ada@example.org');
    expect(body).not.toMatch(/ada@|unsubscribe|reader@/i);
  });

  test('names the hash that is frozen, as status does', async () => {
    await freeze();
    const [status] = await readIssueStatuses(place.app);
    expect(status?.contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect((await request(PAGE)).body).toContain(
      `<meta name="daybrief-issue" content="${status?.contentHash}">`,
    );
  });

  test('is what the link of the mail leads to', async () => {
    await freeze();
    const message = await previewMessage(place.app, ISSUE, 'ada@example.org');
    const link = /<(https:[^>]+)>/.exec(message.headers['List-Archive'] ?? '')?.[1] ?? '';
    expect(link).toBe('https://brief.example.org/n/harbour/issues/2026-03-09');
    expect(readMessage(message).html).toContain(link);
    expect((await request(new URL(link).pathname)).status).toBe(200);
  });

  test('tells other sites its address, its title and its language', async () => {
    await freeze();
    const { body } = await request(PAGE);
    expect(body).toContain(
      '<link rel="canonical" href="https://brief.example.org/issues/2026-03-09">',
    );
    expect(body).toContain('<meta property="og:type" content="article">');
    expect(body).toMatch(/<html[^>]* lang="en" dir="ltr"/);
    const below = await request(`/n/harbour${PAGE}`);
    expect(below.body).toContain('href="https://brief.example.org/issues/2026-03-09"');
  });

  test('runs no script but ours and sets no cookie', async () => {
    await saveTestIssue(place.app, { headline: '</head><script>alert(1)</script>{{7}}' });
    await freeze();
    const paths = [PAGE, '/issues', `${PAGE}/story-01`, '/themes/world', '/feed.xml'];
    for (const path of paths) {
      const { body, headers, status } = await request(path);
      expect(status, path).toBe(200);
      expect(body, path).not.toContain('<script>');
      expect(headers.get('set-cookie'), path).toBeNull();
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, path).toContain("default-src 'none'");
      expect(policy, path).not.toMatch(/script-src[^;]*unsafe/);
      expect(policy.includes("'unsafe-inline'"), path).toBe(path === PAGE);
    }
  });
});

describe('a story on the web', () => {
  test('has its sources, and the way to the whole issue', async () => {
    await freeze();
    const { body, status } = await request(`${PAGE}/story-01`);
    expect(status).toBe(200);
    expect(body).toContain('Coast Radio');
    expect(body).toContain('https://coastradio.example/');
    expect(body).toContain(`href="${PAGE}"`);
  });

  test('says when the same matter was told before', async () => {
    await freeze();
    const key = { newsletter: 'harbour', date: '2026-03-10', kind: 'daily' } as const;
    const issue = await findIssue(place.app.store, { ...key, date: '2026-03-09' });
    const document = { ...issue!.document, date: key.date };
    await saveDraft(place.app.store, key, { id: 'i-3', document, now: NOW, skipReason: null });
    const named = await findNamedIssue(place.app, 'harbour/2026-03-10');
    await freezeIssue(place.app, named, planSendNow(named.newsletter, NOW));
    const { body } = await request('/issues/2026-03-10/story-01');
    expect(body).toContain('Told before');
    expect(body).toContain(`href="${PAGE}/story-01"`);
    expect((await request(PAGE)).body).toContain('href="/issues/2026-03-10" rel="next"');
  });
});

describe('what is asked again', () => {
  test.each([PAGE, '/issues', `${PAGE}/story-01`, '/themes/world', ...FEEDS])(
    'at %s is answered 304 by its tag',
    async (path) => {
      await freeze();
      const first = await request(path);
      const etag = first.headers.get('etag') ?? '';
      expect(first.headers.get('cache-control')).toBe('public, max-age=300');
      const again = await request(path, { headers: { 'if-none-match': `"other", W/${etag}` } });
      expect(again).toMatchObject({ status: 304, body: '' });
      const other = await request(path, { headers: { 'if-none-match': '"other"' } });
      expect(other.status).toBe(200);
    },
  );

  test('is answered 304 by its time, unless a tag says otherwise', async () => {
    await freeze();
    const { headers } = await request(PAGE);
    const since = headers.get('last-modified') ?? '';
    expect(since).toBe(new Date(NOW).toUTCString());
    expect((await request(PAGE, { headers: { 'if-modified-since': since } })).status).toBe(304);
    const old = new Date(0).toUTCString();
    expect((await request(PAGE, { headers: { 'if-modified-since': old } })).status).toBe(200);
    const both = { 'if-modified-since': since, 'if-none-match': '"other"' };
    expect((await request(PAGE, { headers: both })).status).toBe(200);
  });

  test('with HEAD has the headers and no body', async () => {
    await freeze();
    for (const path of [PAGE, ...FEEDS]) {
      const { status, headers, body } = await request(path, { method: 'HEAD' });
      expect(status).toBe(200);
      expect(headers.get('etag')).toMatch(/^"/);
      expect(body).toBe('');
    }
  });
});

describe('an address that leads nowhere', () => {
  test.each([
    '/issues/2026-13-45',
    '/issues/2026-03-08',
    '/issues/..%2F..%2Fetc',
    '/issues/%E0%A4%A',
    `/issues/${'9'.repeat(5_000)}`,
    "/issues/2026-03-09'%20or%201=1--",
    `${PAGE}/story-99`,
    `${PAGE}/__proto__`,
    '/themes/constructor',
    '/n/nobody/issues',
    '/n/__proto__/feed.xml',
  ])('%s answers 404 with a way on', async (path) => {
    await freeze();
    const { status, body, headers } = await request(path);
    expect(status).toBe(404);
    expect(body).toMatch(/href="(\/n\/harbour)?\/issues"/);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
  });

  test('elsewhere has one too', async () => {
    const { status, body } = await request('/nothing');
    expect(status).toBe(404);
    expect(body).toContain('href="/issues"');
  });
});

describe('the feeds', () => {
  test('tell our own parser the same, in RSS and in JSON', async () => {
    await saveTestIssue(place.app, { headline: 'A bold ferry & a "quay" ]]> it is \ufffe' });
    await freeze();
    const rss = await readFeed('/feed.xml');
    const json = await readFeed('/feed.json');
    const pick = (feed: ParsedFeed) =>
      feed.entries.map(({ id, url, title, publishedAt, summary, contentHtml }) => ({
        id,
        url,
        title,
        publishedAt,
        summary,
        contentHtml,
      }));
    expect(pick(rss)).toEqual(pick(json));
    expect(rss.entries[0]?.url).toBe('https://brief.example.org/issues/2026-03-09');
    expect(rss.entries[0]?.contentHtml).toContain('Barrier bond goes to the upper house');
    expect(rss.title).toBe('Harbour Morning');
  });
});

describe('with several newsletters', () => {
  beforeEach(async () => {
    await freeze();
    await addSecondNewsletter();
  });

  test('each has its own pages and feeds', async () => {
    for (const [slug, name] of [
      ['harbour', 'Harbour Morning'],
      ['capital', 'Capital Evening'],
    ]) {
      const { body } = await request(`/n/${slug}/issues`);
      expect(body).toContain(`<h1 dir="auto">${name}</h1>`);
      expect(body).toContain(`href="/n/${slug}${PAGE}"`);
      expect(body).toContain(`href="https://brief.example.org/n/${slug}/feed.xml"`);
      expect((await request(`/n/${slug}${PAGE}`)).body).toContain(name);
      expect((await request(`/n/${slug}/feed.xml`)).body).toContain(`/n/${slug}${PAGE}</link>`);
    }
  });

  test('the root asks which one', async () => {
    const { status, body } = await request('/issues');
    expect(status).toBe(200);
    expect(body).toContain('href="/n/capital/issues"');
    const old = await request(PAGE);
    expect(old.status).toBe(404);
    expect(old.body).toContain(`href="/n/harbour${PAGE}"`);
  });
});
