import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../src/gather/is-public-address.ts';
import { openFetchGuard, type FetchGuard } from '../../src/gather/open-fetch-guard.ts';

let server: Server;
let port: number;
let visits = 0;
let guard: FetchGuard;

beforeAll(async () => {
  server = createServer((request, response) => {
    visits += 1;
    response.end(String(request.headers['user-agent']));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  guard = openFetchGuard({ allow: [`127.0.0.1:${port}`], userAgent: 'daybrief-test' });
});

afterAll(async () => {
  await guard.close();
  await new Promise((resolve) => server.close(resolve));
});

const options = { headers: {}, signal: AbortSignal.timeout(10_000) };

describe('the fetch guard', () => {
  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://017700000001/',
    'http://127.1/',
    'http://0/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.0.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://192.0.0.1/',
    'http://198.18.0.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://[::]/',
    'http://[::1]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[64:ff9b:1::a00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[2001:0:7f00:1::]/',
    'http://[2001:db8::1]/',
    'http://[3fff::1]/',
    'http://[fe80::1]/',
    'http://[fec0::1]/',
    'http://[fc00::1]/',
    'http://[ff02::1]/',
    'http://[100::1]/',
    'http://１２７.0.0.1/',
  ])('refuses %s, a place that is not public', async (url) => {
    expect(guard.findFault(url)).toMatch(/not on the public internet/);
    await expect(guard.fetchOnce(url, options)).rejects.toThrow(/not on the public internet/);
  });

  it.each([
    ['file:///etc/passwd', /http and https/],
    ['ftp://example.org/feed', /http and https/],
    ['data:text/xml,<rss/>', /http and https/],
    ['http://ada:secret@example.org/', /name or password/],
    ['http://ada@example.org/', /name or password/],
    ['http://example.org:22/', /port 22/],
    ['https://example.org:8443/', /port 8443/],
    ['not an address', /not a web address/],
  ])('refuses %s', (url, reason) => {
    expect(guard.findFault(url)).toMatch(reason);
  });

  it.each([
    'http://example.org/',
    'https://example.org:443/',
    'http://example.org:443/',
    'http://93.184.215.14/',
    'https://[2606:2800:220:1::1]/',
  ])('has nothing against %s', (url) => {
    expect(guard.findFault(url)).toBeNull();
  });

  it('refuses a name that leads to the loopback, at the moment of connecting', async () => {
    expect(guard.findFault('http://localhost/')).toBeNull();
    await expect(guard.fetchOnce('http://localhost/', options)).rejects.toThrow(
      /localhost is not on the public internet/,
    );
  });

  it('lets an allowed host and port through, and neither its neighbour port nor another name for it', async () => {
    const before = visits;
    const response = await guard.fetchOnce(`http://127.0.0.1:${port}/`, options);
    expect(await response.body.text()).toBe('daybrief-test');
    expect(visits).toBe(before + 1);
    expect(guard.findFault(`http://127.0.0.1:${port === 65_535 ? 1 : port + 1}/`)).not.toBeNull();
    expect(guard.findFault(`http://localhost:${port}/`)).not.toBeNull();
    expect(guard.findFault(`http://[::ffff:127.0.0.1]:${port}/`)).not.toBeNull();
  });

  it('goes straight to the place although the environment names a proxy', async () => {
    process.env['http_proxy'] = 'http://127.0.0.1:1';
    process.env['HTTP_PROXY'] = 'http://127.0.0.1:1';
    try {
      const response = await guard.fetchOnce(`http://127.0.0.1:${port}/`, options);
      expect(response.statusCode).toBe(200);
      await response.body.dump();
    } finally {
      delete process.env['http_proxy'];
      delete process.env['HTTP_PROXY'];
    }
  });
});

describe('a name', () => {
  it.each([
    ['127.0.0.1'],
    ['10.0.0.8'],
    ['169.254.169.254'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['::'],
    ['64:ff9b::7f00:1'],
    ['fd00::1'],
  ])('that leads to %s is refused', async (address) => {
    const family = address.includes(':') ? 6 : 4;
    const named = openFetchGuard({
      allow: [],
      userAgent: 'daybrief-test',
      lookUp: () => Promise.resolve([{ address, family }]),
    });
    await expect(named.fetchOnce('http://harbour.example/', options)).rejects.toThrow(
      'harbour.example is not on the public internet, so it is not fetched.',
    );
    await named.close();
  });

  it('that changes its answer is looked up once for each connection, and what was found then is judged', async () => {
    const looked: string[] = [];
    const named = openFetchGuard({
      allow: [],
      userAgent: 'daybrief-test',
      lookUp: (host) => {
        looked.push(host);
        if (looked.length === 1) return Promise.reject(new Error('not known yet'));
        return Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
      },
    });
    for (const words of [/not known yet/, /not on the public internet/, /not on the public/])
      await expect(named.fetchOnce('http://harbour.example/', options)).rejects.toThrow(words);
    expect(looked).toHaveLength(3);
    await named.close();
  });

  it('that nobody knows is an error with its code', async () => {
    const named = openFetchGuard({
      allow: [],
      userAgent: 'daybrief-test',
      lookUp: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
    });
    await expect(named.fetchOnce('http://harbour.example/', options)).rejects.toMatchObject({
      code: 'ENOTFOUND',
    });
    await named.close();
  });
});

describe('the loopback of IPv6', () => {
  it('is reached when it is allowed, whatever its spelling', async () => {
    const six = createServer((_request, response) => response.end('six'));
    await new Promise<void>((resolve) => six.listen(0, '::1', resolve));
    const place = `[::1]:${(six.address() as AddressInfo).port}`;
    const allowed = openFetchGuard({ allow: [place], userAgent: 'daybrief-test' });
    const url = `http://${place.replace('::1', '0:0:0:0:0:0:0:1')}/`;
    expect(await (await allowed.fetchOnce(url, options)).body.text()).toBe('six');
    expect(guard.findFault(url)).not.toBeNull();
    await allowed.close();
    await new Promise((resolve) => six.close(resolve));
  });
});

describe('a public address', () => {
  it('is a routed unicast one, in either family', () => {
    expect(isPublicAddress('93.184.215.14')).toBe(true);
    expect(isPublicAddress('2606:2800:220:1::1')).toBe(true);
    expect(isPublicAddress('fe80::1%eth0')).toBe(false);
    expect(isPublicAddress('example.org')).toBe(false);
    expect(isPublicAddress('')).toBe(false);
  });
});
