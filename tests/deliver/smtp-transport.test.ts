import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import {
  createServer as createTlsServer,
  getCACertificates,
  setDefaultCACertificates,
} from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { formatMessage } from '../../src/deliver/format-message.ts';
import { openTransport, type Transport } from '../../src/deliver/open-transport.ts';
import {
  openFaultServer,
  type FaultServer,
  type FaultServerOptions,
  type Script,
} from './fault-server.ts';
import { sampleMessage } from './sample-message.ts';
import { SELF_SIGNED } from './self-signed.ts';

const QUICK = { greeting: 300, login: 300, command: 300, reply: 300, goodbye: 50 };

let server: FaultServer;
let transport: Transport;

afterEach(async () => {
  await transport.close();
  await server?.close();
});

async function open(script: Script = {}, options: FaultServerOptions = {}) {
  server = await openFaultServer(script, options);
  transport = openTransport(server.url, { limits: QUICK });
}

async function noop(): Promise<void> {}

function countCommands(verb: string): number {
  return server.commands.filter((line) => line.startsWith(verb)).length;
}

async function waitUntil(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await wait(2);
}

test('The hand-over is recorded once, when the server has all but the end of the message', async () => {
  await open();
  const message = sampleMessage({ text: 'A line.\n'.repeat(12_000) });
  const whole = Buffer.from(await formatMessage(message)).toString('latin1');
  const atCommit: string[] = [];
  const result = await transport.sendMessage(message, async () => {
    await waitUntil(() => server.partial().length >= whole.length - 1_024);
    await wait(20);
    atCommit.push(server.partial());
  });
  expect(result).toEqual({ outcome: 'sent', stage: 'reply', code: 250, reply: 'queued' });
  expect(atCommit).toEqual([whole.slice(0, -1_024)]);
  expect(server.messages).toEqual([whole]);
});

test('When the hand-over cannot be recorded, the server gets no message and the next one still goes out', async () => {
  await open();
  const failed = await transport.sendMessage(sampleMessage(), () =>
    Promise.reject(new Error('disk full')),
  );
  expect(failed).toMatchObject({ outcome: 'deferred', stage: 'commit', code: null });
  const sent = await transport.sendMessage(sampleMessage({ messageId: '<2@example.org>' }), noop);
  expect(sent.outcome).toBe('sent');
  expect(server.messages).toHaveLength(1);
  expect(server.messages[0]).toContain('<2@example.org>');
});

test('A hand-over that throws at once is no different', async () => {
  await open();
  const failed = await transport.sendMessage(sampleMessage(), () => {
    throw new Error('disk full');
  });
  expect(failed).toMatchObject({ outcome: 'deferred', stage: 'commit' });
  expect(server.messages).toEqual([]);
});

test('A connection lost during the hand-over gives its result only when the hand-over is through', async () => {
  await open({ BODY: 'drop' });
  let isRecorded = false;
  const result = await transport.sendMessage(sampleMessage(), async () => {
    await wait(80);
    isRecorded = true;
  });
  expect(isRecorded).toBe(true);
  expect(result).toMatchObject({ outcome: 'deferred', stage: 'commit' });
});

test('A retry sends the same bytes', async () => {
  await open({ DOT: ['451 later', '250 queued'] });
  const bodies: string[] = [];
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await transport.sendMessage(sampleMessage(), noop);
    bodies.push(server.partial());
  }
  expect(server.messages).toHaveLength(1);
  expect(bodies[1]).toBe(bodies[0]);
});

test('Thirty messages use one connection', async () => {
  await open({}, { extensions: ['PIPELINING'] });
  for (let i = 0; i < 30; i += 1) {
    const message = sampleMessage({ messageId: `<${i}@example.org>` });
    expect((await transport.sendMessage(message, noop)).outcome).toBe('sent');
  }
  expect(server.messages).toHaveLength(30);
  expect(server.connections()).toBe(1);
});

test('After so many messages the connection is opened afresh', async () => {
  await open();
  transport = openTransport(server.url, { limits: QUICK, messagesPerConnection: 2 });
  for (let i = 0; i < 5; i += 1)
    expect((await transport.sendMessage(sampleMessage(), noop)).outcome).toBe('sent');
  expect(server.connections()).toBe(3);
  expect(countCommands('QUIT')).toBe(2);
});

test('Messages asked for at the same time go out one after the other', async () => {
  await open();
  const messages = [1, 2, 3].map((i) => sampleMessage({ messageId: `<${i}@example.org>` }));
  const results = await Promise.all(messages.map((one) => transport.sendMessage(one, noop)));
  expect(results.map((result) => result.outcome)).toEqual(['sent', 'sent', 'sent']);
  expect(server.connections()).toBe(1);
});

test('Where the server takes it, the commands of the next message follow the dot and do not wait for its reply', async () => {
  await open({ DOT: { reply: '250 queued', afterMs: 60 } }, { extensions: ['PIPELINING'] });
  const first = transport.sendMessage(sampleMessage(), noop);
  const second = transport.sendMessage(sampleMessage({ messageId: '<2@example.org>' }), noop);
  expect((await first).outcome).toBe('sent');
  expect(server.messages).toHaveLength(1);
  expect(countCommands('DATA')).toBe(2);
  expect((await second).outcome).toBe('sent');
  expect(server.messages[1]).toContain('<2@example.org>');
});

test('Without that offer the next message waits for the reply', async () => {
  await open({ DOT: { reply: '250 queued', afterMs: 60 } });
  const first = transport.sendMessage(sampleMessage(), noop);
  const second = transport.sendMessage(sampleMessage(), noop);
  await first;
  expect(countCommands('MAIL')).toBe(1);
  expect((await second).outcome).toBe('sent');
});

test.each([
  { answer: '554 no', outcome: 'refused', connections: 1 },
  { answer: '451 later', outcome: 'deferred', connections: 1 },
  { answer: '421 too many', outcome: 'deferred', connections: 2 },
  { answer: 'nonsense', outcome: 'unknown', connections: 2 },
  { answer: 'drop', outcome: 'unknown', connections: 2 },
  { answer: 'hang', outcome: 'unknown', connections: 2 },
])(
  'A dot answered with $answer is $outcome and the message announced behind it goes out all the same',
  async ({ answer, outcome, connections }) => {
    await open({ DOT: [answer, '250 queued'] }, { extensions: ['PIPELINING'] });
    const handed: number[] = [];
    const results = await Promise.all(
      [1, 2, 3].map((i) =>
        transport.sendMessage(sampleMessage({ messageId: `<${i}@example.org>` }), async () => {
          handed.push(i);
          await noop();
        }),
      ),
    );
    expect(results.map((result) => result.outcome)).toEqual([outcome, 'sent', 'sent']);
    expect(results[0]?.stage).toBe('reply');
    expect(handed).toEqual([1, 2, 3]);
    expect(countCommands('RSET')).toBe(0);
    expect(server.connections()).toBe(connections);
  },
);

test('A recipient refused behind a dot costs nobody else the message', async () => {
  await open(
    { RCPT: ['250 ok', '550 no such user', '250 ok'], DATA: ['354 go', '503 no', '354 go'] },
    { extensions: ['PIPELINING'] },
  );
  const results = await Promise.all(
    [1, 2, 3].map((i) =>
      transport.sendMessage(sampleMessage({ messageId: `<${i}@example.org>` }), noop),
    ),
  );
  expect(results.map(({ outcome, stage }) => [outcome, stage])).toEqual([
    ['sent', 'reply'],
    ['refused', 'rcpt'],
    ['sent', 'reply'],
  ]);
  expect(server.messages.map((text) => /<(\d)@/.exec(text)?.[1])).toEqual(['1', '3']);
});

test.each([[[]], [['PIPELINING']]])(
  'After a refused recipient the connection is reset and used again (%j)',
  async (extensions) => {
    await open({ RCPT: ['550 no such user', '250 recipient ok'] }, { extensions });
    const refused = await transport.sendMessage(sampleMessage(), noop);
    const sent = await transport.sendMessage(sampleMessage(), noop);
    expect([refused.outcome, sent.outcome]).toEqual(['refused', 'sent']);
    expect(countCommands('RSET')).toBe(1);
    expect(server.connections()).toBe(1);
  },
);

test('A server that takes DATA although it refused every recipient is not sent the message', async () => {
  await open({ RCPT: '550 no such user', DATA: '354 go ahead' }, { extensions: ['PIPELINING'] });
  const result = await transport.sendMessage(sampleMessage(), () =>
    Promise.reject(new Error('never asked')),
  );
  expect(result).toMatchObject({ outcome: 'refused', stage: 'rcpt', code: 550 });
});

test('A refusal is forgotten with the message it was about', async () => {
  await open({ RCPT: ['550 no such user', 'drop'] });
  await transport.sendMessage(sampleMessage(), noop);
  const result = await transport.sendMessage(sampleMessage(), noop);
  expect(result).toMatchObject({ outcome: 'deferred', stage: 'rcpt', code: null });
});

test.each([
  ['drops the connection', 'drop'],
  ['says 421', { bytes: '421 idle too long\r\n', thenDrop: true }],
  ['says nothing', 'hang'],
] as const)('A failed reset (server %s) costs only the connection', async (_what, answer) => {
  await open({ RCPT: ['550 no such user', '250 recipient ok'], RSET: answer });
  await transport.sendMessage(sampleMessage(), noop);
  expect((await transport.sendMessage(sampleMessage(), noop)).outcome).toBe('sent');
  expect(server.connections()).toBe(2);
});

test('An idle connection the server closed is opened again', async () => {
  await open();
  await transport.sendMessage(sampleMessage(), noop);
  server.dropConnections();
  await wait(30);
  expect((await transport.sendMessage(sampleMessage(), noop)).outcome).toBe('sent');
  expect(server.connections()).toBe(2);
});

test('A used connection that dies at MAIL is tried once more on a new one', async () => {
  await open({ MAIL: ['250 ok', 'drop', '250 ok'] });
  await transport.sendMessage(sampleMessage(), noop);
  let commits = 0;
  const result = await transport.sendMessage(sampleMessage(), () => {
    commits += 1;
    return Promise.resolve();
  });
  expect([result.outcome, commits, server.connections()]).toEqual(['sent', 1, 2]);
});

test('A server that drops every connection at MAIL is not asked forever', async () => {
  await open({ MAIL: ['250 ok', 'drop'] });
  await transport.sendMessage(sampleMessage(), noop);
  const result = await transport.sendMessage(sampleMessage(), noop);
  expect(result).toMatchObject({ outcome: 'deferred', stage: 'mail', code: null });
  expect(server.connections()).toBe(2);
});

test('After an unknown outcome the message is not sent again', async () => {
  await open({ DOT: 'drop' });
  await transport.sendMessage(sampleMessage(), noop);
  const result = await transport.sendMessage(sampleMessage(), noop);
  expect(result.outcome).toBe('unknown');
  expect(server.messages).toHaveLength(2);
  expect(countCommands('MAIL')).toBe(2);
});

test('Verifying connects and logs in, and sends nothing', async () => {
  await open({}, { extensions: ['AUTH PLAIN LOGIN'] });
  transport = openTransport(`smtp://ada:secret@127.0.0.1:${server.port}`, { limits: QUICK });
  expect(await transport.verify()).toBeNull();
  expect(server.commands.map((line) => line.split(' ')[0])).toEqual(['EHLO', 'AUTH']);
});

test('Where nobody listens, the mail server is unavailable', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as { port: number };
  closed.close();
  transport = openTransport(`smtp://127.0.0.1:${port}`);
  const expected = { outcome: 'unavailable', stage: 'connect', code: null };
  expect(await transport.verify()).toMatchObject(expected);
  expect(await transport.sendMessage(sampleMessage(), noop)).toMatchObject(expected);
});

test.each([
  ['535 5.7.8 ada/s3cret: wrong', 'unavailable', 535],
  ['454 try later', 'deferred', 454],
  ['drop', 'unavailable', null],
  ['hang', 'unavailable', null],
])('A log-in answered with %s is %s', async (answer, outcome, code) => {
  await open({ AUTH: answer }, { extensions: ['AUTH PLAIN'] });
  transport = openTransport(`smtp://ada:s3cret@127.0.0.1:${server.port}`, { limits: QUICK });
  const result = await transport.sendMessage(sampleMessage(), noop);
  expect(result).toMatchObject({ outcome, stage: 'auth', code });
  expect(result.reply).not.toMatch(/s3cret|ada/);
});

test('A server that repeats our log-in in its complaint does not leak it', async () => {
  const proof = Buffer.from('\0ada\0s3cret').toString('base64');
  await open(
    { AUTH: `501 cannot read ${proof} (${btoa('s3cret')})` },
    { extensions: ['AUTH PLAIN'] },
  );
  transport = openTransport(`smtp://ada:s3cret@127.0.0.1:${server.port}`, { limits: QUICK });
  expect((await transport.verify())?.reply).toBe('cannot read … (…)');
  expect(transport.describe()).toBe(`127.0.0.1:${server.port}`);
});

test('Nobody is named in a reply', async () => {
  await open({ RCPT: '550-5.1.1 <ada@example.org>: unknown,\r\n550 5.1.1 ask help@example.org' });
  const { reply } = await transport.sendMessage(sampleMessage(), noop);
  expect(reply).toBe('5.1.1 <…@example.org>: unknown, 5.1.1 ask …@example.org');
});

test.each(['required', 'offered'])(
  'STARTTLS (%s) with a self-signed certificate is unavailable',
  async (tls) => {
    await open({}, { extensions: ['STARTTLS'], certificate: SELF_SIGNED });
    const query = tls === 'required' ? '?tls=required' : '';
    transport = openTransport(`${server.url}${query}`, { limits: QUICK });
    const result = await transport.sendMessage(sampleMessage(), noop);
    expect(result).toMatchObject({ outcome: 'unavailable', stage: 'tls', code: null });
    expect(result.reply).toContain('self-signed certificate');
    expect(countCommands('MAIL')).toBe(0);
  },
);

test('With tls=required a server without STARTTLS is unavailable', async () => {
  await open({ STARTTLS: '502 unknown command' });
  transport = openTransport(`${server.url}?tls=required`, { limits: QUICK });
  const result = await transport.sendMessage(sampleMessage(), noop);
  expect(result).toMatchObject({ outcome: 'unavailable', stage: 'tls', code: 502 });
});

test('With tls=never an offered STARTTLS is left alone', async () => {
  await open({}, { extensions: ['STARTTLS'], certificate: SELF_SIGNED });
  transport = openTransport(`${server.url}?tls=never`, { limits: QUICK });
  expect((await transport.sendMessage(sampleMessage(), noop)).outcome).toBe('sent');
});

test('With a trusted certificate the log-in and the message travel encrypted', async () => {
  const usual = getCACertificates('default');
  setDefaultCACertificates([...usual, SELF_SIGNED.cert]);
  try {
    await open({}, { extensions: ['STARTTLS', 'AUTH PLAIN'], certificate: SELF_SIGNED });
    const url = `smtp://ada:s3cret@127.0.0.1:${server.port}?tls=required`;
    transport = openTransport(url, { limits: QUICK });
    expect((await transport.sendMessage(sampleMessage(), noop)).outcome).toBe('sent');
    const verbs = server.commands.map((line) => line.split(' ')[0]);
    expect(verbs.slice(0, 4)).toEqual(['EHLO', 'STARTTLS', 'EHLO', 'AUTH']);
  } finally {
    setDefaultCACertificates(usual);
  }
});

test('With smtps a bad certificate and a server without TLS are both told from a dead one', async () => {
  await open();
  transport = openTransport(`smtps://127.0.0.1:${server.port}`, { limits: QUICK });
  expect(await transport.verify()).toMatchObject({ outcome: 'unavailable', stage: 'tls' });
  const secure = createTlsServer(SELF_SIGNED).listen(0, '127.0.0.1');
  await once(secure, 'listening');
  const { port } = secure.address() as { port: number };
  transport = openTransport(`smtps://127.0.0.1:${port}`, { limits: QUICK });
  expect(await transport.verify()).toMatchObject({ outcome: 'unavailable', stage: 'tls' });
  secure.close();
  await once(secure, 'close');
  expect(await transport.verify()).toMatchObject({ outcome: 'unavailable', stage: 'connect' });
});

test('A domain of other letters is sent in its ASCII form, letters before the @ need SMTPUTF8', async () => {
  await open({}, { extensions: ['SMTPUTF8', '8BITMIME'] });
  const to = { name: 'Ben', address: 'ben@bücher.example' };
  await transport.sendMessage(sampleMessage({ to }), noop);
  await transport.sendMessage(
    sampleMessage({ to: { name: 'Zoë', address: 'zoë@bücher.example' } }),
    noop,
  );
  expect(server.commands.filter((line) => /^(MAIL|RCPT)/.test(line))).toEqual([
    'MAIL FROM:<morning@example.org>',
    'RCPT TO:<ben@xn--bcher-kva.example>',
    'MAIL FROM:<morning@example.org> SMTPUTF8 BODY=8BITMIME',
    `RCPT TO:<${Buffer.from('zoë').toString('latin1')}@xn--bcher-kva.example>`,
  ]);
  expect(server.messages).toHaveLength(2);
});

test('Without SMTPUTF8 an address of other letters is refused before it is tried', async () => {
  await open();
  const to = { name: 'Zoë', address: 'zoë@example.org' };
  const result = await transport.sendMessage(sampleMessage({ to }), noop);
  expect(result).toMatchObject({ outcome: 'refused', stage: 'mail', code: null });
  expect(countCommands('MAIL')).toBe(0);
});

test('A message over the size the server announced is refused before it is tried', async () => {
  await open({}, { extensions: ['SIZE 1000'] });
  const result = await transport.sendMessage(sampleMessage(), noop);
  expect(result).toMatchObject({ outcome: 'refused', stage: 'mail', code: null });
  expect(countCommands('MAIL')).toBe(0);
});

test.each([
  'ada@example.org>\r\nRCPT TO:<ben@example.org',
  'ada@example.org, ben@example.org',
  'ada@example.org\0',
  '',
])('The address %j never reaches the server', async (address) => {
  await open();
  const result = await transport.sendMessage(sampleMessage({ to: { name: '', address } }), noop);
  expect(result).toMatchObject({ outcome: 'refused', stage: 'rcpt', code: null });
  expect(server.commands).toEqual([]);
});

test('Closing says QUIT, and does not wait for a server that never answers it', async () => {
  await open({ QUIT: 'hang' });
  transport = openTransport(server.url, { limits: { goodbye: 50 } });
  await transport.sendMessage(sampleMessage(), noop);
  await transport.close();
  expect(server.commands.at(-1)).toBe('QUIT');
});

test.each([
  { offers: ['DSN'], ask: { envelopeId: 'abc234' }, isAsked: true },
  { offers: ['DSN'], ask: {}, isAsked: false },
  { offers: [], ask: { envelopeId: 'abc234' }, isAsked: false },
])('What names a mail that comes back: $offers and $ask', async ({ offers, ask, isAsked }) => {
  await open({}, { extensions: offers });
  expect((await transport.sendMessage(sampleMessage(ask), noop)).outcome).toBe('sent');
  const [mail, rcpt] = isAsked ? [' RET=HDRS ENVID=abc234', ' NOTIFY=FAILURE,DELAY'] : ['', ''];
  expect(server.commands).toContain(`MAIL FROM:<morning@example.org>${mail}`);
  expect(server.commands).toContain(`RCPT TO:<ada@example.org>${rcpt}`);
});
