import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addSubscriber } from '../../src/app/add-subscriber.ts';
import { createPreviewApp } from '../../src/web/preview-app.ts';
import { findSubscription, ISSUE, openTestApp, saveTestIssue } from './open-test-app.ts';

let place: Awaited<ReturnType<typeof openTestApp>>;

beforeEach(async () => {
  place = await openTestApp();
});
afterEach(() => place.close());

async function request(path: string, headers: Record<string, string> = {}) {
  const response = await createPreviewApp(place.app).request(path, {
    headers: { host: 'localhost:4400', ...headers },
  });
  return { response, status: response.status, body: await response.text() };
}

const HOSTILE = '<img src=x onerror=alert(1)><script>alert(1)</script> {{secret}} "quoted" & more';

describe('a hostile issue', () => {
  test('stays text on the list, on the page, in the mail and in the file name', async () => {
    await saveTestIssue(place.app, { headline: HOSTILE, summary: HOSTILE });
    for (const path of ['/', `/preview/${ISSUE}`, `/preview/${ISSUE}/html`]) {
      const { status, body } = await request(path);
      expect(status).toBe(200);
      expect(body).not.toMatch(/<img src=x|<script>alert/);
      expect(body).toContain('&lt;script&gt;alert(1)');
    }
  });

  test('cannot run anything: no page allows a script of its own, the mail allows none at all', async () => {
    await saveTestIssue(place.app);
    for (const path of ['/', '/inbox', '/nothing', `/preview/${ISSUE}`, '/preview/x/y']) {
      const { response, body } = await request(path);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      expect(body).not.toMatch(/<style|style=|<script>| on\w+=/);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
    const mail = await request(`/preview/${ISSUE}/html`);
    const policy = mail.response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; img-src https: data:; style-src 'unsafe-inline'");
    expect(policy).not.toContain('script-src');
    const page = await request(`/preview/${ISSUE}`);
    expect(/<iframe[^>]*>/.exec(page.body)?.[0]).toMatch(/ sandbox="(?!.*allow-scripts)/);
  });
});

describe('who may look', () => {
  test.each(['localhost', 'localhost:4400', '127.0.0.1:9', '[::1]:4400', 'LOCALHOST:4400'])(
    'a browser that asks for %s',
    async (host) => {
      expect((await request('/', { host })).status).toBe(200);
    },
  );

  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example:4400',
    '127.0.0.1@evil.example',
    '192.168.1.7:4400',
    '',
  ])('not one that asks for "%s"', async (host) => {
    const { status, body } = await request('/', { host });
    expect(status).toBe(403);
    expect(body).not.toContain('sample');
  });
});

describe('the list', () => {
  test('says in words how to make a first issue, and shows the samples', async () => {
    const { body } = await request('/');
    expect(body).toContain('No issue yet. Make one with <code>daybrief build</code>');
    expect(body).toContain('href="/preview/sample/right-to-left"');
  });

  test('shows an issue with its state and numbers', async () => {
    await saveTestIssue(place.app, { headline: 'Ferry turns back' });
    const { body } = await request('/');
    expect(body).toContain('Ferry turns back');
    expect(body).toMatch(/harbour\/2026-03-09 · <b>draft<\/b> · 4 stories/);
    expect(body).not.toContain('No issue yet');
  });
});

describe('a message', () => {
  test('is the mail of the reader it is shown as', async () => {
    await saveTestIssue(place.app);
    const nobody = await request(`/preview/${ISSUE}/html`);
    const ada = await request(`/preview/${ISSUE}/html?as=ada%40example.org`);
    const ben = await request(`/preview/${ISSUE}/html?as=ben%40example.org`);
    const { id } = await findSubscription(place.app, 'ada@example.org');
    expect(nobody.body).not.toContain('/unsubscribe/');
    expect(ada.body).toContain(`https://brief.example.org/unsubscribe/${id}.`);
    expect(ada.body).toContain('lang="en"');
    expect(ben.body).toContain('lang="de"');
  });

  test('begins as the reader named on the command line, who can be left for nobody', async () => {
    await saveTestIssue(place.app);
    const pages = createPreviewApp(place.app, { as: 'ben@example.org' });
    const headers = { host: 'localhost' };
    const begin = await pages.request(`/preview/${ISSUE}/headers`, { headers });
    const nobody = await pages.request(`/preview/${ISSUE}/headers?as=`, { headers });
    expect(await begin.text()).toContain('To: ben@example.org');
    expect(await nobody.text()).toContain('To: reader@example.org');
  });

  test('offers its readers by address, with the state of those who get no mail', async () => {
    await saveTestIssue(place.app);
    await addSubscriber(place.app, { address: 'cleo@example.org' });
    const { body } = await request(`/preview/${ISSUE}?as=ada%40example.org`);
    expect(body).toContain('<option value="ada@example.org" selected>ada@example.org</option>');
    expect(body).toContain('<option value="cleo@example.org">cleo@example.org (pending)</option>');
    expect(body).not.toContain('name="other"');
  });

  test('has a field for any address when there are too many readers to list', async () => {
    await saveTestIssue(place.app);
    for (let number = 100; number < 300; number += 1) {
      await addSubscriber(place.app, { address: `cleo${number}@example.org`, consent: 'form' });
    }
    const last = `/preview/${ISSUE}?as=ada%40example.org&other=cleo299%40example.org`;
    const { body } = await request(last);
    expect(body).toContain('name="other"');
    expect(body.match(/<option /g)).toHaveLength(202);
    expect(body).toContain('<option value="cleo299@example.org" selected>');
  });

  test('is shown as text and headers, on the page and alone', async () => {
    await saveTestIssue(place.app, { headline: 'Ferry & crew' });
    const text = await request(`/preview/${ISSUE}/text`);
    expect(text.response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(text.body).toContain('Ferry & crew');
    expect((await request(`/preview/${ISSUE}?part=text`)).body).toMatch(
      /<pre[^>]*>.*Ferry &amp; crew/s,
    );
    const headers = await request(`/preview/${ISSUE}?part=headers&as=ada%40example.org`);
    expect(headers.body).toContain('<dt>List-Unsubscribe-Post</dt>');
    expect(headers.body).toContain('Ada &lt;ada@example.org&gt;');
    expect(headers.body).not.toContain('<iframe');
  });

  test('can be saved as the file a mail program opens', async () => {
    await saveTestIssue(place.app, { headline: 'Fähre kehrt um' });
    const app = createPreviewApp(place.app);
    const response = await app.request(`/preview/${ISSUE}/eml?as=ada%40example.org`, {
      headers: { host: 'localhost' },
    });
    const disposition = response.headers.get('content-disposition');
    expect(disposition).toBe('attachment; filename="harbour-2026-03-09.eml"');
    const mail = await simpleParser(Buffer.from(await response.arrayBuffer()));
    expect(mail.to).toMatchObject({ value: [{ name: 'Ada', address: 'ada@example.org' }] });
    expect(mail.html).toContain('Fähre kehrt um');
  });

  test.each(['full-morning', 'long-headlines', 'quiet-day', 'right-to-left'])(
    'of the sample %s is there in every part',
    async (name) => {
      for (const part of ['', '/html', '/text', '/headers', '/eml']) {
        expect((await request(`/preview/sample/${name}${part}`)).status).toBe(200);
      }
    },
  );
});

describe('looking', () => {
  test('changes nothing, and there is nothing but looking', async () => {
    await saveTestIssue(place.app);
    const countChanges = async () =>
      (await sql`select total_changes() as changes`.execute(place.app.store.db)).rows;
    const before = await countChanges();
    const paths = ['', '/html', '/text', '/headers', '/eml'].map(
      (part) => `/preview/${ISSUE}${part}`,
    );
    for (const path of ['/', '/inbox', ...paths]) await request(`${path}?as=ada%40example.org`);
    expect(await countChanges()).toEqual(before);
    const methods = createPreviewApp(place.app).routes.map((route) => route.method);
    expect(new Set(methods)).toEqual(new Set(['GET', 'ALL']));
  });
});

describe('what is not there', () => {
  test.each([
    ['/preview/harbour/2026-03-10', 404, 'daybrief build --date 2026-03-10'],
    ['/preview/harbour/2026-02-30', 400, 'does not name an issue'],
    ['/preview/nothing/2026-03-09', 404, 'There is no newsletter'],
    ['/preview/sample/nothing', 404, 'There is no sample'],
    ['/preview/sample/..%2F..%2Fpackage', 404, 'There is no sample'],
    ['/preview/harbour/2026-03-09?as=nobody', 400, 'is not an e-mail address'],
    ['/preview/harbour/2026-03-09/text?as=cleo%40example.org', 404, 'Nobody with the address'],
    ['/inbox/..%2Fdaybrief.yaml', 404, 'has no message'],
    ['/inbox/000001-a.eml', 404, 'has no message'],
    ['/assets/..%2Flayout.hbs', 404, 'There is no such page'],
    ['/nothing', 404, 'There is no such page'],
  ])('%s answers %i with a page that says what to do', async (path, expected, sentence) => {
    await saveTestIssue(place.app);
    const { status, body, response } = await request(path);
    expect(status).toBe(expected);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(body).toContain(sentence);
    expect(body).toContain('data-version=');
  });

  test('a fault of our own says nothing of the inside, and goes to the log', async () => {
    await place.app.store.db.schema.dropTable('deliveries').execute();
    await saveTestIssue(place.app);
    const { status, body } = await request('/');
    expect(status).toBe(500);
    expect(body).not.toContain('deliveries');
    expect(place.logged.join()).toContain('web.failed');
  });
});

describe('the inbox', () => {
  const keep = (name: string, text: string) => {
    mkdirSync(join(place.app.settings.data, 'inbox'), { recursive: true });
    writeFileSync(join(place.app.settings.data, 'inbox', name), text);
  };

  test('lists what the built-in inbox kept, the newest first, with readable subjects', async () => {
    keep('000001-aaaa.eml', 'To: ada@example.org\r\nSubject: Ferry\r\n turns back\r\n\r\nbody');
    const words = '=?UTF-8?Q?F=C3=A4hre_kehrt?=\r\n =?UTF-8?B?IHVtIPCfmqI=?=';
    keep('000002-bbbb.eml', `To: ben@example.org\r\nSubject: ${words}\r\n\r\nSubject: no`);
    keep('.000003-cccc.eml.1.tmp', 'half a message');
    expect((await request('/')).body).toContain('Inbox: 2 messages');
    const { body } = await request('/inbox');
    expect(body).toMatch(/Fähre kehrt um 🚢<\/a>.*Ferry turns back<\/a>/s);
    expect(body).not.toContain('000003');
  });

  test('shows a message as it came, as plain text', async () => {
    keep('000001-aaaa.eml', 'Subject: <b>bold</b>\r\n\r\n<script>alert(1)</script>');
    const { body, response } = await request('/inbox/000001-aaaa.eml');
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(body).toBe('Subject: <b>bold</b>\r\n\r\n<script>alert(1)</script>');
  });

  test('that is empty or missing is said in words', async () => {
    expect((await request('/')).body).not.toContain('Inbox');
    expect((await request('/inbox')).body).toContain('Nothing has come yet');
  });
});
