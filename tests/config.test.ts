import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { loadConfiguration, parseYamlText } from '../src/config.ts';
import { SETTINGS } from '../src/config.ts';
import { makeSecret } from '../src/domain/secret.ts';
import { BriefingError } from '../src/domain/briefing-error.ts';

beforeEach(() => {
  for (const { environment } of SETTINGS) vi.stubEnv(environment, undefined);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
});

describe('a setting', () => {
  test('comes from its flag before its environment, before daybrief.yaml, before its default', () => {
    const folder = makeFolder({ 'daybrief.yaml': 'host: from-file\nport: 1\n' });
    expect(readPort(folder)).toEqual([1, 'daybrief.yaml']);
    vi.stubEnv('PORT', '2');
    expect(readPort(folder)).toEqual([2, 'environment']);
    expect(readPort(folder, { port: '3' })).toEqual([3, 'flag']);
    vi.stubEnv('PORT', '');
    expect(readPort(folder), 'an empty variable says nothing').toEqual([1, 'daybrief.yaml']);
    expect(readPort(makeFolder({}))).toEqual([4_400, 'default']);
  });

  test('in .env beside daybrief.yaml counts as environment, and the real environment wins', () => {
    const files = { 'daybrief.yaml': 'port: 1\n', '.env': 'PORT=5\nHOST=from-dotenv\n' };
    const folder = makeFolder(files);
    vi.stubEnv('HOST', 'from-environment');
    expect(readPort(folder)).toEqual([5, 'environment']);
    expect(loadConfiguration({}, folder).settings.host).toBe('from-environment');
  });

  test('of another file comes from where that file is', () => {
    const folder = makeFolder({ 'deep/other.yaml': 'data: ./store\ntemplates: looks\n' });
    const { settings } = loadConfiguration({ config: 'deep/other.yaml' }, folder);
    expect(settings.data).toBe(join(folder, 'deep/store'));
    expect(settings.templates).toBe(join(folder, 'deep/looks'));
    expect(settings.configFile).toBe(join(folder, 'deep/other.yaml'));
  });

  test('keeps every character it was written with', () => {
    const yaml = String.raw`secret: 'sixteen \ and "quotes" or more'` + '\nsmtp_url: "inbox:"\n';
    const { settings } = loadConfiguration({}, makeFolder({ 'daybrief.yaml': yaml }));
    expect(settings.secret.reveal()).toBe(String.raw`sixteen \ and "quotes" or more`);
  });

  test('that is a list may be written as one, or with commas', () => {
    const yaml = 'own_addresses:\n  - ada@example.org\n  - ben@example.org\n';
    const { settings } = loadConfiguration({}, makeFolder({ 'daybrief.yaml': yaml }));
    expect(settings.ownAddresses).toEqual(['ada@example.org', 'ben@example.org']);
    vi.stubEnv('DAYBRIEF_OWN_ADDRESSES', ' cleo@example.org , ,ada@example.org');
    expect(loadConfiguration({}, makeFolder({})).settings.ownAddresses).toEqual([
      'cleo@example.org',
      'ada@example.org',
    ]);
  });

  test('that is a table may be written as one, or in a line', () => {
    const yaml = 'per_domain:\n  gmail.com: 5/s, 2 at once\n  example.org: 30/m\n';
    const limits = new Map([
      ['gmail.com', { perSecond: 5, atOnce: 2 }],
      ['example.org', { perSecond: 0.5, atOnce: Infinity }],
    ]);
    vi.stubEnv('DAYBRIEF_SMTP_URL', 'inbox:');
    const { settings, shown } = loadConfiguration({}, makeFolder({ 'daybrief.yaml': yaml }));
    expect(settings.mail.transports[0]?.perDomain).toEqual(limits);
    const { value = '' } = shown.find(({ key }) => key === 'per_domain') ?? {};
    vi.stubEnv('DAYBRIEF_PER_DOMAIN', value);
    expect(loadConfiguration({}, makeFolder({})).settings.mail.transports[0]?.perDomain).toEqual(
      limits,
    );
  });

  test('has a default for everything, and none of them is refused', () => {
    const { settings, shown, newsletters } = loadConfiguration({}, makeFolder({}));
    expect(settings).toMatchObject({ host: '127.0.0.1', port: 4_400, smtpConnections: 4 });
    expect(shown.map(({ origin }) => origin)).toEqual(SETTINGS.map(() => 'default'));
    expect(newsletters).toBeUndefined();
  });

  test('that ends in slashes is one address all the same', () => {
    vi.stubEnv('DAYBRIEF_PUBLIC_URL', 'https://brief.example.org//');
    const { settings } = loadConfiguration({}, makeFolder({}));
    expect(settings.publicUrl).toBe('https://brief.example.org');
  });
});

describe('settings that cannot be used', () => {
  test('are refused all together, each by its name', () => {
    vi.stubEnv('PORT', '70000');
    vi.stubEnv('DAYBRIEF_SMTP_URL', 'http://mail.example.org');
    vi.stubEnv('DAYBRIEF_SECRET', 'too short');
    vi.stubEnv('DAYBRIEF_FETCH_ALLOW', 'localhost');
    const folder = makeFolder({
      'daybrief.yaml': 'log_level: loud\nown_addresses: [ada]\nsmtp_connections: 0\n',
    });
    const error = catchError(() => loadConfiguration({}, folder));
    expect(error).toMatchObject({ name: 'BriefingError', code: 'invalid' });
    for (const name of ['PORT', 'SMTP_URL', 'SECRET', 'FETCH_ALLOW', 'LOG_LEVEL'])
      expect(error.message).toContain(name);
    for (const name of ['OWN_ADDRESSES', 'SMTP_CONNECTIONS']) expect(error.message).toContain(name);
    expect(error.message, 'a secret is not told').not.toContain('too short');
    expect(error.message).not.toContain('mail.example.org');
  });

  test.each([
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', '0x50'],
    ['DAYBRIEF_SMTP_CONNECTIONS', 'many'],
    ['DAYBRIEF_PER_DOMAIN', 'gmail.com'],
    ['DAYBRIEF_OAUTH_URL', 'http://tokens.example.org'],
    ['DAYBRIEF_WARM_UP', '50 from 2026-02-30'],
    ['DAYBRIEF_PUBLIC_URL', 'brief.example.org'],
    ['DAYBRIEF_PUBLIC_URL', 'javascript:alert(1)'],
    ['DAYBRIEF_DATABASE_URL', 'postgres://localhost/daybrief'],
    ['DAYBRIEF_FETCH_ALLOW', 'http://localhost:80'],
    ['DAYBRIEF_OWN_ADDRESSES', 'ada@example.org\nbcc: ben@example.org'],
  ])('%s=%s is one of them', (name, value) => {
    vi.stubEnv(name, value);
    const error = catchError(() => loadConfiguration({}, makeFolder({})));
    expect(error).toBeInstanceOf(BriefingError);
    expect(error.message).toContain(name);
  });
});

describe('daybrief.yaml', () => {
  test('that is broken is told with its line', () => {
    const folder = makeFolder({ 'daybrief.yaml': 'port: 1\nhost: x\n  bad: [1, 2\n' });
    const error = catchError(() => loadConfiguration({}, folder));
    expect(error).toMatchObject({ name: 'BriefingError', code: 'invalid' });
    expect(error.message).toContain(join(folder, 'daybrief.yaml'));
    expect(error.message).toMatch(/line [23]\b/);
  });

  test('that names a setting twice is told with its line', () => {
    const error = catchError(() => parseYamlText('port: 1\nport: 2\n', 'daybrief.yaml'));
    expect(error.message).toMatch(/line 2\b/);
  });

  test.each(['- a\n- b\n', 'just text', '42'])('%j is no configuration', (yaml) => {
    const error = catchError(() => loadConfiguration({}, makeFolder({ 'daybrief.yaml': yaml })));
    expect(error).toMatchObject({ name: 'BriefingError', code: 'invalid' });
  });

  test('that misspells a setting is refused by its name, not ignored', () => {
    const folder = makeFolder({ 'daybrief.yaml': 'smpt_url: "inbox:"\n' });
    expect(() => loadConfiguration({}, folder)).toThrow(/setting "smpt_url" that does not exist/);
  });

  test('that is empty, or not there, is fine', () => {
    expect(loadConfiguration({}, makeFolder({ 'daybrief.yaml': '' })).newsletters).toBeUndefined();
    expect(loadConfiguration({}, makeFolder({})).newsletters).toBeUndefined();
  });

  test('that was asked for and is not there is an error with the way to make one', () => {
    const error = catchError(() => loadConfiguration({ config: 'no.yaml' }, makeFolder({})));
    expect(error).toMatchObject({ code: 'invalid' });
    expect(error.message).toMatch(/no\.yaml.*daybrief init/s);
  });

  test('hands its newsletters on as they are written', () => {
    const yaml = 'newsletters:\n  - slug: morning\n';
    const { newsletters } = loadConfiguration({}, makeFolder({ 'daybrief.yaml': yaml }));
    expect(newsletters).toEqual([{ slug: 'morning' }]);
  });
});

describe('the settings of a model', () => {
  const yaml = (more: string) =>
    `model:\n  url: http://127.0.0.1:11434\n  writer: scribe\n  may: [headlines, why]\n${more}`;

  test('stand below one name in daybrief.yaml, and its key in the environment', () => {
    vi.stubEnv('DAYBRIEF_MODEL_KEY', 'key-of-ada');
    const folder = makeFolder({ 'daybrief.yaml': yaml('  issue_seconds: 30\n') });
    const { settings, shown } = loadConfiguration({}, folder);
    expect(settings.model).toMatchObject({
      url: 'http://127.0.0.1:11434/v1',
      writer: 'scribe',
      may: ['headlines', 'why'],
      issueSeconds: 30,
      mostRequests: 50,
    });
    expect(settings.model?.key.reveal()).toBe('key-of-ada');
    expect(shown.find(({ key }) => key === 'model.key')?.value).toBe('••••');
    expect(shown.find(({ key }) => key === 'model.may')).toMatchObject({
      value: 'headlines,why',
      origin: 'daybrief.yaml',
    });
  });

  test('are none when there is no address', () => {
    expect(loadConfiguration({}, makeFolder({})).settings.model).toBeNull();
    const empty = makeFolder({ 'daybrief.yaml': 'model:\n' });
    expect(loadConfiguration({}, empty).settings.model).toBeNull();
  });

  test.each([
    ['http://127.0.0.1:11434/', 'http://127.0.0.1:11434/v1'],
    ['https://model.example.org/v1/chat/completions', 'https://model.example.org/v1'],
    ['https://model.example.org/openai/', 'https://model.example.org/openai'],
  ])('take the address %s as %s', (url, base) => {
    vi.stubEnv('DAYBRIEF_MODEL_URL', url);
    expect(loadConfiguration({}, makeFolder({})).settings.model?.url).toBe(base);
  });

  test.each([
    ['  mya: [why]\n', /setting "model\.mya" that does not exist/],
    ['  most_tokens: lots\n', /model\.most_tokens/],
  ])('are refused with %j', (more, words) => {
    const folder = makeFolder({ 'daybrief.yaml': yaml(more) });
    expect(() => loadConfiguration({}, folder)).toThrow(words);
  });

  test.each([
    [{ DAYBRIEF_MODEL_MAY: 'poems' }, /MODEL_MAY .*any of headlines/],
    [{ DAYBRIEF_MODEL_MAY: 'why' }, /MODEL_URL.*MODEL_WRITER/s],
    [
      { DAYBRIEF_MODEL_MAY: 'embeddings', DAYBRIEF_MODEL_URL: 'http://localhost:1' },
      /^(?!.*MODEL_WRITER).*MODEL_EMBEDDER/s,
    ],
    [{ DAYBRIEF_MODEL_ALIKE: '2' }, /MODEL_ALIKE/],
    [{ DAYBRIEF_MODEL_URL: 'ftp://model.example.org' }, /MODEL_URL/],
    [{ DAYBRIEF_MODEL_URL: 'https://ada:hunter2@model.example.org/v1' }, /no name or password/],
    [{ DAYBRIEF_MODEL_KEY: 'two\r\nlines' }, /MODEL_KEY/],
  ])('are refused together where they cannot work: %j', (environment, words) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const error = catchError(() => loadConfiguration({}, makeFolder({})));
    expect(error.message).toMatch(words);
    expect(error.message).not.toContain('hunter2');
  });
});

describe('a secret', () => {
  test('shows itself in no printed form, only when revealed', () => {
    vi.stubEnv('DAYBRIEF_SMTP_URL', 'smtp://ada:hunter2@mail.example.org:587');
    vi.stubEnv('DAYBRIEF_SECRET', 'hunter2-hunter2-hunter2');
    const configuration = loadConfiguration({}, makeFolder({}));
    const { settings } = configuration;
    const printed = [
      JSON.stringify(configuration),
      `${settings.smtpUrl.toString()} ${String(settings.secret)}`,
      format('%s %o %O %j', settings.secret, settings.smtpUrl, settings, configuration),
      Object.values(settings).join(' '),
    ].join('\n');
    expect(printed).not.toContain('hunter2');
    expect(printed).toContain('••••');
    expect(settings.smtpUrl.reveal()).toBe('smtp://ada:hunter2@mail.example.org:587');
  });

  test('that is empty looks empty', () => {
    expect(String(makeSecret(''))).toBe('');
  });

  test('is marked in what "config show" prints', () => {
    vi.stubEnv('DAYBRIEF_SECRET', 'hunter2-hunter2-hunter2');
    const { shown } = loadConfiguration({}, makeFolder({}));
    expect(shown.find(({ key }) => key === 'secret')).toEqual({
      key: 'secret',
      environment: 'DAYBRIEF_SECRET',
      value: '••••',
      origin: 'environment',
    });
  });
});

test('no two settings share a name, and every one says what it means', () => {
  expect(new Set(SETTINGS.map(({ key }) => key)).size).toBe(SETTINGS.length);
  expect(new Set(SETTINGS.map(({ environment }) => environment)).size).toBe(SETTINGS.length);
  expect(SETTINGS.filter(({ meaning }) => meaning.length < 10)).toEqual([]);
});

function readPort(folder: string, flags: Record<string, string> = {}): readonly unknown[] {
  const { settings, shown } = loadConfiguration(flags, folder);
  return [settings.port, shown.find(({ key }) => key === 'port')?.origin];
}

function makeFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'daybrief-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function catchError(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
}
