import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makePress, writeMessage } from '../../src/app/write-message.ts';
import type { ReaderSnapshot } from '../../src/domain/delivery.ts';
import type { IssueDocument } from '../../src/domain/issue.ts';
import type { TemplateKit } from '../../src/render/compile-templates.ts';
import { composeIssueView } from '../../src/render/issue-view.ts';
import { renderIssue } from '../../src/render/render-issue.ts';
import { compileLook, LOOKS, makeShowcase } from '../browser/showcase-mail.ts';
import { findMedian, printRows, type Row } from './print-rows.ts';

const STORIES = 25;
const ROUNDS = 200;
const ADDRESSES = Array.from({ length: 5_000 }, (_, at) => `reader${String(at)}@example.org`);
const COLD_ROUNDS = 5;
const READER: ReaderSnapshot = {
  subscriberId: '1',
  subscriptionId: '1',
  address: 'ada@example.org',
  name: 'Ada',
  zone: 'Europe/Berlin',
  language: 'en',
  token: 'token',
  publicUrl: 'https://brief.example.org',
  date: '2025-11-24T06:00:00.000Z',
};

const MORNING = makeMorning();
/** Named in place of a kit: the same measured of MJML. */
const MJML = 'mjml';

const [, , kitFile] = process.argv;
if (kitFile === undefined) printRows(await measureMail());
else if (kitFile === MJML) console.log(String(await timeMjmlOnce(readBareTemplate())));
else {
  const kit = readKit(kitFile);
  console.log(String(timeOnce(() => print(kit))));
}

/** What an issue of 25 stories costs, each beside what it would cost to do it the plain way. */
async function measureMail(): Promise<readonly Row[]> {
  const kit = await compileLook('broadsheet');
  const warm = timeMany(() => print(kit));
  const press = makePress(MORNING, kit);
  const reader = timeReaders((address) =>
    writeMessage(press, { ...READER, address }, `<${address}>`),
  );
  const view = composeIssueView(kit, { document: MORNING, language: 'en', isOlder: false });
  const mjml = await timeMjml();
  const ms = { unit: 'ms' } as const;
  return [
    {
      ...ms,
      what: 'first rendering of a new process',
      value: measureCold(kit),
      target: { value: 150 },
      beside: { what: 'MJML of the bare template, in another', value: measureColdMjml() },
    },
    {
      ...ms,
      what: 'a variant, rendered',
      value: warm,
      target: { value: 3 },
      beside: { what: 'MJML, the bare template', value: mjml },
    },
    {
      ...ms,
      what: 'one more reader of it',
      value: reader,
      target: { value: 0.06 },
      beside: {
        what: 'JSON.stringify of what is rendered',
        value: timeMany(() => JSON.stringify(view)),
      },
    },
    ...(await Promise.all(LOOKS.map(async (look) => weigh(look, await compileLook(look))))),
  ];
}

function weigh(look: string, kit: TemplateKit): Row {
  const value = Buffer.byteLength(print(kit).html) / 1024;
  const beside = { what: 'where Gmail clips', value: 102 };
  return { what: `HTML, ${look}`, unit: 'KB', value, target: { value: 45 }, beside };
}

function print(kit: TemplateKit) {
  return renderIssue(kit, { document: MORNING, language: 'en', isOlder: false });
}

/** Every block there is, and 25 stories. */
function makeMorning(): IssueDocument {
  const base = makeShowcase();
  const stories = base.sections.flatMap((section) => section.stories);
  const extra = stories.slice(0, STORIES - base.counts.stories);
  const [first, ...others] = base.sections;
  if (!first) throw new Error('the sample has sections');
  return { ...base, sections: [{ ...first, stories: [...first.stories, ...extra] }, ...others] };
}

function measureCold(kit: TemplateKit): number {
  const folder = mkdtempSync(join(tmpdir(), 'daybrief-bench-'));
  const file = join(folder, 'kit.json');
  try {
    writeFileSync(file, JSON.stringify(kit));
    return measureProcesses(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measureColdMjml(): number {
  return measureProcesses(MJML);
}

/** What this file prints when it is run anew with an argument, in the middle. */
function measureProcesses(argument: string): number {
  const args = [fileURLToPath(import.meta.url), argument];
  const times = Array.from({ length: COLD_ROUNDS }, () =>
    Number(execFileSync(process.execPath, args, { encoding: 'utf8' })),
  );
  return findMedian(times);
}

function readKit(file: string): TemplateKit {
  return JSON.parse(readFileSync(file, 'utf8')) as TemplateKit;
}

async function timeMjml(): Promise<number> {
  const bare = readBareTemplate();
  const times: number[] = [];
  for (let round = 0; round < COLD_ROUNDS; round++) times.push(await timeMjmlOnce(bare));
  return findMedian(times);
}

function readBareTemplate(): string {
  const source = readFileSync(new URL('../../templates/issue.mjml', import.meta.url), 'utf8');
  return source.replace(/ [\w-]+="\{\{look\.\w+\}\}"/g, '');
}

async function timeMjmlOnce(source: string): Promise<number> {
  const start = process.cpuUsage();
  const { default: mjml2html } = await import('mjml');
  await mjml2html(source);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** What one more reader costs, after as many as make the program fast. */
function timeReaders(write: (address: string) => unknown): number {
  const writeAll = () => ADDRESSES.map(write);
  writeAll();
  return timeOnce(writeAll) / ADDRESSES.length;
}

function timeMany(work: () => unknown): number {
  timeOnce(work);
  return timeOnce(() => Array.from({ length: ROUNDS }, work)) / ROUNDS;
}

/** Milliseconds of the processor, so that a busy machine does not count. */
function timeOnce(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
