import { describe, expect, test } from 'vitest';
import { listMailFaults } from '../src/mail-config.ts';
import { readTransports } from '../src/transport-config.ts';

const VARIABLES: Readonly<Record<string, string>> = {
  MAIN_URL: 'smtp://ada:hunter2@mail.example.org:587',
  SPARE_URL: 'smtps://spare.example.org',
  WEB_URL: 'https://mail.example.org',
};

describe('transports', () => {
  test('have their address from the environment, and limits of their own', () => {
    const { transports, faults } = read([
      { name: 'main', url_from: 'MAIN_URL', weight: 3, per_domain: { 'gmail.com': '5/s' } },
      { name: 'spare', url: 'smtp://127.0.0.1:25', quota: '14/s, 200/d' },
    ]);
    expect(faults).toEqual([]);
    const [main, spare] = transports;
    expect(main).toMatchObject({ name: 'main', weight: 3 });
    expect(main?.url.reveal()).toBe(VARIABLES['MAIN_URL']);
    expect(main?.perDomain.get('gmail.com')).toEqual({ perSecond: 5, atOnce: Infinity });
    expect(spare).toMatchObject({ weight: 1, quota: { second: 14, hour: Infinity, day: 200 } });
    expect(JSON.stringify(transports)).not.toContain('hunter2');
  });

  test.each([
    ['smtp://mail.example.org', /must be a list/],
    [[], /must be a list/],
    [['main'], /number 1: it must have a name and a url_from/],
    [[{ name: 'Main', url_from: 'MAIN_URL' }], /its name must be small letters/],
    [[{ name: 'main' }], /\(main\): it needs url_from/],
    [[{ name: 'main', url_from: 'NO_URL' }], /variable NO_URL is not set/],
    [[{ name: 'main', url_from: 'WEB_URL' }], /must start with smtp:/],
    [[{ name: 'main', url: 'smtp://ada:hunter2@x.org' }], /put it into \.env/],
    [
      [{ name: 'main', url_from: 'MAIN_URL', weight: 0 }],
      /its weight must be a whole number from 1/,
    ],
    [[{ name: 'main', url_from: 'MAIN_URL', quota: 'lots' }], /its quota must be like 14\/s/],
    [
      [{ name: 'main', url_from: 'MAIN_URL', per_domain: { 'x.org': 'slow' } }],
      /"x\.org: slow" is no limit/,
    ],
    [[{ name: 'main', url_from: 'MAIN_URL', warm_up: '50' }], /its warm_up must be like 50 from/],
    [[{ name: 'main', url_from: 'MAIN_URL', wieght: 2 }], /"wieght" does not exist/],
    [
      [
        { name: 'a', url_from: 'MAIN_URL' },
        { name: 'a', url_from: 'SPARE_URL' },
      ],
      /"a" twice/,
    ],
  ])('%j are refused in one sentence', (written, words) => {
    const { faults } = read(written);
    expect(faults).toEqual([expect.stringMatching(words)]);
    expect(faults.join()).not.toContain('hunter2');
  });

  test('leave nothing for the limits of a single mail server to limit', () => {
    const listed = read([{ name: 'main', url_from: 'MAIN_URL' }]);
    expect(listMailFaults({ smtp_quota: '5/s' }, listed)).toEqual([
      expect.stringContaining('write quota below each'),
    ]);
    expect(listMailFaults({ smtp_quota: '5/s' }, read(undefined))).toEqual([]);
  });
});

function read(written: unknown) {
  return readTransports(written, (name) => VARIABLES[name]);
}
