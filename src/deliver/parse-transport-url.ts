import { resolve } from 'node:path';
import { domainToASCII, fileURLToPath } from 'node:url';
import { BriefingError } from '../domain/briefing-error.ts';

/** Asks for an access token (RFC 6749); `new` when the one before was refused. */
export type ReadToken = (which: 'kept' | 'new') => Promise<TokenAnswer>;

/** A token, or why there is none: refused for good, or not to be had just now. */
export type TokenAnswer =
  { readonly token: string } | { readonly problem: string; readonly isRefused: boolean };

/** A mail server and how to talk to it. */
export interface SmtpServer {
  readonly kind: 'smtp';
  readonly host: string;
  readonly port: number;
  /** `direct` from the first byte; else by STARTTLS: `required`, `offered` (when the server has it) or `never`. */
  readonly tls: 'direct' | 'required' | 'offered' | 'never';
  /** By password, or by a token that is asked for before each log-in (`?auth=oauth`). */
  readonly login:
    | { readonly user: string; readonly pass: string }
    | { readonly user: string; readonly readToken: ReadToken | null }
    | null;
}

/** A folder that takes one `.eml` file per message. */
export interface FilesFolder {
  readonly kind: 'files';
  readonly folder: string;
}

const FORMS =
  'Write smtp://user:password@host:587, smtps://user:password@host:465, smtp://host:25?tls=required (or ?tls=never), smtp://user@host:587?auth=oauth, or file:./outbox. ' +
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
  const hasToken = url.search === '?auth=oauth';
  if (hasToken) url.search = '';
  const login = hasToken ? parseTokenLogin(url) : parseLogin(url);
  const tls = isDirect
    ? parseDirectTls(url)
    : parseStartTls(url, login !== null && !isLoopback(host));
  if (host === '' || url.port === '0' || tls === null) return null;
  if (hasToken ? !login : (url.username === '') !== (url.password === '')) return null;
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

function parseTokenLogin(url: URL): SmtpServer['login'] {
  if (url.username === '' || url.password !== '') return null;
  return { user: decodeURIComponent(url.username), readToken: null };
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
