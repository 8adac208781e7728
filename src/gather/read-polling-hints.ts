import { NO_HINTS, type PollingHints } from '../domain/feed.ts';
import type { Weekday } from '../domain/local-time.ts';

const HEAD_BYTES = 65_536;
const PERIOD_MINUTES: Readonly<Record<string, number>> = {
  hourly: 60,
  daily: 24 * 60,
  weekly: 7 * 24 * 60,
  monthly: 30 * 24 * 60,
  yearly: 365 * 24 * 60,
};
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/**
 * What a feed document asks of those who poll it: `ttl`, `skipHours` and `skipDays` (RSS 2.0), `updatePeriod` and `updateFrequency` (RSS 1.0 syndication).
 * Looks at the first 64 KB only and never fails; a UTF-16 document is read by leaving its zero bytes out.
 */
export function readPollingHints(bytes: Uint8Array): PollingHints {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES));
  const text = head.toString('latin1').replaceAll('\0', '');
  if (!text.includes('<')) return NO_HINTS;
  const waits = [readNumber(text, 'ttl') ?? 0, readPeriod(text)];
  return {
    minutes: Math.max(...waits) || null,
    skippedHours: readSkippedHours(text),
    skippedDays: readSkippedDays(text),
  };
}

function readPeriod(text: string): number {
  const period = PERIOD_MINUTES[readText(text, 'updatePeriod').toLowerCase()] ?? 0;
  const frequency = readNumber(text, 'updateFrequency') ?? 1;
  return Math.round(period / Math.max(1, frequency));
}

/** The format numbers the hours from 0, but some feeds call midnight 24. */
function readSkippedHours(text: string): readonly number[] {
  const written = readBlock(text, 'skipHours').matchAll(/<hour>\s{0,20}(\d{1,2})\s{0,20}</gi);
  const hours = [...written].map((match) => Number(match[1])).filter((hour) => hour <= 24);
  return [...new Set(hours.map((hour) => hour % 24))];
}

function readSkippedDays(text: string): readonly Weekday[] {
  const written = readBlock(text, 'skipDays').matchAll(/<day>\s{0,20}([a-z]{6,9})\s{0,20}</gi);
  const days = [...written].map((match) => DAYS.indexOf((match[1] ?? '').toLowerCase()) + 1);
  return [...new Set(days.filter((day) => day > 0))] as Weekday[];
}

function readNumber(text: string, name: string): number | null {
  const written = readText(text, name);
  return /^\d{1,6}$/.test(written) ? Number(written) : null;
}

/** The short text of the first element of that name, whatever prefix it has. */
function readText(text: string, name: string): string {
  const element = new RegExp(
    `<(?:[\\w-]{1,20}:)?${name}(?:\\s[^<>]{0,200})?>\\s{0,50}(\\w{1,20})\\s{0,50}<`,
    'i',
  );
  return element.exec(text)?.[1] ?? '';
}

function readBlock(text: string, name: string): string {
  return new RegExp(`<${name}>([^]{0,2000}?)</${name}>`, 'i').exec(text)?.[1] ?? '';
}
