import { describe, expect, onTestFinished, test } from 'vitest';
import { checkSender } from '../../src/app/check-sender.ts';
import { findDmarcPolicy, findOrganization, walkDmarcTree } from '../../src/app/walk-dmarc-tree.ts';
import { openDnsReader } from '../../src/deliver/open-dns-reader.ts';
import { openDnsServer } from '../deliver/dns-server.ts';
import { NEWSLETTER, openSampleApp } from './sample-app.ts';

/** The organization of a domain, whose policy is followed, and what the DNS was asked. */
async function look(domain: string, published: Readonly<Record<string, string>>) {
  const records = Object.entries(published).map(([name, text]) => [`TXT _dmarc.${name}`, [text]]);
  const dns = await openDnsServer(Object.fromEntries(records) as Record<string, string[]>);
  onTestFinished(() => dns.close());
  const reader = openDnsReader({ server: dns.address, limitMs: 5_000 });
  onTestFinished(() => reader.close());
  const walk = (await walkDmarcTree(reader, domain)) ?? [];
  return {
    organization: findOrganization(walk, domain),
    policy: findDmarcPolicy(walk, domain)?.domain ?? null,
    asked: dns.questions.map((question) => question.replace('TXT _dmarc.', '')),
  };
}

describe('the organization of a domain', () => {
  test('is the highest name with a record, whose policy is followed where there is no nearer own one', async () => {
    const top = { 'example.org': 'v=DMARC1; p=reject' };
    const found = { organization: 'example.org', policy: 'example.org' };
    expect(await look('news.mail.example.org', top)).toMatchObject(found);
    const between = { ...top, 'mail.example.org': 'v=DMARC1; p=none' };
    expect(await look('news.mail.example.org', between)).toMatchObject(found);
    expect(await look('mail.example.org', between)).toMatchObject({
      organization: 'example.org',
      policy: 'mail.example.org',
    });
  });

  test('ends where a record says so', async () => {
    const own = {
      'city.example.org': 'v=DMARC1; p=none; psd=n',
      'example.org': 'v=DMARC1; p=none',
    };
    const { organization, asked } = await look('news.city.example.org', own);
    expect(organization).toBe('city.example.org');
    expect(asked).toEqual(['news.city.example.org', 'city.example.org']);
    const suffix = { 'example.org': 'v=DMARC1; p=reject; psd=y' };
    expect(await look('news.city.example.org', suffix)).toMatchObject({
      organization: 'city.example.org',
      policy: 'example.org',
    });
  });

  test('is found with eight questions, however long the name is', async () => {
    const name = 'a.b.c.d.e.f.g.h.i.example.org';
    const { asked, organization } = await look(name, { 'example.org': 'v=DMARC1; p=none' });
    expect(asked).toHaveLength(8);
    expect(asked.slice(0, 2)).toEqual([name, 'e.f.g.h.i.example.org']);
    expect(organization).toBe('example.org');
  });

  test('is the domain itself where nothing is published', async () => {
    expect(await look('news.example.org', {})).toMatchObject({
      organization: 'news.example.org',
      policy: null,
    });
  });
});

test.each([
  ['news.example.org', 'mail.example.org', true],
  ['example.co.uk', 'mail.example.co.uk', true],
  ['one.co.uk', 'two.co.uk', false],
])('preflight takes %s signed by %s for one organization: %s', async (from, signer, isOne) => {
  const { app } = await openSampleApp({ settings: { dkim_domain: signer } });
  const sender = { name: 'The Morning', address: `brief@${from}` };
  const [, , fault] = checkSender(app, { ...NEWSLETTER, sender });
  expect(fault === null).toBe(isOne);
});
