import { AxeBuilder } from '@axe-core/playwright';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openServer, type WebServer } from '../../src/web/open-server.ts';
import { createPreviewApp } from '../../src/web/preview-app.ts';
import { createReaderApp } from '../../src/web/reader-app.ts';
import {
  findSubscription,
  ISSUE,
  makeToken,
  openTestApp,
  saveTestIssue,
} from '../web/open-test-app.ts';
import { findBrowser, openBrowser } from './find-browser.ts';

const SAMPLES = ['full-morning', 'long-headlines', 'quiet-day', 'right-to-left'];
const LETTERS = ['confirmation', 'welcome', 'goodbye', 'correction'];
const SCHEMES = ['light', 'dark'] as const;
const HERE = { host: '127.0.0.1', port: 0 };

/** For a walk over many pages on a slow machine. */
const PATIENCE = { timeout: 120_000 };

const path = findBrowser();

describe.skipIf(path === null)('in a browser', () => {
  let browser: Browser;
  let place: Awaited<ReturnType<typeof openTestApp>>;
  let templates: string;
  let preview: WebServer;
  let readers: WebServer;

  beforeAll(async () => {
    templates = mkdtempSync(join(tmpdir(), 'daybrief-templates-'));
    cpSync(new URL('../../templates', import.meta.url), templates, { recursive: true });
    place = await openTestApp(`templates: ${templates}\n`);
    await saveTestIssue(place.app);
    preview = await openServer(createPreviewApp(place.app), HERE);
    readers = await openServer(createReaderApp(place.app), HERE);
    browser = await openBrowser(path!);
  });

  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });

  afterAll(async () => {
    await browser.close();
    await Promise.all([preview.close(), readers.close()]);
    await place.close();
    rmSync(templates, { recursive: true });
  });

  async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext(options);
    await context.route(/^https:/, (route) =>
      route.fulfill({ contentType: 'image/svg+xml', body: PICTURE }),
    );
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(url);
    expect(problems).toEqual([]);
    return page;
  }

  function findMail(page: Page) {
    return page.frameLocator('iframe');
  }

  describe('the preview', () => {
    test('lists the issue and the samples, and opens each with the mail in a frame', async () => {
      const page = await open(preview.url);
      const links = await Promise.all(
        (await page.locator('.list a').all()).map((link) => link.getAttribute('href')),
      );
      expect(links).toEqual([
        `/preview/${ISSUE}`,
        ...[...SAMPLES, ...LETTERS].map((sample) => `/preview/sample/${sample}`),
      ]);
      for (const link of links) {
        await page.goto(preview.url);
        await page.click(`a[href="${link}"]`);
        expect(await findMail(page).locator('h1').count()).toBe(1);
        const isLetter = LETTERS.some((letter) => link?.endsWith(letter));
        const text = findMail(page).locator(isLetter ? 'p' : 'h3');
        expect(await text.first().innerText()).not.toBe('');
      }
    });

    test('shows the mail of another reader when asked for', async () => {
      const page = await open(`${preview.url}/preview/${ISSUE}`);
      const html = findMail(page).locator('html');
      expect(await html.getAttribute('lang')).toBe('en');
      await page.selectOption('#as', 'ben@example.org');
      await page.click('button');
      await page.waitForURL(/as=ben/);
      expect(await html.getAttribute('lang')).toBe('de');
      await page.click('text=Headers');
      expect(await page.innerText('.headers')).toContain('ben@example.org');
    });

    test('shows the width and the colours asked for', async () => {
      const page = await open(`${preview.url}/preview/${ISSUE}`, { colorScheme: 'light' });
      const readPaper = async () => {
        await findMail(page).locator('h1').waitFor();
        return await page
          .frames()[1]!
          .evaluate<string>('getComputedStyle(document.querySelector(".brief")).backgroundColor');
      };
      const light = await readPaper();
      await page.click('text=Dark');
      await page.waitForURL(/scheme=dark/);
      expect(await readPaper()).not.toBe(light);
      await page.click('text=Phone');
      await page.waitForURL(/width=320/);
      expect(await page.evaluate<number>('document.querySelector("iframe").clientWidth')).toBe(320);
    });

    test('reloads when a template is saved, shows a broken one with its line, and recovers', async () => {
      const file = join(templates, 'partials', 'ending.hbs');
      const ending = readFileSync(file, 'utf8');
      const page = await open(`${preview.url}/preview/${ISSUE}`);
      await findMail(page).locator('h1').waitFor();
      writeFileSync(file, `${ending}<p>one more line</p>`);
      await findMail(page).locator('text=one more line').waitFor();
      writeFileSync(file, `${ending}{{#if words}}`);
      await page.locator('text=/ending\\.hbs, line \\d/').waitFor();
      writeFileSync(file, ending);
      await findMail(page).locator('h1').waitFor();
      expect(await findMail(page).locator('text=one more line').count()).toBe(0);
    });

    test('runs nothing that stands in the mail', async () => {
      const file = join(templates, 'partials', 'ending.hbs');
      const ending = readFileSync(file, 'utf8');
      writeFileSync(file, `${ending}<script>document.title = 'ran'; top.ran = true</script>`);
      const page = await (await browser.newContext()).newPage();
      await page.goto(`${preview.url}/preview/${ISSUE}/html`);
      expect(await page.title()).not.toBe('ran');
      await page.goto(`${preview.url}/preview/${ISSUE}`);
      await findMail(page).locator('h1').waitFor();
      expect(await page.evaluate<boolean>('"ran" in window')).toBe(false);
      writeFileSync(file, ending);
    });
  });

  describe('nothing scrolls sideways on a phone', () => {
    test.each(SAMPLES)('in the mail of %s', async (sample) => {
      const page = await open(`${preview.url}/preview/sample/${sample}/html`, PHONE);
      expect(await measureOverflow(page)).toBe(0);
    });

    test('on any page', PATIENCE, async () => {
      const token = await makeToken(place.app, 'ada@example.org');
      const paths = ['', ...SAMPLES.map((sample) => `/preview/sample/${sample}`)];
      const urls = [
        ...[...paths, `/preview/${ISSUE}`, `/preview/${ISSUE}?part=headers&as=ada@example.org`].map(
          (page) => `${preview.url}${page}`,
        ),
        `${preview.url}/preview/${ISSUE}?part=text`,
        `${preview.url}/inbox`,
        `${readers.url}/unsubscribe/${token}`,
      ];
      for (const url of urls) {
        const page = await open(url, PHONE);
        expect(await measureOverflow(page), url).toBe(0);
      }
    });
  });

  describe.each(SCHEMES)('in %s colours axe finds nothing serious', (colorScheme) => {
    test.each(SAMPLES)('in the mail of %s', async (sample) => {
      const page = await open(`${preview.url}/preview/sample/${sample}/html`, { colorScheme });
      expect(await findBarriers(page)).toEqual([]);
    });

    test('on any page', PATIENCE, async () => {
      const token = await makeToken(place.app, 'ada@example.org');
      const urls = [
        preview.url,
        `${preview.url}/preview/${ISSUE}`,
        `${preview.url}/preview/sample/right-to-left?part=text`,
        `${preview.url}/preview/${ISSUE}?part=headers`,
        `${preview.url}/inbox`,
        `${readers.url}/unsubscribe/${token}`,
      ];
      for (const url of urls) {
        const page = await open(url, { colorScheme });
        expect(await findBarriers(page), url).toEqual([]);
      }
      const page = await browser.newPage({ colorScheme });
      for (const url of [`${preview.url}/nothing`, `${readers.url}/unsubscribe/x.y`]) {
        await page.goto(url);
        expect(await findBarriers(page), url).toEqual([]);
      }
    });
  });

  test('a reader leaves with one click on the page', async () => {
    const page = await open(
      `${readers.url}/unsubscribe/${await makeToken(place.app, 'ben@example.org')}`,
    );
    expect((await findSubscription(place.app, 'ben@example.org')).state).toBe('active');
    await page.click('button');
    await page.locator('text=You have left').waitFor();
    expect((await findSubscription(place.app, 'ben@example.org')).state).toBe('unsubscribed');
    await page.reload();
    expect(await page.innerText('h1')).toContain('You have left');
  });
});

/** What stands in for every picture: tests never leave this machine. */
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="675"/>';
const PHONE: BrowserContextOptions = { viewport: { width: 320, height: 640 } };

/** Pixels by which a page is wider than its window. */
async function measureOverflow(page: Page): Promise<number> {
  return await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
}

/** What axe-core calls serious or critical on the page itself; no script can look into the frame of the mail. */
async function findBarriers(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}
