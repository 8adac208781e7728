import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import type { IssueDocument } from '../../src/domain/issue.ts';
import { saveDraft } from '../../src/store/drafts.ts';
import { listNewsletters, saveNewsletter } from '../../src/store/newsletters.ts';
import { createPreviewApp } from '../../src/web/preview-app.ts';
import { openServer, type WebServer } from '../../src/web/open-server.ts';
import { NOW, openTestApp } from '../web/open-test-app.ts';
import { findBrowser, openBrowser } from './find-browser.ts';

const SAMPLES = { harbour: 'full-morning', arabic: 'right-to-left', long: 'long-headlines' };
const ISSUE_PAGES = ['/issues/2026-03-09', '/issues/2026-03-09/STORY'];
const PAGES = [...ISSUE_PAGES, '/issues', '/themes/world', '/issues/x'];
const PATIENCE = { timeout: 120_000 };
const PHONE: BrowserContextOptions = { viewport: { width: 320, height: 640 } };

const path = findBrowser();

describe.skipIf(path === null)('the archive in a browser', () => {
  let browser: Browser;
  let place: Awaited<ReturnType<typeof openTestApp>>;
  let server: WebServer;
  let urls: readonly string[];

  beforeAll(async () => {
    place = await openTestApp();
    const stories = await Promise.all(Object.entries(SAMPLES).map(saveSample));
    server = await openServer(createPreviewApp(place.app), { host: '127.0.0.1', port: 0 });
    browser = await openBrowser(path!);
    urls = Object.keys(SAMPLES).flatMap((slug, index) =>
      (slug === 'harbour' ? PAGES : ISSUE_PAGES).map(
        (page) => `${server.url}/n/${slug}${page.replace('STORY', stories[index] ?? '')}`,
      ),
    );
  });
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  afterAll(async () => {
    await browser.close();
    await server.close();
    await place.close();
  });

  /** A newsletter of its own with a draft of the sample; returns the id of its lead. */
  async function saveSample([slug, sample]: readonly [string, string]): Promise<string> {
    const file = new URL(`../../seeds/samples/${sample}.json`, import.meta.url);
    const document = JSON.parse(readFileSync(file, 'utf8')) as IssueDocument;
    const [harbour] = await listNewsletters(place.app.store);
    const { name, language } = document.newsletter;
    await saveNewsletter(place.app.store, { ...harbour!, slug, name, language }, NOW);
    const key = { newsletter: slug, date: '2026-03-09', kind: 'daily' } as const;
    // Its publisher does not exist, and tests never leave this machine.
    const lead = document.lead && { ...document.lead, image: null };
    const draft = { ...document, lead, date: key.date };
    await saveDraft(place.app.store, key, {
      id: `i-${slug}`,
      document: { ...draft, newsletter: { ...document.newsletter, slug } },
      now: NOW,
      skipReason: null,
    });
    return document.lead?.id ?? '';
  }

  async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(url);
    return page;
  }

  test('scrolls sideways nowhere on a phone', PATIENCE, async () => {
    for (const url of urls) {
      const page = await open(url, PHONE);
      const overflow =
        'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate<number>(overflow), url).toBe(0);
    }
  });

  test.each(['light', 'dark'] as const)(
    'in %s colours axe finds nothing serious',
    PATIENCE,
    async (colorScheme) => {
      for (const url of urls) {
        const page = await open(url, { colorScheme });
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
        const serious = violations.filter(
          ({ impact }) => impact === 'serious' || impact === 'critical',
        );
        expect(
          serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
          url,
        ).toEqual([]);
      }
    },
  );

  test('breaks none of its own rules, and copies its link', async () => {
    const page = await (await browser.newContext()).newPage();
    const faults: string[] = [];
    page.on('console', (message) => faults.push(message.text()));
    await page.goto(`${server.url}/n/harbour/issues/2026-03-09`);
    await page.click('[data-copy]');
    await page.locator('text=Copied').waitFor();
    expect(faults).toEqual([]);
    expect(await page.getAttribute('[data-copy]', 'data-copy')).toContain(
      'https://brief.example.org/',
    );
  });

  test('is read from right to left in Arabic', async () => {
    const page = await open(`${server.url}/n/arabic/issues/2026-03-09`);
    expect(await page.getAttribute('html', 'dir')).toBe('rtl');
    expect(await page.innerText('.archive-foot')).toContain('مشاركة');
  });
});
