import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE_LETTERS } from '../../src/app/sample-letters.ts';
import { readSample } from '../render/sample-issues.ts';
import { findBrowser, openBrowser } from './find-browser.ts';
import { measureShape } from './mail-shape.ts';
import { openMail, type View } from './open-mail.ts';
import {
  findFaintTexts,
  listHeadings,
  listMisplaced,
  listSmallTargets,
  measureLights,
  measureOverflow,
} from './read-mail-page.ts';
import {
  compileLook,
  LOOKS,
  makeShowcase,
  OTHER_MAILS,
  printMail,
  printOther,
  removeDarkScheme,
} from './showcase-mail.ts';

/** For a slow machine. */
const PATIENCE = { timeout: 60_000 };
const path = findBrowser();

describe.skipIf(path === null)('a mail in a browser', PATIENCE, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser(path!);
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(() => browser.close());

  describe.each(LOOKS)('in the look %s', (look) => {
    const kit = () => compileLook(look);
    const open = async (view: View) =>
      openMail(browser, printMail(await kit(), makeShowcase()).html, view);
    const openArabic = async (view: View) =>
      openMail(browser, printMail(await kit(), readSample('right-to-left'), 'ar').html, view);

    test.each(['light', 'dark'] as const)('is readable by everybody in %s', async (scheme) => {
      const page = await open({ width: 640, scheme });
      expect(await findBarriers(page)).toEqual([]);
      expect(await findFaintTexts(page, 7)).toEqual([]);
    });

    test.each(['light', 'dark'] as const)(
      'is readable from right to left in %s',
      async (scheme) => {
        const page = await openArabic({ width: 640, scheme });
        expect(await findBarriers(page)).toEqual([]);
        expect(await findFaintTexts(page, 7)).toEqual([]);
        expect(await listMisplaced(page)).toEqual([]);
        expect(await page.evaluate(ALIGNMENTS)).toEqual(['right']);
      },
    );

    test('has one h1, an h2 for each block and an h3 for each story', async () => {
      const page = await open({ width: 640 });
      const document = makeShowcase();
      const headings = await listHeadings(page);
      expect(headings.filter((name) => name === 'H1')).toHaveLength(1);
      expect(headings.filter((name) => name === 'H2')).toHaveLength(document.sections.length + 3);
      expect(headings.filter((name) => name === 'H3')).toHaveLength(document.counts.stories);
      expect(headings.slice(0, 3)).toEqual(['H1', 'H2', 'H3']);
    });

    test.each([320, 640])('reads in the order it is seen in at %i pixels', async (width) => {
      expect(await listMisplaced(await open({ width }))).toEqual([]);
    });

    test('has targets of 24 pixels and buttons of 44', async () => {
      const page = await open({ width: 320 });
      expect(await listSmallTargets(page, 'a', 24)).toEqual([]);
      expect(await listSmallTargets(page, 'a.btn', 44)).toEqual([]);
    });

    test.each(['showcase', 'long-headlines', 'right-to-left'])(
      'does not scroll sideways at 320 pixels: %s',
      async (name) => {
        const document = name === 'showcase' ? makeShowcase() : readSample(name);
        const { html } = printMail(await kit(), document, document.newsletter.language);
        expect(await measureOverflow(await openMail(browser, html, { width: 320 }))).toBe(0);
      },
    );

    test('is complete without pictures', async () => {
      const [page, bare] = [await open({ width: 640 }), await openBare(await kit())];
      const read = (from: Page) => from.evaluate<string>('document.body.innerText');
      expect(await read(bare)).toBe(await read(page));
      expect(await bare.getAttribute('.sheet img', 'alt')).toMatch(/^The mouth of the Ellery/);
    });

    test.each(['640', '320', '640-right-to-left'])('keeps its shape: %s', async (name) => {
      const width = parseInt(name);
      const page = await (name.endsWith('left') ? openArabic : open)({ width });
      await expect(await measureShape(page)).toMatchFileSnapshot(`shapes/${look}-${name}.txt`);
    });
  });

  describe.each(OTHER_MAILS)('that is no issue: %s', (name) => {
    test.each(LOOKS)('is clear in light, dark and on a phone in %s', async (look) => {
      const { html } = await printOther(look, name);
      const page = await openMail(browser, html, { width: 320 });
      expect(await measureOverflow(page)).toBe(0);
      expect((await listHeadings(page)).filter((heading) => heading === 'H1')).toHaveLength(1);
      expect(await listSmallTargets(page, 'a', 24)).toEqual([]);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await findFaintTexts(page, 7)).toEqual([]);
      }
    });

    test('is readable by everybody', async () => {
      const { html } = await printOther('broadsheet', name);
      const page = await openMail(browser, html, { width: 640 });
      expect(await findBarriers(page)).toEqual([]);
      expect(await listMisplaced(page)).toEqual([]);
    });
  });

  test.each(SAMPLE_LETTERS)(
    'the letter of $kind is readable from right to left',
    async (letter) => {
      const { html } = await printOther('wire', letter.kind, 'ar');
      const page = await openMail(browser, html, { width: 640, scheme: 'dark' });
      expect(await findBarriers(page)).toEqual([]);
      expect(await findFaintTexts(page, 7)).toEqual([]);
      const align = 'getComputedStyle(document.querySelector("h1")).textAlign';
      expect(await page.evaluate<string>(align)).toBe('right');
    },
  );

  async function openBare(kit: Awaited<ReturnType<typeof compileLook>>): Promise<Page> {
    const { html } = printMail(kit, makeShowcase());
    return await openMail(browser, html, { width: 640, hasPictures: false });
  }

  test('on paper leaves out what nobody can click', async () => {
    const { html } = printMail(await compileLook('broadsheet'), makeShowcase());
    const page = await openMail(browser, html, { width: 640 });
    const isShown = () => page.locator('text=Unsubscribe').isVisible();
    expect(await isShown()).toBe(true);
    await page.emulateMedia({ media: 'print' });
    expect(await isShown()).toBe(false);
  });
});

describe.skipIf(path === null)('a mail whose colours the program turns by itself', PATIENCE, () => {
  test.each(LOOKS)('is light on dark in %s', async (look) => {
    const browser = await openBrowser(path!, ['--enable-features=WebContentsForceDark']);
    try {
      const { html } = printMail(await compileLook(look), makeShowcase());
      const page = await openMail(browser, removeDarkScheme(html), { width: 640, scheme: 'dark' });
      const { ground, text } = await measureLights(page);
      expect(ground).toBeLessThan(0.1);
      expect((text + 0.05) / (ground + 0.05)).toBeGreaterThan(7);
    } finally {
      await browser.close();
    }
  });
});

/** Every way a paragraph of the stories is aligned. */
const ALIGNMENTS =
  '[...new Set([...document.querySelectorAll("h3, h3 ~ p")].map((e) => getComputedStyle(e).textAlign.replace("-webkit-", "")))]';

/** What axe-core calls serious or critical. */
async function findBarriers(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}
