import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, request, type Dispatcher } from 'undici';
import { isPublicAddress } from './is-public-address.ts';

export type GuardedResponse = Dispatcher.ResponseData;

/** The one way out: every request to a place we do not own goes through it. */
export interface FetchGuard {
  /** Why this URL must not be fetched, one sentence for people; null when nothing speaks against it before its name is looked up. */
  findFault(url: string): string | null;
  /**
   * Sends one GET and follows no redirect; the body is as it came, still compressed.
   * Throws an Error whose message is a sentence for people when the place is refused, and undici's own when the network fails.
   */
  fetchOnce(url: string, options: FetchOnceOptions): Promise<GuardedResponse>;
  close(): Promise<void>;
}

interface FetchOnceOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
const CONNECT_MILLISECONDS = 10_000;

/**
 * Opens a guard that lets requests out only to public unicast addresses on ports 80 and 443, or to an exact `host:port` of `allow`.
 * The address that is checked is the address connected to; environment proxies are ignored.
 */
export function openFetchGuard(settings: {
  readonly allow: readonly string[];
  readonly userAgent: string;
}): FetchGuard {
  const allow = new Set(settings.allow.map((place) => place.trim().toLowerCase()));
  const agent = new Agent({
    connect: buildGuardedConnector(allow),
    headersTimeout: 0,
    bodyTimeout: 0,
    connections: 2,
  });
  const findFault = (url: string): string | null => findUrlFault(url, allow);
  return {
    findFault,
    async fetchOnce(url, options) {
      const fault = findFault(url);
      if (fault) throw new Error(fault);
      return request(url, {
        dispatcher: agent,
        signal: options.signal,
        headers: { 'user-agent': settings.userAgent, ...options.headers },
      });
    },
    close: () => agent.destroy(),
  };
}

function findUrlFault(text: string, allow: ReadonlySet<string>): string | null {
  if (!URL.canParse(text)) return `“${text.slice(0, 200)}” is not a web address.`;
  const url = new URL(text);
  const defaultPort = DEFAULT_PORTS[url.protocol];
  if (!defaultPort) return `Only http and https addresses are fetched, not ${url.protocol}`;
  if (url.username || url.password)
    return 'An address with a name or password in it is not fetched.';
  return findPlaceFault(url.hostname, url.port || defaultPort, allow);
}

function findPlaceFault(host: string, port: string, allow: ReadonlySet<string>): string | null {
  if (allow.has(`${host}:${port}`)) return null;
  if (port !== '80' && port !== '443')
    return `${host} is asked on port ${port}; only 80 and 443 are allowed.`;
  const address = host.replace(/^\[|\]$/g, '');
  if (isIP(address) && !isPublicAddress(address)) return describePrivatePlace(host);
  return null;
}

/** Checks again where the socket is opened: a lookup is never made for an address written as numbers. */
function buildGuardedConnector(allow: ReadonlySet<string>): buildConnector.connector {
  const connectAnywhere = buildConnector({ timeout: CONNECT_MILLISECONDS });
  const connectPublic = buildConnector({ timeout: CONNECT_MILLISECONDS, lookup: lookUpPublic });
  return (options, callback) => {
    const port = options.port || (DEFAULT_PORTS[options.protocol] ?? '');
    const fault = findPlaceFault(options.hostname, port, allow);
    if (fault) return callback(new Error(fault), null);
    const connect = allow.has(`${options.hostname}:${port}`) ? connectAnywhere : connectPublic;
    connect(options, callback);
  };
}

const lookUpPublic: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, '', 0);
    const safe = found.filter((candidate) => isPublicAddress(candidate.address));
    const first = safe[0];
    if (!first) return callback(new Error(describePrivatePlace(host)), '', 0);
    if (options.all) return callback(null, safe);
    callback(null, first.address, first.family);
  });
};

function describePrivatePlace(host: string): string {
  return `${host} is not on the public internet, so it is not fetched.`;
}
