import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser, openBrowser } from '../browser/find-browser.ts';
import { ROOT, timeProgram } from './time-program.ts';

const PICTURE = join(ROOT, 'screenshot.png');
const WIDTH = 640;
const HEIGHT = 1340;
const MOST_BYTES = 300_000;

await takePicture(makeMorning());
const { size } = statSync(PICTURE);
console.log(`${PICTURE}: ${Math.round(size / 1000)} KB`);
if (size > MOST_BYTES) throw new Error(`The picture is larger than ${MOST_BYTES / 1000} KB.`);

/** The HTML of the mail that the demo sends today. */
function makeMorning(): string {
  const folder = mkdtempSync(join(tmpdir(), 'daybrief-screenshot-'));
  const main = join(ROOT, 'src', 'main.ts');
  const file = join(folder, 'issue.html');
  try {
    const flags = ['--once', '--no-open', '--data', folder];
    timeProgram(process.execPath, [main, 'demo', ...flags]);
    const render = ['render', 'today', '--format', 'html', '--output', file, '--data', folder];
    timeProgram(process.execPath, [main, ...render], folder);
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function takePicture(html: string): Promise<void> {
  const place = findBrowser();
  if (place === null) throw new Error('The picture needs a browser.');
  const browser = await openBrowser(place);
  try {
    const page = await browser.newPage({
      viewport: { width: WIDTH, height: HEIGHT },
      deviceScaleFactor: 1.5,
      colorScheme: 'light',
    });
    await page.setContent(html, { waitUntil: 'load' });
    await page.screenshot({ path: PICTURE });
  } finally {
    await browser.close();
  }
}
