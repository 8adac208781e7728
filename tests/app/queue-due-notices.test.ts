import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { previewMessage } from '../../src/app/preview-message.ts';
import { readMessage } from '../../src/domain/email.ts';
import { pauseIssue } from '../../src/app/pause-send.ts';
import { sendQueuedMail } from '../../src/app/send-queued-mail.ts';
import { queueNotice } from '../../src/app/queue-mail.ts';
import { runOnce } from '../../src/scheduler.ts';
import { claimOutboxMail, moveOutboxMail, recoverOutbox } from '../../src/store/outbox.ts';
import type { Script } from '../deliver/fault-server.ts';
import {
  fillSampleApp,
  NEWSLETTER,
  openMailServer,
  openSampleApp,
  readIssue,
} from './sample-app.ts';

const EDITED = { ...NEWSLETTER, editors: ['ed@example.org'] };
const NOTICE = { subject: 'Hello', heading: 'Hello', paragraphs: ['One.'], commands: [] };

describe('the editors', () => {
  test('get a proof half an hour before the freeze, with the way to hold it, once', async () => {
    const { app, at, subjects, server } = await openEdited();
    await at('05:59');
    expect(subjects()).toEqual([]);
    await at('06:00');
    await at('06:01');
    expect(subjects()).toEqual([
      'Proof of The Morning, 2026-03-09: Ferry runs aground off the northern cape',
    ]);
    const mail = await simpleParser(server.messages[0] ?? '');
    const [html, text] = [mail.html || '', mail.text ?? ''];
    for (const part of [html, text]) {
      expect(part).toContain('Proof: to 3 readers at 07:00');
      expect(part).toContain('daybrief pause morning/2026-03-09');
      expect(part).toContain('Orchard growers fear a late frost');
    }
    const issue = readMessage(await previewMessage(app, 'morning/2026-03-09'));
    const [head = '', body = ''] = issue.html.split(/<body[^>]*>/);
    expect(html.startsWith(head.slice(0, 200))).toBe(true);
    expect(html, 'the issue is there byte for byte').toContain(
      body.slice(body.indexOf('<h1'), body.indexOf('<h3')),
    );
  });

  test('get a report when the issue is finished, once', async () => {
    const { at, subjects } = await openEdited();
    for (const time of ['05:30', '06:30', '07:00', '07:01']) await at(time);
    expect(subjects().filter((subject) => /of 3 sent/.test(subject))).toEqual([
      'The Morning, 2026-03-09: 3 of 3 sent',
    ]);
  });

  test('and the owner are told of a send that paused itself, but not of one paused by hand', async () => {
    const { app, at, rows } = await openEdited({
      DOT: ['554 no', '554 no', '554 no', '250 queued'],
    });
    for (const time of ['06:30', '07:00', '07:01']) await at(time);
    expect(await rows('alert')).toEqual([
      ['ed@example.org', 'sent'],
      ['owner@example.org', 'sent'],
    ]);
    await pauseIssue(app, await readIssue(app));
    await at('07:02');
    expect(await rows('alert')).toHaveLength(2);
  });

  test('are told of a morning that was missed', async () => {
    const { at, rows } = await openEdited();
    await at('11:00');
    expect(await rows('alert')).toHaveLength(2);
  });
});

describe('a mail of the outbox', () => {
  test('waits for a mail server that is away, and is sent once', async () => {
    const { app, at, rows, server } = await openEdited({ RCPT: ['451 later', '250 recipient ok'] });
    await queueNotice(app, EDITED, { purpose: 'report', about: 'x', notice: NOTICE });
    await queueNotice(app, EDITED, { purpose: 'report', about: 'x', notice: NOTICE });
    await sendQueuedMail(app);
    expect(await rows('report')).toEqual([['ed@example.org', 'queued']]);
    await at('03:00');
    expect(await rows('report')).toEqual([['ed@example.org', 'sent']]);
    expect(server.messages).toHaveLength(1);
  });

  test('held by a process that died is queued again before the gate, and unknown after it', async () => {
    const { app, rows } = await openEdited();
    await queueNotice(app, EDITED, { purpose: 'report', about: 'x', notice: NOTICE });
    const claim = { leaseMs: 30_000, now: app.now() };
    await claimOutboxMail(app.store, claim, () => null);
    await recoverOutbox(app.store, '2026-03-09T20:00:00.000Z');
    const second = await claimOutboxMail(app.store, claim, () => null);
    if (!second) throw new Error('it was not queued again');
    const gate = { from: 'claimed', to: 'handing_over', now: app.now() } as const;
    expect(await moveOutboxMail(app.store, { ...second, lease: 'another' }, gate)).toBe(false);
    expect(await moveOutboxMail(app.store, second, gate)).toBe(true);
    await recoverOutbox(app.store, '2026-03-09T20:00:00.000Z');
    expect(await rows('report')).toEqual([['ed@example.org', 'unknown']]);
  });
});

async function openEdited(script: Script = {}) {
  const server = await openMailServer(script);
  const settings = { own_addresses: 'owner@example.org', smtp_connections: '1' };
  const { app, setClock } = await openSampleApp({ smtpUrl: server.url, settings });
  await fillSampleApp(app, { newsletter: { editors: EDITED.editors } });
  return {
    app,
    server,
    at: async (time: string): Promise<void> => {
      setClock(time);
      await runOnce(app);
    },
    subjects: (): readonly string[] =>
      server.messages
        .filter((message) => /^Auto-Submitted/im.test(message))
        .map(
          (message) =>
            /^Subject: (.*(?:\r\n .*)*)/im.exec(message)?.[1]?.replace(/\r\n/g, '') ?? '',
        ),
    rows: async (purpose: string): Promise<readonly unknown[]> =>
      (
        await app.store.db
          .selectFrom('outbox')
          .select(['subject_key', 'state'])
          .where('purpose', '=', purpose)
          .orderBy('subject_key')
          .execute()
      ).map(({ subject_key, state }) => [subject_key.split(' ').at(-1), state]),
  };
}
