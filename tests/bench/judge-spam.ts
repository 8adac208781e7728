import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SENDER_ADDRESS, SENDER_DOMAIN, type JudgedMessage } from './judge-messages.ts';
import { runProgram } from './run-program.ts';
import { missJudge, type Verdict } from './verdict.ts';

const SPAMASSASSIN = '/usr/bin/spamassassin';
const RSPAMD = '/usr/bin/rspamd';
const WANTED = 'score ≤ 0';
const PATIENCE_MS = 180_000;
const RSPAMD_PORT = 21_333;
const MAILBOX_LINE = `From brief@${SENDER_DOMAIN} Mon Jan  1 00:00:00 2024`;

interface Bench {
  readonly folder: string;
  readonly dnsPort: number;
}

interface Score {
  readonly name: string;
  readonly score: number;
  readonly rules: string;
}

/** SpamAssassin's own rules with SPF and DKIM read from our name server; no block list, no Bayes, no other service. */
export async function askSpamAssassin(
  messages: readonly JudgedMessage[],
  bench: Bench,
): Promise<Verdict> {
  if (!existsSync(SPAMASSASSIN)) return missJudge('SpamAssassin', WANTED);
  const site = join(bench.folder, 'spamassassin');
  mkdirSync(site);
  for (const file of readdirSync('/etc/spamassassin').filter((name) => name.endsWith('.pre')))
    copyFileSync(join('/etc/spamassassin', file), join(site, file));
  writeFileSync(
    join(site, 'local.cf'),
    `dns_available yes
dns_server 127.0.0.1:${bench.dnsPort}
skip_rbl_checks 1
skip_uribl_checks 1
use_bayes 0
use_razor2 0
use_pyzor 0
use_dcc 0
report_safe 0
`,
  );
  const scores = await scoreWithSpamAssassin(messages, bench.folder);
  return judgeScores('SpamAssassin', scores, /DKIM_VALID_AU\b/);
}

/** All in one mailbox file: starting costs it more than reading a message. */
async function scoreWithSpamAssassin(
  messages: readonly JudgedMessage[],
  folder: string,
): Promise<readonly Score[]> {
  const site = `--siteconfigpath=${join(folder, 'spamassassin')}`;
  const args = [site, '--prefspath=/dev/null', '-x', '--mbox'];
  const received = messages.map(({ bytes }) => receive(bytes).replaceAll('\r\n', '\n'));
  const { stdout, stderr } = await runProgram(SPAMASSASSIN, args, {
    input: received.map((text) => `${MAILBOX_LINE}\n${text}\n\n`).join(''),
    env: { ...process.env, HOME: folder },
  });
  const statuses = [...stdout.matchAll(/^X-Spam-Status: ([^\n]*(?:\n[ \t][^\n]*)*)/gm)];
  if (statuses.length !== messages.length)
    throw new Error(`SpamAssassin judged ${statuses.length} messages:\n${stderr}`);
  return statuses.map(([, status = ''], at) => {
    const [, score, rules = ''] =
      /score=(-?[\d.]+)[\s\S]*?tests=([\s\S]*?)\s+autolearn/.exec(status) ?? [];
    return {
      name: messages[at]?.name ?? '',
      score: Number(score),
      rules: rules.replace(/\s/g, ''),
    };
  });
}

/** The message as the reader's server has it: with what it noted on arrival. */
function receive(bytes: Buffer): string {
  const host = `mail.${SENDER_DOMAIN}`;
  return `Return-Path: <brief@${SENDER_DOMAIN}>\r
Received: from ${host} (${host} [${SENDER_ADDRESS}])\r
 by mx.example.net (Postfix) with ESMTPS id 4FgH1b2k3mz9sQ;\r
 ${new Date().toUTCString().replace('GMT', '+0000')}\r
${bytes.toString('latin1')}`;
}

/** Rspamd's own rules; every name it looks up, its block lists and maps included, is asked of our name server. */
export async function askRspamd(
  messages: readonly JudgedMessage[],
  bench: Bench,
): Promise<Verdict> {
  if (!existsSync(RSPAMD)) return missJudge('rspamd', WANTED);
  const program = startRspamd(bench);
  try {
    await waitForRspamd();
    const scores: Score[] = [];
    for (const message of messages) scores.push(await scoreWithRspamd(message));
    return judgeScores('rspamd', scores, /R_DKIM_ALLOW\b.*|DMARC_POLICY_ALLOW\b/);
  } finally {
    program.kill();
    await once(program, 'exit');
  }
}

function startRspamd({ folder, dnsPort }: Bench) {
  const home = join(folder, 'rspamd');
  for (const name of ['local.d', 'override.d', 'db'])
    mkdirSync(join(home, name), { recursive: true });
  writeFileSync(join(home, 'local.d', 'fuzzy_check.conf'), 'enabled = false;\n');
  writeFileSync(
    join(home, 'override.d', 'options.inc'),
    `filters = "chartable,dkim,regexp";
dns { nameserver = ["127.0.0.1:${dnsPort}"]; timeout = 1s; retransmits = 1; sockets = 1; }
control_socket = "${home}/db/rspamd.sock mode=0600";
pidfile = "${home}/rspamd.pid";
`,
  );
  writeFileSync(
    join(home, 'rspamd.conf'),
    `.include "$CONFDIR/common.conf"
options {
  .include "$CONFDIR/options.inc"
  .include(priority=10) "$LOCAL_CONFDIR/override.d/options.inc"
}
logging { type = "file"; filename = "${home}/rspamd.log"; level = "error"; }
worker "normal" { bind_socket = "127.0.0.1:${RSPAMD_PORT}"; count = 1; .include "$CONFDIR/worker-normal.inc" }
`,
  );
  const places = ['RUNDIR', 'LOGDIR', 'LOCAL_CONFDIR'].map((name) => `--var=${name}=${home}`);
  const user = process.getuid?.() === 0 ? ['-u', 'root', '-g', 'root'] : [];
  const args = ['-f', '-i', ...user, '-c', join(home, 'rspamd.conf'), `--var=DBDIR=${home}/db`];
  return spawn(RSPAMD, [...args, ...places], { stdio: 'ignore' });
}

async function waitForRspamd(): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    const isUp = await fetch(`http://127.0.0.1:${RSPAMD_PORT}/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await wait(200);
  }
  throw new Error('rspamd did not start in time');
}

async function scoreWithRspamd({ name, bytes }: JudgedMessage): Promise<Score> {
  const response = await fetch(`http://127.0.0.1:${RSPAMD_PORT}/checkv2`, {
    method: 'POST',
    body: new Uint8Array(bytes),
    headers: {
      IP: SENDER_ADDRESS,
      Helo: `mail.${SENDER_DOMAIN}`,
      Hostname: `mail.${SENDER_DOMAIN}`,
      From: `brief@${SENDER_DOMAIN}`,
      Rcpt: 'ada@example.net',
    },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const { score, symbols } = (await response.json()) as {
    score: number;
    symbols: Record<string, { name: string; score: number }>;
  };
  const rules = Object.values(symbols).filter((one) => one.score !== 0);
  return { name, score, rules: rules.map((one) => `${one.name} ${one.score}`).join(', ') };
}

/** `proof` is the rule that shows that the judge believed the signature. */
function judgeScores(judge: string, scores: readonly Score[], proof: RegExp): Verdict {
  const worst = Math.max(...scores.map(({ score }) => score));
  return {
    judge,
    figure: `worst ${worst.toFixed(1)}`,
    wanted: WANTED,
    faults: scores
      .filter(({ score, rules }) => !(score <= 0) || !proof.test(rules))
      .map(({ name, score, rules }) => `${name}: ${score} by ${rules}`),
  };
}
