import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { escapeValue } from '../../src/domain/slots.ts';
import { findBrowser, openBrowser } from '../browser/find-browser.ts';
import { openMail, type View } from '../browser/open-mail.ts';
import {
  compileLook,
  LOOKS,
  makeShowcase,
  OTHER_MAILS,
  printMail,
  printOther,
  removeDarkScheme,
  type LookName,
} from '../browser/showcase-mail.ts';
import { readSample } from '../render/sample-issues.ts';
import { ROOT } from './time-program.ts';

/** One way to look at a mail: how wide, in what colours, and in which browser; and which mail, where it is not the one asked for. */
interface Mode {
  readonly name: string;
  readonly view: View;
  readonly language?: string;
  readonly print?: (look: LookName) => Promise<string>;
  readonly isForced?: boolean;
}

const WIDE = { width: 640 };
const DARK = { ...WIDE, scheme: 'dark' } as const;
const PHONE = { width: 320 };
const ISSUE_MODES: readonly Mode[] = [
  { name: 'light', view: WIDE },
  { name: 'dark', view: DARK },
  { name: 'forced-dark', view: DARK, isForced: true },
  { name: 'right-to-left', view: WIDE, print: printArabic },
  { name: 'right-to-left-dark', view: DARK, print: printArabic },
  { name: '320', view: PHONE },
  { name: '320-dark', view: { ...PHONE, scheme: 'dark' } },
  { name: 'images-off', view: { ...WIDE, hasPictures: false } },
  {
    name: 'long-headlines-320',
    view: PHONE,
    print: async (look) => printMail(await compileLook(look), readSample('long-headlines')).html,
  },
  { name: 'text', view: WIDE, print: printText },
];
const OTHER_MODES: readonly Mode[] = [
  { name: 'light', view: WIDE },
  { name: 'dark', view: DARK },
  { name: 'forced-dark', view: DARK, isForced: true },
  { name: 'right-to-left', view: WIDE, language: 'ar' },
  { name: '320', view: PHONE },
];
const MAILS = ['issue', ...OTHER_MAILS] as const;
type MailName = (typeof MAILS)[number];

/** All of them, or those that are named after the folder. */
const WANTED = MAILS.filter((mail) => process.argv.length < 4 || process.argv.includes(mail, 3));

const folder = resolve(process.argv[2] ?? mkdtempSync(join(tmpdir(), 'daybrief-gallery-')));
if (folder.startsWith(ROOT)) throw new Error(`${folder} is part of the project. Name another one.`);
mkdirSync(folder, { recursive: true });
const place = findBrowser();
if (place === null) throw new Error('The gallery needs a browser.');
const plain = await openBrowser(place);
const forced = await openBrowser(place, ['--enable-features=WebContentsForceDark']);
try {
  for (const mail of WANTED)
    for (const look of LOOKS)
      for (const mode of listModes(mail)) await takePicture(mail, look, mode);
} finally {
  await Promise.all([plain.close(), forced.close()]);
}
writeFileSync(join(folder, 'index.html'), writeIndex());
console.log(`The gallery is in ${join(folder, 'index.html')}`);

function listModes(mail: MailName): readonly Mode[] {
  return mail === 'issue' ? ISSUE_MODES : OTHER_MODES;
}

async function takePicture(mail: MailName, look: LookName, mode: Mode): Promise<void> {
  const html = await (mode.print ?? ((which) => printShown(mail, which, mode)))(look);
  const shown = mode.isForced ? removeDarkScheme(html) : html;
  const page = await openMail(mode.isForced ? forced : plain, shown, mode.view);
  const file = namePicture({ mail, look, mode });
  await page.screenshot({ path: join(folder, file), fullPage: true });
  await page.context().close();
}

async function printShown(mail: MailName, look: LookName, mode: Mode): Promise<string> {
  if (mail !== 'issue') return (await printOther(look, mail, mode.language)).html;
  return printMail(await compileLook(look), makeShowcase()).html;
}

async function printArabic(look: LookName): Promise<string> {
  return printMail(await compileLook(look), readSample('right-to-left'), 'ar').html;
}

async function printText(look: LookName): Promise<string> {
  const { text } = printMail(await compileLook(look), makeShowcase());
  return `<!doctype html><meta charset="utf-8"><pre style="font:14px/20px monospace">${escapeValue(text).replaceAll('\n', '<br>')}</pre>`;
}

interface Picture {
  readonly mail: MailName;
  readonly look: LookName;
  readonly mode: Mode;
}

function namePicture({ mail, look, mode }: Picture): string {
  return `${mail}-${look}-${mode.name}.png`;
}

function writeIndex(): string {
  const parts = WANTED.map((mail) => {
    const rows = LOOKS.map((look) => {
      const figures = listModes(mail).map((mode) => writeFigure({ mail, look, mode }));
      return `<h3>${look}</h3><div>${figures.join('')}</div>`;
    });
    return `<h2>${mail}</h2>${rows.join('\n')}`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Every mail in every look</title>
<style>body{font:16px sans-serif;margin:24px}div{display:flex;gap:16px;align-items:start;overflow-x:auto}figure{margin:0}img{border:1px solid #999}</style>
<h1>Every mail in every look</h1>${parts.join('\n')}</html>
`;
}

function writeFigure(picture: Picture): string {
  const file = namePicture(picture);
  const { mail, look, mode } = picture;
  const width = Math.round(mode.view.width / 2);
  return `<figure><a href="${file}"><img src="${file}" width="${width}" alt="${mail}, ${look}, ${mode.name}"></a><figcaption>${mode.name}</figcaption></figure>`;
}
