import { ImapFlow } from 'imapflow';
import { simpleParser, type ParsedMail } from 'mailparser';
import type { Instant } from '../domain/instant.ts';

/** A mail as it came; texts as its sender wrote them. */
export interface ReceivedMail {
  readonly subject: string;
  readonly html: string | null;
  readonly text: string | null;
  readonly date: Instant | null;
  /** Name of the list (RFC 2919), or of the sender when it is from no list. */
  readonly list: string;
}

/** New mails, oldest first; `cursor` makes the next reading begin after them. */
export interface ReadMailbox {
  readonly mails: readonly ReceivedMail[];
  readonly cursor: string;
}

interface MailboxSources {
  readonly sources: readonly Buffer[];
  readonly cursor: string;
}

interface MailboxOptions {
  readonly password: string;
  /** Of the last reading; null for the first. */
  readonly cursor: string | null;
  /** PEM of a certificate to trust beside the usual ones. */
  readonly certificate?: string;
  /** The setting that holds the password, for what a person is told. */
  readonly passwordName?: string;
  /** Which mails, when there are more than fifty: of those not read yet the newest, or the oldest whether somebody saw them or not. */
  readonly choice?: 'newest' | 'oldest';
  readonly deadlineMs?: number;
}

const MOST_MAILS = 50;
const MOST_BYTES = 2_000_000;
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
const PARSING = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
  skipTextLinks: true,
};

/**
 * Reads the unseen mails of `imaps://user@host/Folder` (IMAP4rev1 over TLS) that came since the last reading, at most the newest 50,
 * and changes nothing there. Never throws for what a server does; `problem` is one sentence for people.
 */
export async function readMailbox(
  address: string,
  options: MailboxOptions,
): Promise<ReadMailbox | { readonly problem: string }> {
  const read = await readMailboxSources(address, options);
  if ('problem' in read) return read;
  const mails = [];
  for (const source of read.sources) mails.push(toMail(await simpleParser(source, PARSING)));
  return { mails, cursor: read.cursor };
}

/** The same, each mail as the bytes it came in, cut at 2 MB. */
export async function readMailboxSources(
  address: string,
  options: MailboxOptions,
): Promise<MailboxSources | { readonly problem: string }> {
  const url = new URL(address);
  const client = openClient(url, options);
  const deadlineMs = options.deadlineMs ?? 30_000;
  const deadline = setTimeout(() => client.close(), deadlineMs);
  client.on('error', () => {});
  try {
    await client.connect();
    return await readFolder(client, nameFolder(url), options);
  } catch (error) {
    const passwordName = options.passwordName ?? 'DAYBRIEF_IMAP_PASSWORD';
    return { problem: describeFault(error, url, passwordName) };
  } finally {
    clearTimeout(deadline);
    client.close();
  }
}

function openClient(url: URL, { password, certificate }: MailboxOptions): ImapFlow {
  return new ImapFlow({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 993),
    secure: true,
    auth: { user: decodeURIComponent(url.username), pass: password },
    logger: false,
    disableAutoIdle: true,
    ...PATIENCE,
    ...(certificate === undefined ? {} : { tls: { ca: certificate } }),
  });
}

function nameFolder(url: URL): string {
  return decodeURIComponent(url.pathname.slice(1)) || 'INBOX';
}

async function readFolder(
  client: ImapFlow,
  folder: string,
  { cursor, choice }: MailboxOptions,
): Promise<MailboxSources> {
  const { uidValidity } = await client.mailboxOpen(folder, { readOnly: true });
  const [validity, lastUid] = (cursor ?? '').split('.');
  const last = validity === `${uidValidity}` ? Number(lastUid) : 0;
  const isAll = choice === 'oldest';
  const wish = { ...(isAll ? {} : { seen: false }), uid: `${last + 1}:*` };
  const found = await client.search(wish, { uid: true });
  // A server answers "after the last" with the last one when there is nothing after it (RFC 9051, section 6.4.8).
  const uids = (found || []).filter((uid) => uid > last).sort((a, b) => a - b);
  const wanted = isAll ? uids.slice(0, MOST_MAILS) : uids.slice(-MOST_MAILS);
  const sources = await fetchSources(client, wanted);
  return { sources, cursor: `${uidValidity}.${wanted.at(-1) ?? last}` };
}

async function fetchSources(client: ImapFlow, uids: readonly number[]): Promise<readonly Buffer[]> {
  const sources: Buffer[] = [];
  if (uids.length === 0) return sources;
  const wish = { uid: true, source: { maxLength: MOST_BYTES } };
  for await (const { source } of client.fetch([...uids], wish, { uid: true })) {
    if (source) sources.push(source);
  }
  return sources;
}

function toMail(parsed: ParsedMail): ReceivedMail {
  const [sender] = parsed.from?.value ?? [];
  return {
    subject: parsed.subject ?? '',
    html: parsed.html || null,
    text: parsed.text ?? null,
    date: parsed.date && !Number.isNaN(parsed.date.getTime()) ? parsed.date.toISOString() : null,
    list: readListName(parsed) || sender?.name || sender?.address || 'Mail',
  };
}

/** `List-Id: "Harbour Weekly" <weekly.harbour.example>`: its name, or the id without brackets. */
function readListName({ headerLines }: ParsedMail): string {
  const line = headerLines.find(({ key }) => key === 'list-id')?.line ?? '';
  const [, name = '', id = ''] = /^list-id:\s*(.*?)\s*(?:<([^>]*)>)?\s*$/is.exec(line) ?? [];
  return name.replace(/^"|"$/g, '').replace(/\s+/g, ' ').trim() || id.trim();
}

const FAULTS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'has no address: the name could not be found',
  EAI_AGAIN: 'could not be looked up just now',
  ECONNREFUSED: 'refused the connection',
  NoConnection: 'took too long or broke the connection off',
  EConnectionClosed: 'took too long or broke the connection off',
};

function describeFault(error: unknown, url: URL, passwordName: string): string {
  const { code, message, ...details } = error as Error & {
    code?: string;
    authenticationFailed?: boolean;
    responseText?: string;
  };
  if (details.authenticationFailed)
    return `${url.host} refused the name or the password. Check the address and ${passwordName}.`;
  if (details.responseText)
    return `${url.host} did not open “${nameFolder(url)}”: ${details.responseText.slice(0, 200)}`;
  return `${url.host} ${(code && FAULTS[code]) ?? `could not be read (${(code ?? message).slice(0, 200)})`}.`;
}
