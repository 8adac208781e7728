import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { listMailFeatures } from './mail-features.ts';
import type { JudgedMessage } from './judge-messages.ts';
import { countVerdict } from './judge-signatures.ts';
import { ROOT } from './time-program.ts';
import { missJudge, type Verdict } from './verdict.ts';

const FROZEN = join(ROOT, 'tests', 'fixtures', 'judges');
const JAVA = '/usr/bin/java';
const PATIENCE_MS = 300_000;

/** The HTML of a message as a mail program takes it out. */
export interface JudgedPage {
  readonly name: string;
  readonly html: string;
}

/** Reads the HTML out of every message. */
export async function readPages(
  messages: readonly JudgedMessage[],
): Promise<readonly JudgedPage[]> {
  const parsed = messages.map(async ({ name, bytes }) => {
    const { html } = await simpleParser(bytes);
    return { name, html: html || '' };
  });
  return await Promise.all(parsed);
}

/** The Nu HTML checker; what Outlook needs and HTML does not know is on the frozen list. */
export function askNu(
  pages: readonly JudgedPage[],
  { tools, folder }: { tools: string; folder: string },
): Verdict {
  const wanted = 'none but the frozen ones';
  if (!existsSync(JAVA)) return missJudge('Nu HTML checker', wanted);
  const jar = join(tools, 'node_modules', 'vnu-jar', 'build', 'dist', 'vnu.jar');
  const files = pages.map(({ html }, at) => {
    const file = join(folder, `page-${at}.html`);
    writeFileSync(file, html);
    return file;
  });
  const args = ['-jar', jar, '--format', 'json', '--stdout', ...files];
  const done = spawnSync(JAVA, args, {
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    maxBuffer: 100_000_000,
  });
  if (!done.stdout.startsWith('{')) throw new Error(`the Nu HTML checker failed:\n${done.stderr}`);
  const { messages } = JSON.parse(done.stdout) as {
    messages: readonly { type: string; message: string }[];
  };
  const errors = messages.filter(({ type }) => type !== 'info').map(({ message }) => message);
  return holdToFrozen('Nu HTML checker', 'nu-html-checker.json', errors);
}

/** What some mail programs do not draw, by a small table of our own. */
export function judgeFeatures(pages: readonly JudgedPage[]): Verdict {
  const found = pages.flatMap(({ html }) => listMailFeatures(html));
  return holdToFrozen('mail programs’ gaps', 'mail-programs.json', found);
}

/** Frozen findings may only become fewer: a new one is a fault, one that is gone is taken off the list. */
function holdToFrozen(judge: string, name: string, found: readonly string[]): Verdict {
  const file = join(FROZEN, name);
  const frozen = JSON.parse(readFileSync(file, 'utf8')) as readonly string[];
  const kept = frozen.filter((finding) => found.includes(finding));
  if (kept.length < frozen.length) {
    writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
    console.log(`${frozen.length - kept.length} findings are gone from ${name}: commit it.`);
  }
  const fresh = [...new Set(found)].filter((finding) => !frozen.includes(finding)).sort();
  const figure = `${fresh.length} new, ${kept.length} frozen`;
  return { judge, figure, wanted: 'none but the frozen ones', faults: fresh };
}

interface HtmlValidate {
  validateString(html: string): Promise<{
    readonly results: readonly {
      readonly messages: readonly { ruleId: string; message: string; line: number }[];
    }[];
  }>;
}

/** Html-validate's rules about accessibility. */
export async function askHtmlValidate(
  pages: readonly JudgedPage[],
  { tools, messages }: { tools: string; messages: readonly JudgedMessage[] },
): Promise<Verdict> {
  const library = createRequire(join(tools, 'x.js'))('html-validate') as {
    HtmlValidate: new (settings: object) => HtmlValidate;
  };
  const validator = new library.HtmlValidate({
    extends: ['html-validate:a11y'],
    // MJML's <div role="article">: mail programs drop the element of that name, and its role with it.
    rules: { 'prefer-native-element': ['error', { exclude: ['article'] }] },
  });
  const faults: string[] = [];
  for (const { name, html } of pages) {
    const { results } = await validator.validateString(html);
    for (const { ruleId, message } of results.flatMap((result) => result.messages))
      faults.push(`${name}: ${ruleId}: ${message}`);
  }
  const wanted = 'its a11y rules clean';
  return countVerdict('html-validate', messages, { wanted, faults: [...new Set(faults)] });
}
