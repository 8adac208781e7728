import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { findBrowser, openBrowser } from '../browser/find-browser.ts';
import { openMail, type View } from '../browser/open-mail.ts';
import { compileLook, makeShowcase, printMail, type LookName } from '../browser/showcase-mail.ts';
import { ROOT, timeProgram } from './time-program.ts';

const HEIGHT = 1240;
const MOST_BYTES = 300_000;

const browser = await openPictureBrowser();
try {
  await takePicture('screenshot.png', makeMorning(), { width: 640, scheme: 'light' });
  await takePicture('screenshot-wire.png', await print('wire'), { width: 640, scheme: 'dark' });
  await takePicture('screenshot-large.png', await print('large-print'), { width: 320 });
} finally {
  await browser.close();
}

/** The HTML of the mail that the demo sends today. */
function makeMorning(): string {
  const folder = mkdtempSync(join(tmpdir(), 'daybrief-screenshot-'));
  const main = join(ROOT, 'src', 'main.ts');
  const file = join(folder, 'issue.html');
  try {
    timeProgram(process.execPath, [main, 'demo', '--once', '--no-open', '--data', folder]);
    const render = ['render', 'today', '--format', 'html', '--output', file, '--data', folder];
    timeProgram(process.execPath, [main, ...render], folder);
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function print(look: LookName): Promise<string> {
  return printMail(await compileLook(look), makeShowcase()).html;
}

async function openPictureBrowser(): Promise<Browser> {
  const place = findBrowser();
  if (place === null) throw new Error('The pictures need a browser.');
  return await openBrowser(place);
}

async function takePicture(name: string, html: string, view: View): Promise<void> {
  const path = join(ROOT, name);
  const page = await openMail(browser, html, view);
  await page.setViewportSize({ width: view.width, height: HEIGHT });
  await page.screenshot({ path });
  await page.context().close();
  const { size } = statSync(path);
  console.log(`${path}: ${Math.round(size / 1000)} KB`);
  if (size > MOST_BYTES) throw new Error(`${name} is larger than ${MOST_BYTES / 1000} KB.`);
}
