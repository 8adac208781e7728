// Parses the development cases and a synthetic feed of 10 MB, beside two parsers from npm in the same run.
// Run with: npm run bench:feeds
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseDate } from '../../src/gather/parse-date.ts';
import { PARSERS, type MeasuredParser } from './feed-parsers.ts';

interface Expectation {
  readonly op: string;
  readonly tier: string;
  readonly policy?: unknown;
  readonly skip?: unknown;
  readonly needs?: readonly string[];
}

interface Case {
  readonly suite: string;
  readonly split: string;
  readonly flags?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly base_url?: string;
  readonly text?: string;
  readonly b64?: string;
  readonly expect: readonly Expectation[];
}

interface Cases {
  readonly cases: readonly Case[];
  readonly dates: readonly { readonly input: string; readonly expect: string | null }[];
}

type Verdict = 'pass' | 'lenient' | 'fail';
type Judge = (expectation: Expectation, result: object) => Verdict;

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, '../shared/data/feeds');
const SUITES = [
  'fp-wellformed',
  'fp-entities',
  'gofeed',
  'miniflux',
  'feed-rs-snapshots',
  'realistic-consensus',
  'feedvalidator-consensus',
  'broken-xml',
];
const ENTRIES = 2_000;
const ENTRY_CHARACTERS = 5_000;
const ROUNDS = 5;

if (existsSync(FOLDER)) await printCases();
else console.log(`NOT MEASURED: the development cases are not at ${FOLDER}.`);
await printSpeeds();

async function printCases(): Promise<void> {
  const { cases, dates } = JSON.parse(
    readFileSync(join(FOLDER, 'cases.dev.json'), 'utf8'),
  ) as Cases;
  const judge = await loadJudge();
  const columns = await Promise.all(PARSERS.map((parser) => scoreParser(parser, { cases, judge })));
  console.log('\nPercent of cases with all core fields right, to the letter / in substance');
  console.log(['', ...PARSERS.map(({ name }) => name)].map(pad).join(''));
  const rows = [...SUITES, 'mean', 'fp-encoding-decl', 'resolve-relative'];
  for (const row of rows)
    console.log([row, ...columns.map((column) => column.get(row) ?? '-')].map(pad).join(''));
  const right = dates.filter(
    ({ input, expect }) => toSecond(parseDate(input)) === toSecond(expect),
  );
  console.log(`${pad('dates')}${right.length} of ${dates.length}`);
}

/** The judge of the cases needs two libraries that stand in our node_modules, not beside it. */
async function loadJudge(): Promise<Judge> {
  const folder = mkdtempSync(join(tmpdir(), 'daybrief-cases-'));
  try {
    cpSync(join(FOLDER, 'cmp.mjs'), join(folder, 'cmp.mjs'));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const loaded = (await import(pathToFileURL(join(folder, 'cmp.mjs')).href)) as { check: Judge };
    return loaded.check;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function scoreParser(
  parser: MeasuredParser,
  { cases, judge }: { cases: readonly Case[]; judge: Judge },
): Promise<ReadonlyMap<string, string>> {
  const verdicts = new Map<string, Verdict[]>();
  for (const one of cases.filter(({ flags }) => !flags?.includes('legacy'))) {
    const result = await parseCase(parser, one);
    for (const [suite, expected] of groupExpectations(one)) {
      const found = expected.map((expectation) => judge(expectation, result));
      const worst = (['fail', 'lenient'] as const).find((verdict) => found.includes(verdict));
      verdicts.set(suite, [...(verdicts.get(suite) ?? []), worst ?? 'pass']);
    }
  }
  const scores = [...verdicts].map(([suite, all]) => ({
    suite,
    strict: shareOf(all, ['pass']),
    lenient: shareOf(all, ['pass', 'lenient']),
  }));
  const main = scores.filter(({ suite }) => SUITES.includes(suite));
  const mean = (values: readonly number[]): number =>
    values.reduce((a, b) => a + b, 0) / values.length;
  const total = {
    suite: 'mean',
    strict: mean(main.map(({ strict }) => strict)),
    lenient: mean(main.map(({ lenient }) => lenient)),
  };
  return new Map(
    [...scores, total].map(({ suite, strict, lenient }) => [
      suite,
      `${strict.toFixed(1)} / ${lenient.toFixed(1)}`,
    ]),
  );
}

async function parseCase(parser: MeasuredParser, one: Case): Promise<object> {
  const bytes = Buffer.from(one.b64 ?? one.text ?? '', one.b64 === undefined ? 'utf8' : 'base64');
  const options = { contentType: one.headers?.['content-type'] ?? null, url: one.base_url ?? null };
  try {
    const result = { ok: true, ...(await parser.parse(bytes, options)) };
    // As JSON, because the judge cannot print objects without a prototype.
    return JSON.parse(JSON.stringify(result)) as object;
  } catch (error) {
    return { ok: false, error: String(error) };
  }
}

/** What a case is judged by: its core fields together, and each link that must be resolved. */
function groupExpectations(one: Case): readonly (readonly [string, readonly Expectation[]])[] {
  const core = one.expect.filter(
    ({ tier, policy, skip, op }) => tier === 'core' && !policy && !skip && op !== 'encoding',
  );
  const plain = core.filter(({ needs }) => !needs);
  const links = core.filter(({ needs }) => needs?.[0]?.startsWith('resolve-relative'));
  const groups = links.map((link): [string, Expectation[]] => ['resolve-relative', [link]]);
  return plain.length > 0 ? [[one.suite, plain], ...groups] : groups;
}

async function printSpeeds(): Promise<void> {
  const bytes = new TextEncoder().encode(writeFeed());
  console.log(
    `\nA feed of ${(bytes.length / 1e6).toFixed(1)} MB, ${ENTRIES} entries, the best of ${ROUNDS} rounds`,
  );
  const options = { contentType: null, url: 'https://example.org/feed' };
  for (const parser of PARSERS) {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      await parser.parse(bytes, options);
      best = Math.min(best, performance.now() - start);
    }
    console.log(`${pad(parser.name)}${(bytes.length / 1e3 / best).toFixed(1)} MB/s`);
  }
}

function writeFeed(): string {
  const paragraph =
    '<p>The <b>ferry</b> leaves at six, says <a href="https://example.org/ada">Ada</a> &amp; crew of the café.</p>';
  const html = paragraph.repeat(Math.ceil(ENTRY_CHARACTERS / paragraph.length));
  const items = Array.from(
    { length: ENTRIES },
    (_, index) =>
      `<item><title>Ferry ${index} &amp; crew</title><link>https://example.org/${index}</link><guid isPermaLink="false">${index}</guid>` +
      `<pubDate>Mon, 03 Mar 2025 05:30:00 +0100</pubDate><category>port</category><description><![CDATA[${html}]]></description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Ferries</title><link>https://example.org/</link>${items.join('\n')}</channel></rss>`;
}

function shareOf(all: readonly Verdict[], wanted: readonly Verdict[]): number {
  return (100 * all.filter((verdict) => wanted.includes(verdict)).length) / all.length;
}

function toSecond(date: string | null): number | null {
  return date === null ? null : Math.floor(Date.parse(date) / 1_000);
}

function pad(text: string): string {
  return text.padEnd(26);
}
