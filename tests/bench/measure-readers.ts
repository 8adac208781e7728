import { makePress, writeMessage } from '../../src/app/write-message.ts';
import { join } from 'node:path';
import type { ReaderSnapshot } from '../../src/domain/delivery.ts';
import { NO_PREFERENCES } from '../../src/domain/preferences.ts';
import { compileTemplates } from '../../src/render/compile-templates.ts';
import { chooseLook, readTemplates } from '../../src/render/read-templates.ts';
import { readSample } from '../render/sample-issues.ts';
import type { Row } from './print-rows.ts';
import { ROOT } from './time-program.ts';

const READERS = 10_000;
const ZONES = ['Europe/Berlin', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe'];
const THEMES = ['world', 'business', 'science', 'sport'];

/** What each further reader of an issue costs before its mail is encoded, among readers with choices of many kinds. */
export async function measureReaders(): Promise<readonly Row[]> {
  const sources = await readTemplates(join(ROOT, 'templates'));
  const kit = await compileTemplates(sources, chooseLook(sources, 'broadsheet'));
  const press = makePress(readSample('full-morning'), kit);
  const readers = Array.from({ length: READERS }, (_, place) => sampleReader(place));
  const write = (list: readonly ReaderSnapshot[]): number => {
    const start = readCpu();
    for (const reader of list) writeMessage(press, reader, '<1@example.org>');
    return readCpu() - start;
  };
  const first = write(readers.slice(0, 500));
  const rest = write(readers.slice(500));
  const beside = { what: 'the first 500, variants rendered', value: (first / 500) * 1_000 };
  const value = (rest / (READERS - 500)) * 1_000;
  return [
    {
      what: 'each further reader, processor time',
      unit: 'µs',
      value,
      target: { value: 60 },
      beside,
    },
  ];
}

/** Milliseconds of processor time: what the machine does besides is not counted. */
function readCpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function sampleReader(place: number): ReaderSnapshot {
  return {
    subscriberId: String(place),
    subscriptionId: String(place),
    address: `reader${place}@example.org`,
    name: `Reader ${place}`,
    zone: ZONES[place % ZONES.length] ?? 'Etc/UTC',
    language: place % 3 === 0 ? 'de' : 'en',
    token: 'token',
    publicUrl: 'https://brief.example.org',
    date: '2026-03-09T06:00:00.000Z',
    preferences: {
      ...NO_PREFERENCES,
      mutedThemes: place % 5 === 0 ? [THEMES[place % THEMES.length] ?? ''] : [],
      minutes: place % 7 === 0 ? 2 : null,
    },
  };
}
