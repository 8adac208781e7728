// Sends a personalised, signed issue into a local sink, beside Nodemailer's pool and Postfix's smtp-source, all in one run on one machine.
// Run with: npm run bench:send. `-- memory` compares the memory of 1,000 and 100,000 readers, which takes minutes.
import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { openMailSink } from './open-mail-sink.ts';
import { findMedian } from './print-rows.ts';
import {
  composeWithDaybrief,
  sendWithDaybrief,
  sendWithNodemailer,
  type PartOptions,
  type PartResult,
} from './send-parts.ts';

const ROUNDS = 3;
const CONNECTIONS = 50;
const SINK_PORT = 42_525;
const DELAY_MS = 40;
const PARTS = {
  daybrief: sendWithDaybrief,
  nodemailer: sendWithNodemailer,
  compose: composeWithDaybrief,
};
const [mode = 'compare', ...rest] = process.argv.slice(2);

/** Every part has a process of its own, so that none pays for another. */
async function compare(): Promise<void> {
  const sink = await startSink();
  console.log(
    `${CONNECTIONS} connections into ${sink.name}, ${ROUNDS} rounds, the middle one counts\n`,
  );
  const usual = { port: sink.port, connections: CONNECTIONS };
  const results: Record<string, PartResult[]> = {};
  const note = (what: string, result: PartResult) => (results[what] ??= []).push(result);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const isSigned of [true, false]) {
      const kind = isSigned ? 'signed' : 'unsigned';
      const ours = await runPart('daybrief', { ...usual, count: 1_500, isSigned });
      note(`daybrief ${kind}`, ours);
      note(`nodemailer ${kind}`, await runPart('nodemailer', { ...usual, count: 200, isSigned }));
      if (isSigned) note('smtp-source', runSmtpSource(sink.port, ours.bytes, 2_000));
    }
  }
  const composed = await runPart('compose', { ...usual, count: 1_000, isSigned: true });
  sink.stop();
  printComparison(results, composed);
  await measureRoundTrips();
}

function printComparison(
  results: Readonly<Record<string, readonly PartResult[]>>,
  composed: PartResult,
): void {
  const rate = (what: string) => findMedian((results[what] ?? []).map((r) => r.perSecond));
  const cpu = (what: string) => findMedian((results[what] ?? []).map((r) => r.cpuMicroseconds));
  for (const what of Object.keys(results))
    console.log(`${what.padEnd(20)} ${show(rate(what))} messages/s ${show(cpu(what))} µs CPU each`);
  const bytes = results['daybrief signed']?.[0]?.bytes ?? 0;
  console.log(
    `\na message has ${bytes} bytes; composing and signing it takes ${show(composed.cpuMicroseconds)} µs CPU`,
  );
  for (const [kind, ofSource] of [
    ['signed', 0.3],
    ['unsigned', 0.45],
  ] as const) {
    const ours = rate(`daybrief ${kind}`);
    printRatio(`${kind}: daybrief / nodemailer`, ours / rate(`nodemailer ${kind}`), 5);
    printRatio(`${kind}: daybrief / smtp-source`, ours / rate('smtp-source'), ofSource);
  }
}

function printRatio(what: string, ratio: number, target: number): void {
  const verdict = Number.isNaN(ratio) ? 'not measured' : ratio >= target ? '' : 'MISSED';
  console.log(`${what.padEnd(34)} ${ratio.toFixed(2).padStart(6)}   target ≥ ${target} ${verdict}`);
}

function show(value: number): string {
  return Math.round(value).toLocaleString('en').padStart(6);
}

/** One connection to a server a round trip of 40 ms away. */
async function measureRoundTrips(): Promise<void> {
  for (const [isPipelined, target] of [
    [false, 0.22],
    [true, 0.45],
  ] as const) {
    const sink = startPart('sink', String(DELAY_MS), String(isPipelined));
    const [port] = (await once(sink, 'message')) as [number];
    const options = { port, connections: 1, count: isPipelined ? 40 : 20, isSigned: true };
    const { perSecond } = await runPart('daybrief', options);
    sink.kill();
    const what = `at ${DELAY_MS} ms, ${isPipelined ? 'with' : 'without'} PIPELINING, × RTT`;
    printRatio(what, (perSecond * DELAY_MS) / 1_000, target);
  }
}

/** The readers of a large list must not cost memory. */
async function compareMemory(): Promise<void> {
  const sink = await startSink();
  const usual = { port: sink.port, connections: CONNECTIONS, isSigned: true };
  const few = await runPart('daybrief', { ...usual, count: 1_000 });
  const many = await runPart('daybrief', { ...usual, count: 100_000 });
  sink.stop();
  for (const [readers, { residentMb, perSecond }] of [
    ['1,000', few],
    ['100,000', many],
  ] as const)
    console.log(
      `${readers.padStart(7)} readers ${show(residentMb)} MB at most ${show(perSecond)} messages/s`,
    );
}

/** Postfix's sink where it is installed, else our own. */
async function startSink(): Promise<{ name: string; port: number; stop: () => void }> {
  const own = startPart('sink', '0', 'true');
  const [port] = (await once(own, 'message')) as [number];
  const program = findProgram('smtp-sink');
  if (!program) return { name: 'a sink of our own', port, stop: () => own.kill() };
  own.kill();
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const sink = spawn(program, [...user, `127.0.0.1:${SINK_PORT}`, '1000'], { stdio: 'inherit' });
  await wait(500);
  return { name: 'Postfix’s smtp-sink', port: SINK_PORT, stop: () => sink.kill() };
}

/** One constant message, unsigned: what the wire itself takes. */
function runSmtpSource(port: number, bytes: number, count: number): PartResult {
  const program = findProgram('smtp-source');
  if (!program) return { perSecond: NaN, cpuMicroseconds: NaN, bytes, residentMb: NaN };
  const args = ['-d', '-s', String(CONNECTIONS), '-m', String(count), '-l', String(bytes)];
  const start = performance.now();
  const addresses = ['-f', 'brief@example.org', '-t', 'reader@example.org', `127.0.0.1:${port}`];
  const { status, stderr } = spawnSync(program, [...args, ...addresses], { timeout: 60_000 });
  if (status !== 0) throw new Error(`smtp-source failed: ${String(stderr)}`);
  const seconds = (performance.now() - start) / 1_000;
  return { perSecond: count / seconds, cpuMicroseconds: NaN, bytes, residentMb: NaN };
}

function findProgram(name: string): string | null {
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin`;
  const { stdout } = spawnSync('/bin/sh', ['-c', `command -v ${name}`], { env: { PATH: path } });
  return String(stdout).trim() || null;
}

function startPart(...args: string[]): ChildProcess {
  return fork(import.meta.filename, args);
}

async function runPart(name: keyof typeof PARTS, options: PartOptions): Promise<PartResult> {
  const part = startPart(name, JSON.stringify(options));
  const failed = once(part, 'exit').then(() => Promise.reject(new Error(`${name} failed`)));
  const [result] = (await Promise.race([once(part, 'message'), failed])) as [PartResult];
  failed.catch(() => {});
  return result;
}

async function answer(message: unknown): Promise<void> {
  await new Promise((resolve) => process.send?.(message, resolve));
}

if (mode === 'compare') await compare();
else if (mode === 'memory') await compareMemory();
else if (mode === 'sink')
  await answer(await openMailSink({ delayMs: Number(rest[0]), isPipelined: rest[1] === 'true' }));
else {
  await answer(await PARTS[mode as keyof typeof PARTS](JSON.parse(rest[0] ?? '') as PartOptions));
  process.disconnect();
}
