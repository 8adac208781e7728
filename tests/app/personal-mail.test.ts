import { describe, expect, test } from 'vitest';
import { makePress, readIssueAs, writeMessage, type Press } from '../../src/app/write-message.ts';
import { loadTemplateKit } from '../../src/app/load-template-kit.ts';
import type { ReaderSnapshot } from '../../src/domain/delivery.ts';
import { readMessage } from '../../src/domain/email.ts';
import { NO_PREFERENCES } from '../../src/domain/preferences.ts';
import { readSample } from '../render/sample-issues.ts';
import { openSampleApp } from './sample-app.ts';

const READER: ReaderSnapshot = {
  subscriberId: '1',
  subscriptionId: '1',
  address: 'ada@example.org',
  name: 'Ada',
  zone: 'Etc/UTC',
  language: 'en',
  token: 'token',
  publicUrl: 'https://brief.example.org',
  date: '2026-03-09T06:00:00.000Z',
};

async function openSamplePress(): Promise<Press> {
  const { app } = await openSampleApp();
  return makePress(readSample('full-morning'), await loadTemplateKit(app, { look: 'broadsheet' }));
}

function read(press: Press, change: Partial<ReaderSnapshot> = {}) {
  return readMessage(writeMessage(press, { ...READER, ...change }, '<1@example.org>'));
}

describe('a greeting', () => {
  test('goes by the reader’s own clock, half-hour zones and all', async () => {
    const press = await openSamplePress();
    const greet = (zone: string, date: string) =>
      /^Good \w+/m.exec(read(press, { zone, date }).text)?.[0];
    expect(greet('Etc/UTC', '2026-03-09T06:00:00.000Z')).toBe('Good morning');
    expect(greet('Asia/Kathmandu', '2026-03-09T06:30:00.000Z')).toBe('Good afternoon');
    // Half an hour of summer time: 10:30 ahead in winter, 11:00 in summer.
    expect(greet('Australia/Lord_Howe', '2026-07-09T01:31:00.000Z')).toBe('Good afternoon');
    expect(greet('Australia/Lord_Howe', '2026-07-09T01:29:00.000Z')).toBe('Good morning');
    expect(greet('Nowhere/Atlantis', '2026-03-09T06:00:00.000Z')).toBe('Good morning');
  });

  test('has the name of each reader, whatever is in it, in one shared rendering', async () => {
    const press = await openSamplePress();
    const names = ['Ada', '', '"Ben" <b>', 'Cleo\r\nBcc: x@example.org', '‏عمر‏', 'Åsa 👩‍🚀'];
    const mails = names.map((name) => read(press, { name }));
    expect(press.variants.size).toBe(1);
    const lines = mails.map(({ text }) => /^Good morning.*$/m.exec(text)?.[0]);
    expect(lines).toEqual([
      'Good morning, Ada.',
      'Good morning.',
      'Good morning, "Ben" <b>.',
      'Good morning, Cleo Bcc: x@example.org.',
      'Good morning, ‏عمر‏.',
      'Good morning, Åsa 👩‍🚀.',
    ]);
    expect(mails[2]?.html).toContain('&quot;Ben&quot; &lt;b&gt;');
    expect(read(press, { name: 'A'.repeat(61) }).text).toContain('\nGood morning.\n');
  });

  test('reads right to left in Arabic, and in English where there is no catalogue', async () => {
    const press = await openSamplePress();
    const arabic = read(press, { language: 'ar', name: 'عمر' });
    expect(arabic.text).toContain('صباح الخير يا عمر.');
    expect(arabic.html).toContain('dir="rtl"');
    expect(read(press, { language: 'pt' })).toEqual(read(press));
    expect(press.variants.size).toBe(2);
  });
});

test('an address of 254 characters is mailed like any other', async () => {
  const press = await openSamplePress();
  const labels = ['a', 'b', 'c'].map((letter) => letter.repeat(60)).join('.');
  const local = 'r'.repeat(254 - 1 - labels.length - '.org'.length - 4);
  const address = `${local}@${labels}.xyz.org`;
  expect(address).toHaveLength(254);
  const message = writeMessage(press, { ...READER, address }, '<1@example.org>');
  expect(message.to.address).toBe(address);
  expect(readMessage(message).html).toContain(address);
});

test('snapshots made before there were preferences still give the whole issue', async () => {
  const press = await openSamplePress();
  const old = JSON.parse(JSON.stringify(READER)) as ReaderSnapshot;
  expect(readIssueAs(press, old).document).toBe(press.document);
});

test('a reader’s choices are in their mail, and a retry has the same bytes when they change', async () => {
  const press = await openSamplePress();
  const muted = press.document.sections[0]?.theme ?? '';
  const reader = {
    ...READER,
    preferences: { ...NO_PREFERENCES, mutedThemes: [muted], minutes: 2 },
  };
  const before = writeMessage(press, reader, '<1@example.org>');
  const { document } = readIssueAs(press, reader);
  expect(document.counts.minutes).toBeLessThanOrEqual(2);
  for (const story of press.document.sections[0]?.stories ?? [])
    expect(readMessage(before).text).not.toContain(story.headline);
  const again = makePress(press.document, press.kit);
  expect(writeMessage(again, structuredClone(reader), '<1@example.org>')).toEqual(before);
});

test('a hundred kinds of readers keep no more than a hundred renderings in memory', async () => {
  const press = await openSamplePress();
  for (const story of press.document.sections.flatMap(({ stories }) => stories))
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'])
      read(press, { preferences: { ...NO_PREFERENCES, mutedThreads: [story.id, name] } });
  expect(press.variants.size).toBeLessThanOrEqual(100);
});
