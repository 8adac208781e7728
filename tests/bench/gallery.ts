import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { escapeValue } from '../../src/domain/slots.ts';
import { findBrowser, openBrowser } from '../browser/find-browser.ts';
import { openMail, type View } from '../browser/open-mail.ts';
import {
  compileLook,
  LOOKS,
  makeShowcase,
  printMail,
  removeDarkScheme,
  type LookName,
} from '../browser/showcase-mail.ts';
import { readSample } from '../render/sample-issues.ts';
import { ROOT } from './time-program.ts';

/** One way to look at a mail: which mail, how wide, in what colours, and in which browser. */
interface Mode {
  readonly name: string;
  readonly view: View;
  readonly print?: (look: LookName) => Promise<string>;
  readonly isForced?: boolean;
}

const WIDE = { width: 640 };
const MODES: readonly Mode[] = [
  { name: 'light', view: WIDE },
  { name: 'dark', view: { ...WIDE, scheme: 'dark' } },
  {
    name: 'forced-dark',
    view: { ...WIDE, scheme: 'dark' },
    isForced: true,
    print: async (look) => removeDarkScheme(await printShowcase(look)),
  },
  { name: 'right-to-left', view: WIDE, print: printArabic },
  { name: 'right-to-left-dark', view: { ...WIDE, scheme: 'dark' }, print: printArabic },
  { name: '320', view: { width: 320 } },
  { name: '320-dark', view: { width: 320, scheme: 'dark' } },
  { name: 'images-off', view: { ...WIDE, hasPictures: false } },
  {
    name: 'long-headlines-320',
    view: { width: 320 },
    print: async (look) => printMail(await compileLook(look), readSample('long-headlines')).html,
  },
  { name: 'text', view: WIDE, print: printText },
];

const folder = resolve(process.argv[2] ?? mkdtempSync(join(tmpdir(), 'daybrief-gallery-')));
if (folder.startsWith(ROOT)) throw new Error(`${folder} is part of the project. Name another one.`);
mkdirSync(folder, { recursive: true });
const place = findBrowser();
if (place === null) throw new Error('The gallery needs a browser.');
const plain = await openBrowser(place);
const forced = await openBrowser(place, ['--enable-features=WebContentsForceDark']);
try {
  for (const look of LOOKS)
    for (const mode of MODES) await takePicture(mode.isForced ? forced : plain, look, mode);
} finally {
  await Promise.all([plain.close(), forced.close()]);
}
writeFileSync(join(folder, 'index.html'), writeIndex());
console.log(`The gallery is in ${join(folder, 'index.html')}`);

async function takePicture(browser: Browser, look: LookName, mode: Mode): Promise<void> {
  const html = await (mode.print ?? printShowcase)(look);
  const page = await openMail(browser, html, mode.view);
  await page.screenshot({ path: join(folder, namePicture(look, mode)), fullPage: true });
  await page.context().close();
}

async function printShowcase(look: LookName): Promise<string> {
  return printMail(await compileLook(look), makeShowcase()).html;
}

async function printArabic(look: LookName): Promise<string> {
  return printMail(await compileLook(look), readSample('right-to-left'), 'ar').html;
}

async function printText(look: LookName): Promise<string> {
  const { text } = printMail(await compileLook(look), makeShowcase());
  return `<!doctype html><meta charset="utf-8"><pre style="font:14px/20px monospace">${escapeValue(text).replaceAll('\n', '<br>')}</pre>`;
}

function namePicture(look: LookName, mode: Mode): string {
  return `issue-${look}-${mode.name}.png`;
}

function writeIndex(): string {
  const rows = LOOKS.map((look) => {
    const pictures = MODES.map((mode) => {
      const file = namePicture(look, mode);
      const width = Math.round(mode.view.width / 2);
      return `<figure><a href="${file}"><img src="${file}" width="${width}" alt="The issue, ${look}, ${mode.name}"></a><figcaption>${mode.name}</figcaption></figure>`;
    });
    return `<h2>${look}</h2><div>${pictures.join('')}</div>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Every mail in every look</title>
<style>body{font:16px sans-serif;margin:24px}div{display:flex;gap:16px;align-items:start;overflow-x:auto}figure{margin:0}img{border:1px solid #999}</style>
<h1>Every mail in every look</h1>${rows.join('\n')}</html>
`;
}
