import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { openTransport } from '../../src/deliver/open-transport.ts';
import { parseTransportUrl } from '../../src/deliver/parse-transport-url.ts';

const LOGIN = { user: 'ada', pass: 's3cret' };

test.each([
  ['smtp://mail.example.org:2525', 'mail.example.org', 2525, 'offered', null],
  ['smtp://mail.example.org', 'mail.example.org', 587, 'offered', null],
  ['smtps://mail.example.org/', 'mail.example.org', 465, 'direct', null],
  ['smtp://[::1]:25?tls=never', '::1', 25, 'never', null],
  ['smtp://bücher.example?tls=required', 'xn--bcher-kva.example', 587, 'required', null],
  ['smtp://ada:s3cret@127.0.0.1:25', '127.0.0.1', 25, 'offered', LOGIN],
  ['smtp://ada:s3cret@mail.example.org', 'mail.example.org', 587, 'required', LOGIN],
  ['smtp://ada:s3cret@mail.example.org?tls=never', 'mail.example.org', 587, 'never', LOGIN],
])('%s is understood', (...[url, host, port, tls, login]) => {
  expect(parseTransportUrl(url)).toEqual({ kind: 'smtp', host, port, tls, login });
});

test('User and password are percent-decoded', () => {
  expect(
    parseTransportUrl('smtps://ada%40example.org:a%2Fb%23c%25@mail.example.org'),
  ).toMatchObject({
    login: { user: 'ada@example.org', pass: 'a/b#c%' },
  });
});

test.each([
  ['file:./outbox', resolve('outbox')],
  ['file:outbox/today', resolve('outbox/today')],
  ['file:/srv/outbox', '/srv/outbox'],
  ['file:///srv/my%20outbox', '/srv/my outbox'],
])('%s is a folder', (url, folder) => {
  expect(parseTransportUrl(url)).toEqual({ kind: 'files', folder });
});

test.each([
  '',
  'mail.example.org:587',
  'http://mail.example.org',
  'smtp://',
  'smtp://ada:pa#ss@mail.example.org',
  'smtp://ada:pa%ss@mail.example.org',
  'smtp://ada@mail.example.org',
  'smtp://ada:pass@mail.example.org?auth=oauth',
  'smtp://mail.example.org?auth=oauth',
  'smtp://ada@mail.example.org?auth=none',
  'smtp://:pass@mail.example.org',
  'smtp://mail.example.org:0',
  'smtp://mail.example.org:99999',
  'smtp://mail.example.org/path',
  'smtp://mail.example.org?tls=maybe',
  'smtp://mail.example.org?pool=true',
  'smtps://mail.example.org?tls=never',
  'file:',
  'file://elsewhere/outbox',
])('%j is refused with the forms there are, and no password', (url) => {
  expect(() => openTransport(url)).toThrow(
    expect.objectContaining({
      code: 'invalid',
      message: expect.stringMatching(
        /^(?!.*pa.ss).*smtp:\/\/user:password@host:587.*file:/,
      ) as string,
    }),
  );
});

test('A transport says where mail goes without the log-in', () => {
  expect(openTransport('smtps://ada:s3cret@mail.example.org').describe()).toBe(
    'mail.example.org:465',
  );
  expect(openTransport('smtp://[::1]:25').describe()).toBe('[::1]:25');
  expect(openTransport('file:/srv/outbox').describe()).toBe('/srv/outbox');
});
