import { resolve } from 'node:path';
import { domainToASCII, fileURLToPath } from 'node:url';
import { BriefingError } from '../domain/briefing-error.ts';

/** A mail server and how to talk to it. */
export interface SmtpServer {
  readonly kind: 'smtp';
  readonly host: string;
  readonly port: number;
  /** `direct` from the first byte; else by STARTTLS: `required`, `offered` (when the server has it) or `never`. */
  readonly tls: 'direct' | 'required' | 'offered' | 'never';
  readonly login: { readonly user: string; readonly pass: string } | null;
}

/** A folder that takes one `.eml` file per message. */
export interface FilesFolder {
  readonly kind: 'files';
  readonly folder: string;
}

const FORMS =
  'Write smtp://user:password@host:587, smtps://user:password@host:465, smtp://host:25?tls=required (or ?tls=never), or file:./outbox. ' +
  'In user and password, @ : / # ? and % are written as %40 %3A %2F %23 %3F and %25.';

/** Where a mail URL points. Throws BriefingError `invalid`, without the URL's text: there may be a password in it. */
export function parseTransportUrl(text: string): SmtpServer | FilesFolder {
  try {
    const found = text.startsWith('file:') ? parseFolder(text) : parseServer(new URL(text));
    if (found) return found;
  } catch (cause) {
    if (!(cause instanceof TypeError || cause instanceof URIError)) throw cause;
  }
  throw new BriefingError('invalid', `The mail URL cannot be understood. ${FORMS}`);
}

function parseFolder(text: string): FilesFolder | null {
  if (text.startsWith('file://')) return { kind: 'files', folder: fileURLToPath(text) };
  const path = decodeURIComponent(text.slice('file:'.length));
  return path === '' ? null : { kind: 'files', folder: resolve(path) };
}

function parseServer(url: URL): SmtpServer | null {
  const isDirect = url.protocol === 'smtps:';
  if (!isDirect && url.protocol !== 'smtp:') return null;
  if (!['', '/'].includes(url.pathname) || url.hash !== '') return null;
  const host = parseHost(url.hostname);
  const login = parseLogin(url);
  const tls = isDirect
    ? parseDirectTls(url)
    : parseStartTls(url, login !== null && !isLoopback(host));
  if (host === '' || url.port === '0' || tls === null) return null;
  if ((url.username === '') !== (url.password === '')) return null;
  return { kind: 'smtp', host, port: Number(url.port || (isDirect ? 465 : 587)), tls, login };
}

function parseHost(hostname: string): string {
  if (hostname.startsWith('[')) return hostname.slice(1, -1);
  return domainToASCII(decodeURIComponent(hostname));
}

function parseLogin(url: URL): SmtpServer['login'] {
  if (url.username === '') return null;
  return { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
}

function parseDirectTls(url: URL): SmtpServer['tls'] | null {
  return url.search === '' ? 'direct' : null;
}

/** A password must not travel in the clear because somebody on the way hid the server's STARTTLS. */
function parseStartTls(url: URL, hasFarLogin: boolean): SmtpServer['tls'] | null {
  if (url.search === '') return hasFarLogin ? 'required' : 'offered';
  if (url.search === '?tls=required') return 'required';
  return url.search === '?tls=never' ? 'never' : null;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
