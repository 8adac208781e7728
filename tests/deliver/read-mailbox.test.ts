import { describe, expect, onTestFinished, test } from 'vitest';
import { readMailbox } from '../../src/deliver/read-mailbox.ts';
import { openImapServer, type Mailbox, type StoredMail } from './imap-server.ts';
import { SELF_SIGNED } from './self-signed.ts';

function writeMail(uid: number, subject: string, isSeen = false): StoredMail {
  const source = [
    'From: =?utf-8?q?Caf=C3=A9_Post?= <post@cafe.example>',
    'List-Id: "Harbour Weekly"\r\n <weekly.harbour.example>',
    `Subject: ${subject}`,
    'Date: Mon, 9 Mar 2026 05:30:00 +0100',
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="b"',
    '',
    '--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPlain ferry',
    '--b\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>The f=E9rry is late.</p>',
    '--b--\r\n',
  ].join('\r\n');
  return { uid, isSeen, source };
}

async function openMailbox(mails: StoredMail[]) {
  const mailbox: Mailbox = { validity: 7, mails };
  const server = await openImapServer(mailbox);
  onTestFinished(() => server.close());
  const read = (cursor: string | null, change: { password?: string; folder?: string } = {}) =>
    readMailbox(`imaps://ada@${server.host}/${change.folder ?? 'News'}`, {
      password: change.password ?? 'secret',
      cursor,
      certificate: SELF_SIGNED.cert,
    });
  return { mailbox, server, read };
}

describe('a mailbox', () => {
  test('gives its unseen mails once, and marks nothing as seen', async () => {
    const { mailbox, server, read } = await openMailbox([
      writeMail(3, 'Seen', true),
      writeMail(4, 'First'),
      writeMail(9, 'Second'),
    ]);
    const first = await read(null);
    expect(first).toMatchObject({
      cursor: '7.9',
      mails: [
        {
          subject: 'First',
          html: '<p>The férry is late.</p>',
          date: '2026-03-09T04:30:00.000Z',
          list: 'Harbour Weekly',
        },
        { subject: 'Second' },
      ],
    });
    expect(await read('7.9')).toEqual({ cursor: '7.9', mails: [] });
    mailbox.mails.push(writeMail(12, 'Third'));
    expect(await read('7.9')).toMatchObject({ cursor: '7.12', mails: [{ subject: 'Third' }] });
    expect(server.commands.some((line) => /STORE|SELECT/i.test(line))).toBe(false);
  });

  test('that was made anew is read from its beginning', async () => {
    const { mailbox, read } = await openMailbox([writeMail(1, 'First')]);
    mailbox.validity = 8;
    expect(await read('7.9')).toMatchObject({ cursor: '8.1', mails: [{ subject: 'First' }] });
  });

  test('with a thousand unseen mails gives the newest fifty', async () => {
    const { read } = await openMailbox(
      Array.from({ length: 1_000 }, (_, index) => writeMail(index + 1, `Mail ${index + 1}`)),
    );
    const result = await read(null);
    expect('mails' in result && result.mails.map(({ subject }) => subject)).toEqual(
      Array.from({ length: 50 }, (_, index) => `Mail ${index + 951}`),
    );
  });

  test('that cannot be read says why', async () => {
    const { server, read } = await openMailbox([]);
    expect(await read(null, { password: 'wrong' })).toMatchObject({ problem: /the password/ });
    expect(await read(null, { folder: 'Nowhere' })).toMatchObject({ problem: /“Nowhere”/ });
    const untrusted = { password: 'secret', cursor: null };
    expect(await readMailbox(`imaps://ada@${server.host}/News`, untrusted)).toMatchObject({
      problem: /could not be read/,
    });
    await server.close();
    expect(await read(null)).toMatchObject({ problem: /refused the connection/ });
  });
});
