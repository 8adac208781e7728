import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { queueDeliveries } from '../../src/store/audience.ts';
import { streamLedger } from '../../src/store/ledger.ts';
import { createReaderApp } from '../../src/web/reader-app.ts';
import { findSubscription, makeToken, NOW, openTestApp, saveTestIssue } from './open-test-app.ts';

let place: Awaited<ReturnType<typeof openTestApp>>;

beforeEach(async () => {
  place = await openTestApp();
  await saveTestIssue(place.app);
  await queueDeliveries(
    place.app.store,
    { id: 'i-1', newsletter: 'harbour' },
    {
      planReader: () => ({ notBefore: NOW, localDate: null, expiresAt: null, wave: 2, skip: null }),
      makeMessageId: (id) => `<${id}@harbour.example>`,
      now: NOW,
    },
  );
});
afterEach(() => place.close());

async function request(path: string, options: RequestInit = {}) {
  const response = await createReaderApp(place.app).request(path, options);
  return { response, status: response.status, body: await response.text() };
}

async function readState(address: string) {
  return (await findSubscription(place.app, address)).state;
}

async function readLedger(): Promise<Record<string, string>> {
  const states: Record<string, string> = {};
  for await (const row of streamLedger(place.app.store, 'i-1')) states[row.subscriber] = row.state;
  return states;
}

describe('leaving', () => {
  test('by the one-click POST of a mail program answers 200, not a redirect, and skips what waits', async () => {
    const path = `/unsubscribe/${await makeToken(place.app, 'ada@example.org')}`;
    const { status, response } = await request(path, {
      method: 'POST',
      body: 'List-Unsubscribe=One-Click',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'https://mail.example',
      },
    });
    expect(status).toBe(200);
    expect(response.headers.get('location')).toBeNull();
    expect(await readState('ada@example.org')).toBe('unsubscribed');
    expect(await readState('ben@example.org')).toBe('active');
    expect(await readLedger()).toEqual({
      'ada@example.org': 'skipped',
      'ben@example.org': 'queued',
    });
  });

  test('by the button says so, and doing it again is the same', async () => {
    const path = `/unsubscribe/${await makeToken(place.app, 'ada@example.org')}`;
    for (const time of ['the first time', 'again']) {
      const { status, body } = await request(path, { method: 'POST' });
      expect(status, time).toBe(200);
      expect(body).toContain('You have left <bdi>Harbour Morning</bdi>.');
      expect(await readState('ada@example.org')).toBe('unsubscribed');
    }
    expect((await request(path)).body).toContain('You have left already');
  });

  test.each(['GET', 'HEAD'])('is not done by a %s: scanners follow every link', async (method) => {
    const path = `/unsubscribe/${await makeToken(place.app, 'ada@example.org')}`;
    const { status } = await request(path, { method });
    expect(status).toBe(200);
    expect(await readState('ada@example.org')).toBe('active');
    expect(await readLedger()).toMatchObject({ 'ada@example.org': 'queued' });
  });

  test('shows a page that names the newsletter and hides most of the address', async () => {
    const { body } = await request(`/unsubscribe/${await makeToken(place.app, 'ada@example.org')}`);
    expect(body).toContain('<form method="post"><button>Unsubscribe</button></form>');
    expect(body).toContain('Harbour Morning');
    expect(body).toContain('a…@example.org');
    expect(body).not.toContain('ada@');
    expect(body).toMatch(/<html lang="en" dir="ltr">/);
  });

  test.each(['GET', 'POST'])(
    'with a token that is not ours, %s answers 404 and changes nothing',
    async (method) => {
      const token = await makeToken(place.app, 'ada@example.org');
      const forged = [
        `${token}x`,
        token.slice(0, -1),
        token.split('.')[0],
        'x.y',
        '%00',
        '%E0%A4%A',
      ];
      for (const wrong of forged) {
        const { status, body } = await request(`/unsubscribe/${wrong}`, { method });
        expect(status).toBe(404);
        expect(body).toContain('This link leads nowhere');
        expect(body).toContain('class="masthead"');
      }
      expect(await readState('ada@example.org')).toBe('active');
    },
  );

  test('never writes an address or a token to the log', async () => {
    const token = await makeToken(place.app, 'ada@example.org');
    await request(`/unsubscribe/${token}`, { method: 'POST' });
    expect(place.logged.join()).toContain('subscription.ended');
    expect(place.logged.join()).not.toContain('ada@');
    expect(place.logged.join()).not.toContain(token);
  });
});

describe('every page', () => {
  test('keeps its token to itself and lets nothing in', async () => {
    const path = `/unsubscribe/${await makeToken(place.app, 'ada@example.org')}`;
    for (const options of [{}, { method: 'POST' }]) {
      const { headers } = (await request(path, options)).response;
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
    }
  });

  test('that does not exist looks like the others', async () => {
    const { status, body } = await request('/nothing');
    expect(status).toBe(404);
    expect(body).toContain('There is no such page');
  });

  test('is dressed by a style sheet from here', async () => {
    const { status, response } = await request('/assets/pages.css');
    expect(status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/css/);
  });

  test('is there while the process is: /healthz says ok', async () => {
    expect(await request('/healthz')).toMatchObject({ status: 200, body: 'ok' });
  });
});
