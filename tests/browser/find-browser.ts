import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PLACES = [
  process.env['CHROME_PATH'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const ADVICE =
  'No Chrome or Chromium was found, so the browser tests cannot run. Install one with "apt-get install chromium" (or Google Chrome), or name it in CHROME_PATH.';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** The path of an installed browser, or null after one loud line; in CI a missing browser is a failure. */
export function findBrowser(): string | null {
  const found = PLACES.find((place) => place !== '' && existsSync(place));
  if (found) return found;
  if (process.env['CI'] === 'true') throw new Error(ADVICE);
  console.warn(`\n*** ${ADVICE} ***\n`);
  return null;
}

export async function openBrowser(
  path: string,
  switches: readonly string[] = [],
): Promise<Browser> {
  return await chromium.launch({ executablePath: path, args: [...ARGS, ...switches] });
}
