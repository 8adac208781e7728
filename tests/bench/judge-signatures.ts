import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { DnsRecords } from '../deliver/dns-server.ts';
import {
  SENDER_ADDRESS,
  SENDER_DOMAIN,
  type Docket,
  type JudgedMessage,
} from './judge-messages.ts';
import { missJudge, type Verdict } from './verdict.ts';

const OPENDKIM = '/usr/sbin/opendkim';
/** Debian's own, which has Debian's modules; another may stand before it in the path. */
const PYTHON = '/usr/bin/python3';
const WANTED = 'RSA and Ed25519 pass';
const PATIENCE_MS = 60_000;
const ONE_CLICK = ['list-unsubscribe', 'list-unsubscribe-post'];

/** OpenDKIM as a receiver, with our records as its DNS. */
export function askOpenDkim({ messages, records }: Docket, folder: string): Verdict {
  if (!existsSync(OPENDKIM)) return missJudge('OpenDKIM', WANTED);
  const keys = Object.entries(records).filter(([name]) => name.includes('._domainkey.'));
  const data = join(folder, 'opendkim-records');
  const settings = join(folder, 'opendkim.conf');
  writeFileSync(data, keys.map(([name, [text]]) => `${name.slice(4)} ${text}\n`).join(''));
  writeFileSync(settings, `Mode v\nTestDNSData file:${data}\n`);
  const faults = messages.flatMap(({ name, file }) => {
    const args = ['-x', settings, '-t', file, '-vv'];
    const { stdout, stderr } = spawnSync(OPENDKIM, args, {
      encoding: 'utf8',
      timeout: PATIENCE_MS,
    });
    const passed = (stdout + stderr).match(/dkim=pass/g)?.length ?? 0;
    return passed === 2 ? [] : [`${name}: ${passed} of 2 signatures pass\n${stdout}${stderr}`];
  });
  return countVerdict('OpenDKIM', messages, { wanted: WANTED, faults });
}

interface PythonReading {
  readonly dkim: readonly { holds: boolean; algorithm: string; names: readonly string[] }[];
  readonly defects: readonly string[];
  readonly types: readonly string[];
}

/** Python's readers: dkimpy, and the standard library's parser under its strict policy. */
export function askPython({ messages, records }: Docket): readonly Verdict[] {
  const clean = { wanted: 'no defect' };
  const input = JSON.stringify({ files: messages.map(({ file }) => file), records });
  const script = join(import.meta.dirname, 'judge-mail.py');
  const done = spawnSync(PYTHON, [script], { input, encoding: 'utf8', timeout: PATIENCE_MS });
  if (done.status !== 0)
    return [missJudge('dkimpy', WANTED), missJudge(`Python email: ${done.stderr}`, clean.wanted)];
  const readings = JSON.parse(done.stdout) as readonly PythonReading[];
  const about = messages.map(({ name, isList }, at) => ({ name, isList, ...readings[at]! }));
  const unsigned = about.flatMap(({ name, isList, dkim }) => {
    const isWhole = dkim.length === 2 && dkim.every(({ holds }) => holds);
    const isOneClick = dkim.every(({ names }) => ONE_CLICK.every((one) => names.includes(one)));
    return isWhole && (isOneClick || !isList) ? [] : [`${name}: ${JSON.stringify(dkim)}`];
  });
  const tree = 'multipart/alternative text/plain text/html';
  const broken = about.flatMap(({ name, defects, types }) =>
    defects.length === 0 && types.join(' ') === tree
      ? []
      : [`${name}: ${types.join(' ')} ${defects.join(', ')}`],
  );
  return [
    countVerdict('dkimpy', messages, { wanted: `${WANTED}, one-click signed`, faults: unsigned }),
    countVerdict('Python email', messages, { ...clean, faults: broken }),
  ];
}

interface Authentication {
  readonly dkim: { readonly results: readonly { readonly status: { readonly result: string } }[] };
  readonly spf: { readonly status: { readonly result: string } };
  readonly dmarc: { readonly status: { readonly result: string } };
}
type Authenticate = (message: Buffer, options: object) => Promise<Authentication>;

/** Mailauth: DKIM, SPF and DMARC together, as a receiver in Node sees them. */
export async function askMailauth({ messages, records }: Docket, tools: string): Promise<Verdict> {
  const { authenticate } = createRequire(join(tools, 'x.js'))('mailauth') as {
    authenticate: Authenticate;
  };
  const faults: string[] = [];
  for (const { name, bytes } of messages) {
    const { dkim, spf, dmarc } = await authenticate(bytes, {
      ip: SENDER_ADDRESS,
      helo: `mail.${SENDER_DOMAIN}`,
      sender: `brief@${SENDER_DOMAIN}`,
      mta: 'mx.example.net',
      disableArc: true,
      disableBimi: true,
      resolver: (host: string, type: string) => answerQuestion(records, `${type} ${host}`),
    });
    const results = [...dkim.results.map(({ status }) => status), spf.status, dmarc.status];
    const words = results.map(({ result }) => result);
    if (words.length !== 4 || words.some((word) => word !== 'pass'))
      faults.push(`${name}: ${words.join(', ')}`);
  }
  return countVerdict('mailauth', messages, { wanted: `${WANTED}, SPF and DMARC too`, faults });
}

function answerQuestion(records: DnsRecords, question: string): Promise<unknown> {
  const found = records[question.toLowerCase().replace(/^\w+/, (type) => type.toUpperCase())];
  if (!found) return Promise.reject(Object.assign(new Error(question), { code: 'ENOTFOUND' }));
  return Promise.resolve(question.startsWith('TXT') ? found.map((text) => [text]) : found);
}

/** The verdict of a judge that says yes or no to each message. */
export function countVerdict(
  judge: string,
  messages: readonly JudgedMessage[],
  { wanted, faults }: { wanted: string; faults: readonly string[] },
): Verdict {
  const passed = messages.filter(
    ({ name }) => !faults.some((fault) => fault.startsWith(`${name}:`)),
  );
  return { judge, figure: `${passed.length} of ${messages.length}`, wanted, faults };
}
