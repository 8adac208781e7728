import { findMedian, type Row } from './print-rows.ts';
import { findBuiltMain, timeProgram } from './time-program.ts';

const ROUNDS = 15;

/** A cold start of the command line, beside Node doing nothing. Taken in turns, so that a busy moment hits both. */
export function measureStart(): readonly Row[] {
  const main = findBuiltMain();
  const rounds = Array.from({ length: ROUNDS }, () => ({
    bare: timeProgram(process.execPath, ['-e', '0']),
    help: timeProgram(process.execPath, [main, '--help']),
    nextSend: timeProgram(process.execPath, [
      ...[main, 'next-send', 'Europe/Berlin', '2026-03-09', '07:00'],
    ]),
  }));
  const beside = { what: 'node -e 0', value: findMedian(rounds.map(({ bare }) => bare)) };
  return [
    {
      what: 'daybrief --help',
      unit: 'ms',
      value: findMedian(rounds.map(({ help }) => help)),
      target: { ratio: 2.5 },
      beside,
    },
    {
      what: 'daybrief next-send …',
      unit: 'ms',
      value: findMedian(rounds.map(({ nextSend }) => nextSend)),
      target: null,
      beside,
    },
  ];
}
