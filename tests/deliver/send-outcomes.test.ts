import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { SendOutcome, SendStage } from '../../src/domain/delivery.ts';
import { openTransport, type Transport } from '../../src/deliver/open-transport.ts';
import { openFaultServer, type FaultServer, type Script } from './fault-server.ts';
import { sampleMessage } from './sample-message.ts';

const QUICK = {
  connect: 5_000,
  greeting: 150,
  login: 150,
  command: 150,
  reply: 150,
  goodbye: 100,
};

let server: FaultServer;
let transport: Transport;

afterEach(async () => {
  await transport.close();
  await server.close();
});

interface Case {
  readonly what: string;
  readonly script: Script;
  readonly expected: readonly [SendOutcome, SendStage, number | null];
  readonly commits: 0 | 1;
  readonly stored?: 1;
}

const CASES: readonly Case[] = [
  {
    what: 'a drop after the dot is unknown, and the server has the message',
    script: { DOT: 'drop' },
    expected: ['unknown', 'reply', null],
    commits: 1,
    stored: 1,
  },
  {
    what: 'silence after the dot is unknown',
    script: { DOT: 'hang' },
    expected: ['unknown', 'reply', null],
    commits: 1,
    stored: 1,
  },
  {
    what: 'half a 250 after the dot is unknown',
    script: { DOT: { bytes: '250 que', thenDrop: true } },
    expected: ['unknown', 'reply', null],
    commits: 1,
    stored: 1,
  },
  {
    what: 'nonsense after the dot is unknown',
    script: { DOT: 'hello?' },
    expected: ['unknown', 'reply', null],
    commits: 1,
    stored: 1,
  },
  {
    what: 'a refusal cut short by a drop after the dot is still a refusal',
    script: { DOT: { bytes: '554 no', thenDrop: true } },
    expected: ['refused', 'reply', 554],
    commits: 1,
  },
  {
    what: 'a slow reply is waited for',
    script: { DOT: { reply: '250 at last', afterMs: 60 } },
    expected: ['sent', 'reply', 250],
    commits: 1,
    stored: 1,
  },
  {
    what: '5xx after the dot is refused',
    script: { DOT: '554 spam' },
    expected: ['refused', 'reply', 554],
    commits: 1,
  },
  {
    what: '4xx after the dot is deferred',
    script: { DOT: '451 later' },
    expected: ['deferred', 'reply', 451],
    commits: 1,
  },
  {
    what: '421 after the dot is deferred',
    script: { DOT: '421 closing' },
    expected: ['deferred', 'reply', 421],
    commits: 1,
  },
  {
    what: 'a 250 before the dot is not believed',
    script: { BODY: '250 got it' },
    expected: ['deferred', 'commit', null],
    commits: 1,
  },
  {
    what: '552 in the middle of the body is refused',
    script: { BODY: '552 too large' },
    expected: ['refused', 'commit', 552],
    commits: 1,
  },
  {
    what: 'a drop in the middle of the body is deferred',
    script: { BODY: 'drop' },
    expected: ['deferred', 'commit', null],
    commits: 1,
  },
  {
    what: '421 in the middle of the body is deferred',
    script: { BODY: '421 closing' },
    expected: ['deferred', 'commit', 421],
    commits: 1,
  },
  {
    what: '4xx at DATA is deferred',
    script: { DATA: '451 later' },
    expected: ['deferred', 'data', 451],
    commits: 0,
  },
  {
    what: '5xx at DATA is refused',
    script: { DATA: '554 no' },
    expected: ['refused', 'data', 554],
    commits: 0,
  },
  {
    what: 'a drop at DATA is deferred',
    script: { DATA: 'drop' },
    expected: ['deferred', 'data', null],
    commits: 0,
  },
  {
    what: 'silence at DATA is deferred',
    script: { DATA: 'hang' },
    expected: ['deferred', 'data', null],
    commits: 0,
  },
  {
    what: '354 and 552 in one breath is refused, without a hand-over',
    script: { DATA: '354 go ahead\r\n552 too large' },
    expected: ['refused', 'data', 552],
    commits: 0,
  },
  {
    what: '450 at RCPT is deferred',
    script: { RCPT: '450 greylisted' },
    expected: ['deferred', 'rcpt', 450],
    commits: 0,
  },
  {
    what: '550 at RCPT is refused',
    script: { RCPT: '550 no such user' },
    expected: ['refused', 'rcpt', 550],
    commits: 0,
  },
  {
    what: '550 at RCPT and a drop is refused',
    script: { RCPT: { bytes: '550 go away\r\n', thenDrop: true } },
    expected: ['refused', 'rcpt', 550],
    commits: 0,
  },
  {
    what: 'a drop at RCPT is deferred',
    script: { RCPT: 'drop' },
    expected: ['deferred', 'rcpt', null],
    commits: 0,
  },
  {
    what: 'silence at RCPT is deferred',
    script: { RCPT: 'hang' },
    expected: ['deferred', 'rcpt', null],
    commits: 0,
  },
  {
    what: '421 at RCPT is deferred',
    script: { RCPT: '421 slow down' },
    expected: ['deferred', 'rcpt', 421],
    commits: 0,
  },
  {
    what: '451 at MAIL is deferred',
    script: { MAIL: '451 later' },
    expected: ['deferred', 'mail', 451],
    commits: 0,
  },
  {
    what: '550 at MAIL is refused',
    script: { MAIL: '550 sender rejected' },
    expected: ['refused', 'mail', 550],
    commits: 0,
  },
  {
    what: '530 at MAIL is the server wanting a log-in',
    script: { MAIL: '530 authentication required' },
    expected: ['unavailable', 'mail', 530],
    commits: 0,
  },
  {
    what: '421 at MAIL is deferred',
    script: { MAIL: '421 too many' },
    expected: ['deferred', 'mail', 421],
    commits: 0,
  },
  {
    what: 'a drop at MAIL on a new connection is deferred',
    script: { MAIL: 'drop' },
    expected: ['deferred', 'mail', null],
    commits: 0,
  },
  {
    what: '554 as greeting is unavailable',
    script: { GREETING: '554 no service' },
    expected: ['unavailable', 'greeting', 554],
    commits: 0,
  },
  {
    what: '421 as greeting is deferred',
    script: { GREETING: '421 too many connections' },
    expected: ['deferred', 'greeting', 421],
    commits: 0,
  },
  {
    what: 'no greeting is unavailable',
    script: { GREETING: 'hang' },
    expected: ['unavailable', 'greeting', null],
    commits: 0,
  },
  {
    what: 'a drop instead of a greeting is unavailable',
    script: { GREETING: 'drop' },
    expected: ['unavailable', 'greeting', null],
    commits: 0,
  },
  {
    what: 'a drop at EHLO is unavailable',
    script: { EHLO: 'drop' },
    expected: ['unavailable', 'greeting', null],
    commits: 0,
  },
  {
    what: 'a drop at HELO, after EHLO was not understood, is unavailable',
    script: { EHLO: '502 what?', HELO: 'drop' },
    expected: ['unavailable', 'greeting', null],
    commits: 0,
  },
  {
    what: 'a server that knows only HELO takes the message',
    script: { EHLO: '502 what?' },
    expected: ['sent', 'reply', 250],
    commits: 1,
    stored: 1,
  },
];

async function sendSample(url: string) {
  let commits = 0;
  transport = openTransport(url, { limits: QUICK });
  const result = await transport.sendMessage(sampleMessage(), () => {
    commits += 1;
    return wait(25);
  });
  await wait(10); // a hand-over after the result would be counted too
  return { commits, result, summary: [result.outcome, result.stage, result.code] };
}

for (const extensions of [[], ['PIPELINING', 'SIZE 1000000', '8BITMIME']]) {
  const kind = extensions.length > 0 ? 'a server with pipelining' : 'a plain server';
  describe(`With ${kind}`, () => {
    test.each(CASES)('$what', async ({ script, expected, commits, stored = 0 }) => {
      server = await openFaultServer(script, { extensions });
      const sent = await sendSample(server.url);
      expect(sent.summary).toEqual(expected);
      expect(sent.commits).toBe(commits);
      expect(server.messages).toHaveLength(stored);
    });
  });
}
