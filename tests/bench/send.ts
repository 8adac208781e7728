// Sends a personalised, signed issue into a local sink, beside Nodemailer's pool and Postfix's smtp-source, all in one run on one machine.
// Run with: npm run bench:send. One of `-- rate`, `-- cpu`, `-- rtt` runs that alone; `-- memory` compares 1,000 and 100,000 readers and `-- lateness` lets `daybrief run` send to 10,000 at a slot, which takes minutes.
import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { measureLateness } from './measure-lateness.ts';
import { openMailSink } from './open-mail-sink.ts';
import { openSendBench, type PartOptions } from './open-send-bench.ts';
import { findMedian } from './print-rows.ts';
import { servePart, type PartName, type PartResult } from './send-parts.ts';

const ROUNDS = 3;
const CONNECTIONS = 50;
const SINK_PORT = 42_525;
const DELAY_MS = 40;
const MESSAGE_BYTES = 56_000;
const [mode = 'usual', ...rest] = process.argv.slice(2);

/** Rounds take turns, so that what else the machine does hits all alike; the middle one counts. The first of each only warms up. */
async function compareRates(): Promise<void> {
  const sink = await startSink();
  console.log(`${CONNECTIONS} connections into ${sink.name}, the middle of ${ROUNDS} rounds`);
  const usual = { port: sink.port, connections: CONNECTIONS };
  const parts = {
    'daybrief signed': await openPart('daybrief', { ...usual, count: 600, isSigned: true }),
    'nodemailer signed': await openPart('nodemailer', { ...usual, count: 100, isSigned: true }),
    'daybrief unsigned': await openPart('daybrief', { ...usual, count: 600, isSigned: false }),
    'nodemailer unsigned': await openPart('nodemailer', { ...usual, count: 120, isSigned: false }),
    'smtp-source': { run: () => Promise.resolve(runSmtpSource(sink.port)), close: () => {} },
  };
  const results = await runRounds(parts);
  Object.values(parts).forEach((part) => part.close());
  sink.stop();
  const rate = (what: keyof typeof parts) => findMedian(results[what].map((r) => r.perSecond));
  for (const what of Object.keys(parts) as (keyof typeof parts)[]) {
    const cpu = findMedian(results[what].map((r) => r.cpuMicroseconds));
    console.log(`${what.padEnd(20)} ${show(rate(what))} messages/s ${show(cpu)} µs CPU each`);
  }
  for (const [kind, ofSource] of [
    ['signed', 0.3],
    ['unsigned', 0.45],
  ] as const) {
    const ours = rate(`daybrief ${kind}`);
    printRatio(`${kind}: daybrief / nodemailer`, ours / rate(`nodemailer ${kind}`), 5);
    printRatio(`${kind}: daybrief / smtp-source`, ours / rate('smtp-source'), ofSource);
  }
}

async function runRounds<Name extends string>(
  parts: Readonly<Record<Name, { run: () => Promise<PartResult> }>>,
): Promise<Record<Name, PartResult[]>> {
  const names = Object.keys(parts) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    PartResult[]
  >;
  for (const name of names) await parts[name].run();
  for (let round = 0; round < ROUNDS; round += 1)
    for (const name of names) results[name].push(await parts[name].run());
  return results;
}

/** What writing a message costs, and how much of it is the signature. */
async function measureComposing(): Promise<void> {
  const usual = { port: SINK_PORT, connections: 1, count: 300 };
  const parts = {
    signed: await openPart('composer', { ...usual, isSigned: true }),
    unsigned: await openPart('composer', { ...usual, isSigned: false }),
  };
  const results = await runRounds(parts);
  Object.values(parts).forEach((part) => part.close());
  for (const [kind, of] of Object.entries(results))
    console.log(
      `composing, ${kind.padEnd(9)} ${show(findMedian(of.map((r) => r.cpuMicroseconds)))} µs CPU each`,
    );
}

/** One connection to a server a round trip of 40 ms away. */
async function measureRoundTrips(): Promise<void> {
  for (const [isPipelined, target] of [
    [false, 0.22],
    [true, 0.45],
  ] as const) {
    const sink = fork(import.meta.filename, ['sink', String(DELAY_MS), String(isPipelined)]);
    const [port] = (await once(sink, 'message')) as [number];
    // Enough that opening the connection, three round trips, hardly counts.
    const count = isPipelined ? 60 : 40;
    const part = await openPart('daybrief', { port, connections: 1, count, isSigned: true });
    const { ours } = await runRounds({ ours: part });
    part.close();
    sink.kill();
    const perSecond = findMedian(ours.map((r) => r.perSecond));
    const what = `at ${DELAY_MS} ms, ${isPipelined ? 'with' : 'without'} PIPELINING, × RTT`;
    printRatio(what, (perSecond * DELAY_MS) / 1_000, target);
  }
}

/** The readers of a large list must not cost memory. The stores are made beforehand: only sending counts. */
async function compareMemory(): Promise<void> {
  const sink = await startSink();
  const most: number[] = [];
  for (const count of [1_000, 100_000]) {
    const folder = mkdtempSync(join(tmpdir(), 'daybrief-bench-'));
    const usual = { port: sink.port, connections: CONNECTIONS, count, isSigned: false, folder };
    await once(fork(import.meta.filename, ['store', JSON.stringify(usual)]), 'exit');
    const part = await openPart('daybrief', usual);
    const { residentMb, perSecond } = await part.run();
    part.close();
    most.push(residentMb);
    console.log(`${show(count)} readers ${show(residentMb)} MB, ${show(perSecond)} messages/s`);
    rmSync(folder, { recursive: true, force: true });
  }
  sink.stop();
  const more = most[1]! - most[0]!;
  console.log(`${show(more)} MB more   target ≤ 50 ${more <= 50 ? '' : 'MISSED'}`);
}

function printRatio(what: string, ratio: number, target: number): void {
  const verdict = Number.isNaN(ratio) ? 'not measured' : ratio >= target ? '' : 'MISSED';
  console.log(`${what.padEnd(34)} ${ratio.toFixed(2).padStart(6)}   target ≥ ${target} ${verdict}`);
}

function show(value: number): string {
  return Math.round(value).toLocaleString('en').padStart(7);
}

/** Postfix's sink where it is installed, else our own; always a process of its own. */
async function startSink(): Promise<{ name: string; port: number; stop: () => void }> {
  const program = findProgram('smtp-sink');
  if (!program) {
    const own = fork(import.meta.filename, ['sink', '0', 'true']);
    const [port] = (await once(own, 'message')) as [number];
    return { name: 'a sink of our own', port, stop: () => own.kill() };
  }
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const sink = spawn(program, [...user, `127.0.0.1:${SINK_PORT}`, '1000'], { stdio: 'inherit' });
  await wait(500);
  return { name: 'Postfix’s smtp-sink', port: SINK_PORT, stop: () => sink.kill() };
}

/** One constant message, unsigned: what the wire itself takes. */
function runSmtpSource(port: number): PartResult {
  const none = { perSecond: NaN, cpuMicroseconds: NaN, residentMb: NaN };
  const program = findProgram('smtp-source');
  if (!program) return none;
  const count = 1_000;
  const args = ['-d', '-s', String(CONNECTIONS), '-m', String(count), '-l', String(MESSAGE_BYTES)];
  const start = performance.now();
  const addresses = ['-f', 'brief@example.org', '-t', 'reader@example.org', `127.0.0.1:${port}`];
  const { status, stderr } = spawnSync(program, [...args, ...addresses], { timeout: 60_000 });
  if (status !== 0) throw new Error(`smtp-source failed: ${String(stderr)}`);
  return { ...none, perSecond: (count * 1_000) / (performance.now() - start) };
}

function findProgram(name: string): string | null {
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin`;
  const { stdout } = spawnSync('/bin/sh', ['-c', `command -v ${name}`], { env: { PATH: path } });
  return String(stdout).trim() || null;
}

/** A part in a process of its own, set up before its first round, so that none pays for another. */
async function openPart(name: PartName, options: PartOptions) {
  const part: ChildProcess = fork(import.meta.filename, [name, JSON.stringify(options)]);
  let isOver = false;
  const failed = once(part, 'exit').then(() => {
    if (!isOver) throw new Error(`${name} failed`);
  });
  const hear = async () => await Promise.race([once(part, 'message'), failed]);
  await hear();
  return {
    async run(): Promise<PartResult> {
      part.send('go');
      const [result] = (await hear()) as [PartResult];
      return result;
    },
    close() {
      isOver = true;
      part.disconnect();
    },
  };
}

const MEASURES: Readonly<Record<string, () => Promise<void>>> = {
  rate: compareRates,
  cpu: measureComposing,
  rtt: measureRoundTrips,
  memory: compareMemory,
  lateness: measureLateness,
};

const options = () => JSON.parse(rest.at(-1) ?? '') as PartOptions;
if (mode === 'sink') {
  const [delayMs, isPipelined] = rest;
  process.send?.(
    await openMailSink({ delayMs: Number(delayMs), isPipelined: isPipelined === 'true' }),
  );
} else if (mode === 'store') {
  const bench = await openSendBench(options());
  await bench.freezeNext();
  await bench.close();
  process.disconnect();
} else if (process.send) await servePart(mode as PartName, options());
else {
  const start = performance.now();
  const load = loadavg().map((value) => value.toFixed(1));
  console.log(`${cpus().length} cores, load ${load.join(' ')}`);
  const chosen = mode === 'usual' ? ['rate', 'cpu', 'rtt'] : [mode];
  for (const name of chosen) await MEASURES[name]?.();
  console.log(`${((performance.now() - start) / 1_000).toFixed(0)} s`);
  process.exit(); // the sink of lateness listens on
}
