import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, request, type Dispatcher } from 'undici';
import { isPublicAddress } from './is-public-address.ts';
import { limitBytes } from './limit-bytes.ts';
import { openLookUp, type LookUpAddresses } from './look-up-addresses.ts';

export type GuardedResponse = Dispatcher.ResponseData;

/** The one way out: every request to a place we do not own goes through it. */
export interface FetchGuard {
  /** Why this URL must not be fetched, one sentence for people; null when nothing speaks against it before its name is looked up. */
  findFault(url: string): string | null;
  /**
   * Sends one GET (a POST when there is a body to send) over HTTP/1.1 or HTTP/2 and follows no redirect; the body is as it came, still compressed.
   * Throws an Error whose message is a sentence for people when the place is refused, and undici's own when the network fails.
   */
  fetchOnce(url: string, options: FetchOnceOptions): Promise<GuardedResponse>;
  close(): Promise<void>;
}

interface FetchOnceOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** What to post; a GET when left out. */
  readonly body?: string;
  /** True asks for the headers alone. */
  readonly isHead?: true;
}

interface GuardSettings {
  /** Exact `host:port` places that are fetched although they are private. */
  readonly allow: readonly string[];
  readonly userAgent: string;
  /** How names become addresses; the machine's own way when left out. */
  readonly lookUp?: LookUpAddresses;
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
const CONNECT_MILLISECONDS = 10_000;
const MOST_PRELIMINARY_ANSWERS = 10;
const CONNECTION_LOST = ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'];

/**
 * Opens a guard that lets requests out only to public unicast addresses on ports 80 and 443, or to an exact `host:port` of `allow`.
 * The address that is checked is the address connected to; at most two connections per place; environment proxies are ignored.
 */
export function openFetchGuard(settings: GuardSettings): FetchGuard {
  const allow = new Set(
    settings.allow.map((place) => place.trim().replace(/[[\]]/g, '').toLowerCase()),
  );
  const agent = new Agent({
    connect: buildGuardedConnector(allow, settings.lookUp ?? openLookUp()),
    allowH2: true,
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
      const headers = { 'user-agent': settings.userAgent, ...options.headers };
      const send = (): Promise<GuardedResponse> => sendOnce(agent, url, { ...options, headers });
      // A server may close a connection it kept open for us at the very moment we use it again.
      return send().catch((error: unknown) => {
        const isRepeatable = options.body === undefined && !options.signal.aborted;
        if (!isRepeatable || !isConnectionLost(error)) throw error;
        return send();
      });
    },
    close: () => agent.destroy(),
  };
}

/** A deadline alone would let a server send preliminary answers (RFC 9110, 1xx) as fast as the line allows. */
function sendOnce(agent: Agent, url: string, options: FetchOnceOptions): Promise<GuardedResponse> {
  const leave = new AbortController();
  let preliminary = 0;
  return request(url, {
    dispatcher: agent,
    method: options.isHead ? 'HEAD' : options.body === undefined ? 'GET' : 'POST',
    body: options.body ?? null,
    headers: options.headers,
    signal: AbortSignal.any([options.signal, leave.signal]),
    onInfo() {
      preliminary += 1;
      if (preliminary <= MOST_PRELIMINARY_ANSWERS) return;
      leave.abort(new Error(`${new URL(url).host} sends preliminary answers without end.`));
    },
  });
}

function isConnectionLost(error: unknown): boolean {
  return CONNECTION_LOST.includes((error as NodeJS.ErrnoException).code ?? '');
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
  if (isAllowed(host, port, allow)) return null;
  if (port !== '80' && port !== '443')
    return `${host} is asked on port ${port}; only 80 and 443 are allowed.`;
  const address = removeBrackets(host);
  if (isIP(address) && !isPublicAddress(address)) return describePrivatePlace(host);
  return null;
}

function isAllowed(host: string, port: string, allow: ReadonlySet<string>): boolean {
  return allow.has(`${removeBrackets(host)}:${port}`);
}

function removeBrackets(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}

/** Checks again where the socket is opened: a lookup is never made for an address written as numbers. */
function buildGuardedConnector(
  allow: ReadonlySet<string>,
  lookUp: LookUpAddresses,
): buildConnector.connector {
  const connection = { timeout: CONNECT_MILLISECONDS, allowH2: true };
  const connectAnywhere = buildConnector(connection);
  const connectPublic = buildConnector({ ...connection, lookup: guardLookUp(lookUp) });
  return (options, callback) => {
    const port = options.port || (DEFAULT_PORTS[options.protocol] ?? '');
    const fault = findPlaceFault(options.hostname, port, allow);
    if (fault) return callback(new Error(fault), null);
    const connect = isAllowed(options.hostname, port, allow) ? connectAnywhere : connectPublic;
    connect(options, (...result) => {
      if (result[1]) limitBytes(result[1], options.hostname);
      callback(...result);
    });
  };
}

function guardLookUp(lookUp: LookUpAddresses): LookupFunction {
  return (host, options, callback) => {
    const fail = (error: Error): void => callback(error, '', 0);
    lookUp(host).then((found) => {
      const safe = found.filter(({ address }) => isPublicAddress(address));
      const first = safe[0];
      if (!first) return fail(new Error(describePrivatePlace(host)));
      if (options.all) return callback(null, [...safe]);
      callback(null, first.address, first.family);
    }, fail);
  };
}

function describePrivatePlace(host: string): string {
  return `${host} is not on the public internet, so it is not fetched.`;
}
