import { expect, onTestFinished, test } from 'vitest';
import { examineDns } from '../../src/app/examine-dns.ts';
import { examineSetup } from '../../src/app/examine-setup.ts';
import { makeDkimKeys } from '../../src/app/make-dkim-keys.ts';
import { loadConfiguration } from '../../src/config.ts';
import { openDnsServer, type DnsRecords } from '../deliver/dns-server.ts';
import { fillSampleApp, openSampleApp } from './sample-app.ts';

/** A domain that does everything right and sends through its own server. */
const RIGHT: DnsRecords = {
  'MX example.org': ['20 second.example.org', '10 mail.example.org'],
  'A mail.example.org': ['192.0.2.25'],
  'TXT example.org': ['some other text', 'v=spf1 mx -all'],
  'TXT _dmarc.example.org': ['v=DMARC1; p=reject; np=reject; rua=mailto:ada@example.org'],
};

/** What doctor says when the DNS has these records: a line per finding, `level check: message`, and its fix. */
async function examine(records: DnsRecords, settings: Readonly<Record<string, string>> = {}) {
  const dns = await openDnsServer(records);
  onTestFinished(() => dns.close());
  const { app } = await openSampleApp({
    smtpUrl: 'smtp://mail.example.org',
    settings: { dns_server: dns.address, ...settings },
  });
  await fillSampleApp(app);
  const findings = await examineDns(app);
  return {
    app,
    dns,
    fixes: findings.map(({ fix }) => fix).join('\n'),
    lines: findings.map(({ level, check, message }) => `${level} ${check}: ${message}`),
  };
}

test('A domain that does everything right is told so', async () => {
  const { lines, fixes } = await examine(RIGHT);
  expect(lines).toEqual([
    'ok sender domain: example.org takes mail at mail.example.org',
    'ok SPF: example.org says who may send for it, and names mail.example.org: "v=spf1 mx -all"',
    'ok DMARC: example.org has "v=DMARC1; p=reject; np=reject; rua=mailto:ada@example.org"',
  ]);
  expect(fixes.trim()).toBe('');
});

test('A domain that publishes nothing is told what to publish', async () => {
  const { lines, fixes } = await examine({});
  expect(lines.map((line) => line.slice(0, line.indexOf(':')))).toEqual([
    'warning sender domain',
    'warning SPF',
    'warning DMARC',
  ]);
  expect(fixes).toContain('example.org. IN MX 10 mail.example.org.');
  expect(fixes).toContain('example.org. IN TXT "v=spf1 a:mail.example.org ~all"');
  expect(fixes).toContain('_dmarc.example.org. IN TXT "v=DMARC1; p=none;');
});

test.each([
  ['a address of its own', 'v=spf1 a:mail.example.org ~all', 'ok'],
  ['a network', 'v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all', 'ok'],
  ['what a provider includes', 'v=spf1 include:_spf.example.net -all', 'ok'],
  ['where it is sent on to', 'v=spf1 redirect=_spf.example.net', 'ok'],
  ['another server only', 'v=spf1 ip4:198.51.100.7 -all', 'warning'],
  ['nobody', 'v=spf1 -all', 'warning'],
  ['what cannot be read from here', 'v=spf1 exists:%{i}.example.net -all', 'ok'],
  ['nonsense', 'v=spf1 ip4:hello/99 a:/x -all', 'warning'],
  ['itself, without end', 'v=spf1 include:example.org -all', 'ok'],
])('SPF that names %s: %s', async (_what, record, level) => {
  const { lines } = await examine({
    ...RIGHT,
    'TXT example.org': [record],
    'TXT _spf.example.net': ['v=spf1 ip4:192.0.2.25 -all'],
  });
  expect(lines.find((line) => line.includes(' SPF:'))).toMatch(new RegExp(`^${level} `));
});

test('Two SPF records are one too many', async () => {
  const two = { 'TXT example.org': ['v=spf1 mx -all', 'v=spf1 a -all'] };
  expect((await examine({ ...RIGHT, ...two })).lines).toContainEqual(
    'warning SPF: example.org has 2 SPF records, and receivers then believe none.',
  );
});

test('SPF is asked of the domain that mail comes back to', async () => {
  const { dns, lines } = await examine(RIGHT, { bounce_address: 'b@back.example.net' });
  expect(dns.questions).toContain('TXT back.example.net');
  // It is no part of example.org, and nobody signs: DMARC has nothing to hold on to.
  expect(lines.find((line) => line.includes(' DMARC:'))).toMatch(/^warning .*fails DMARC/);
});

test.each([
  ['only watches', 'v=DMARC1; p=none', /^ok .*only watches/],
  ['has an old tag', 'v=DMARC1; p=reject; pct=50', /^warning .*pct=/],
  ['has no policy', 'v=DMARC1; rua=mailto:a@example.org', /^warning .*no policy/],
])('A DMARC record that %s is told so', async (_what, record, line) => {
  const { lines } = await examine({ ...RIGHT, 'TXT _dmarc.example.org': [record] });
  expect(lines.find((one) => one.includes(' DMARC:'))).toMatch(line);
});

test('A logo needs a strict policy', async () => {
  const logo = { 'TXT default._bimi.example.org': ['v=BIMI1; l=https://example.org/logo.svg'] };
  const loose = { 'TXT _dmarc.example.org': ['v=DMARC1; p=none'] };
  expect((await examine({ ...RIGHT, ...logo })).lines.at(-1)).toMatch(/^ok BIMI/);
  expect((await examine({ ...RIGHT, ...logo, ...loose })).lines.at(-1)).toMatch(/^warning BIMI/);
});

test('Each signing key is compared with what is published under its own name', async () => {
  const settings = { dkim_domain: 'example.org', dkim_selector: 's1' };
  const { app } = await openSampleApp();
  const { records } = await makeDkimKeys(app, { domain: 'example.org', selector: 's1' });
  const published = Object.fromEntries(
    records.map(({ name, strings }) => [`TXT ${name}`, [strings.join('').replace('; p=', ';p= ')]]),
  );
  const place = { ...settings, data: app.settings.data };
  expect((await examine({ ...RIGHT, ...published }, place)).lines.slice(-2)).toEqual([
    'ok DKIM: s1._domainkey.example.org has the key that signs',
    'ok DKIM: s1-ed25519._domainkey.example.org has the key that signs',
  ]);
  const wrong = { 'TXT s1._domainkey.example.org': ['v=DKIM1; k=rsa; p=AAAA'] };
  const { lines, fixes } = await examine({ ...RIGHT, ...wrong }, place);
  expect(lines.slice(-2)).toEqual([
    'failed DKIM: s1._domainkey.example.org has another key than the one that signs, so every signature fails.',
    'failed DKIM: s1-ed25519._domainkey.example.org does not exist, so no receiver can check the signatures.',
  ]);
  expect(fixes).toMatch(/Publish: s1\._domainkey\.example\.org\. IN TXT \( "v=DKIM1; k=rsa; p=/);
});

test.each([
  ['fails', { 'FAILS example.org': [], 'FAILS _dmarc.example.org': [] }],
  ['is silent', { 'SILENT example.org': [], 'SILENT _dmarc.example.org': [] }],
])('A name server that %s leaves everything open and fails nothing', async (_what, records) => {
  const { lines } = await examine(records);
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line).toMatch(/^warning .* could not be read\.$/);
});

test.each(['inbox:', 'file:./outbox', ''])(
  'Mail to %j concerns nobody else, so nobody is asked',
  async (url) => {
    const { app } = await openSampleApp({ settings: { smtp_url: url, dns_server: '127.0.0.1:9' } });
    await fillSampleApp(app);
    expect(await examineDns(app)).toEqual([]);
  },
);

test('Doctor shows it among all the rest', async () => {
  const { app, dns } = await examine(RIGHT);
  const { data } = app.settings;
  const settings = { data, smtp_url: 'smtp://127.0.0.1:9', dns_server: dns.address };
  const findings = await examineSetup(loadConfiguration(settings, data));
  expect(findings.map(({ check }) => check)).toEqual(
    expect.arrayContaining(['store', 'sender domain', 'SPF', 'DMARC']),
  );
});
