import { createServer, type TLSSocket } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { SELF_SIGNED } from './self-signed.ts';

export interface StoredMail {
  readonly uid: number;
  readonly isSeen: boolean;
  readonly source: string;
}

/** A mailbox as the tests change it: one folder, `News`. */
export interface Mailbox {
  validity: number;
  mails: StoredMail[];
}

export interface ImapServer {
  readonly host: string;
  /** Every command line that came. */
  readonly commands: string[];
  close(): Promise<void>;
}

/** As much of an IMAP4rev1 server (RFC 3501) as reading a folder needs, over TLS, for `ada` with the password `secret`. */
export async function openImapServer(mailbox: Mailbox): Promise<ImapServer> {
  const commands: string[] = [];
  const sockets = new Set<TLSSocket>();
  const server = createServer(SELF_SIGNED, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.write('* OK ready\r\n');
    let rest = '';
    socket.setEncoding('utf8').on('data', (data: string) => {
      const lines = (rest + data).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        commands.push(line);
        socket.write(answer(line, mailbox));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    commands,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

function answer(line: string, mailbox: Mailbox): string {
  const [, tag = '*', command = '', rest = ''] = /^(\S+) ((?:UID )?\S+) ?(.*)$/.exec(line) ?? [];
  const done = (text = 'done'): string => `${tag} OK ${text}\r\n`;
  switch (command.toUpperCase()) {
    case 'CAPABILITY':
      return `* CAPABILITY IMAP4rev1\r\n${done()}`;
    case 'LOGIN':
      return /^"?ada"? "?secret"?$/.test(rest)
        ? done()
        : `${tag} NO [AUTHENTICATIONFAILED] wrong\r\n`;
    case 'LIST':
      return `* LIST () "/" ${/""$/.test(rest) ? '""' : '"News"'}\r\n${done()}`;
    case 'SELECT':
    case 'EXAMINE':
      if (!/^"?News"?$/.test(rest)) return `${tag} NO no such folder\r\n`;
      return `* ${mailbox.mails.length} EXISTS\r\n* OK [UIDVALIDITY ${mailbox.validity}] ok\r\n* OK [UIDNEXT 9999] ok\r\n${done('[READ-ONLY] done')}`;
    case 'UID SEARCH':
      return `* SEARCH ${search(rest, mailbox).join(' ')}\r\n${done()}`;
    case 'UID FETCH':
      return fetchMails(rest, mailbox) + done();
    default:
      return done();
  }
}

/** `5:*` means from 5 on, and the last one in any case. */
function search(text: string, { mails }: Mailbox): readonly number[] {
  const from = Number(/UID (\d+):\*/i.exec(text)?.[1] ?? 1);
  const last = mails.at(-1)?.uid;
  const isForUnseen = /UNSEEN/i.test(text);
  return mails
    .filter(({ isSeen }) => !isForUnseen || !isSeen)
    .filter(({ uid }) => uid >= from || uid === last)
    .map(({ uid }) => uid);
}

function fetchMails(text: string, { mails }: Mailbox): string {
  const wanted = (text.split(' ')[0] ?? '').split(',').map((part) => part.split(':').map(Number));
  return mails
    .map((mail, index) => ({ ...mail, place: index + 1 }))
    .filter(({ uid }) => wanted.some(([from = 0, to = from]) => uid >= from && uid <= to))
    .map(
      ({ uid, place, source }) =>
        `* ${place} FETCH (UID ${uid} BODY[]<0> {${Buffer.byteLength(source)}}\r\n${source})\r\n`,
    )
    .join('');
}
