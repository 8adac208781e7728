import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

/** A real mail server that can tell recipients apart. */
export interface PostOffice {
  readonly url: string;
  readonly port: number;
  /** Recipients it took a message for, in order. */
  readonly taken: readonly string[];
  /** The most messages to one domain that were under way at the same time. */
  readonly countMost: (domain: string) => number;
}

export interface PostOfficeOptions {
  /** The reply to a recipient it does not take, such as `421 4.7.0 later`. */
  readonly refuse?: (address: string) => string | null;
  /** How long a message takes. */
  readonly dotMs?: number;
  readonly server?: SMTPServerOptions;
}

/** Opens a post office on 127.0.0.1 for as long as the test runs. */
export async function openPostOffice(options: PostOfficeOptions = {}): Promise<PostOffice> {
  const { refuse = () => null, dotMs = 0 } = options;
  const taken: string[] = [];
  const underWay = new Map<string, number>();
  const most = new Map<string, number>();
  const server = new SMTPServer({
    disabledCommands: options.server?.onAuth ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    noDelay: true,
    closeTimeout: 100,
    logger: false,
    onRcptTo({ address }, _session, reply) {
      const no = refuse(address);
      if (no !== null) return reply(refusal(no));
      const domain = readDomain(address);
      underWay.set(domain, (underWay.get(domain) ?? 0) + 1);
      most.set(domain, Math.max(most.get(domain) ?? 0, underWay.get(domain) ?? 0));
      reply();
    },
    onData(stream, { envelope }, reply) {
      const [{ address = '' } = {}] = envelope.rcptTo;
      stream.resume().on('end', () => {
        setTimeout(() => {
          taken.push(address);
          underWay.set(readDomain(address), (underWay.get(readDomain(address)) ?? 0) - 1);
          reply(null, 'kept');
        }, dotMs);
      });
    },
    ...options.server,
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    taken,
    countMost: (domain) => most.get(domain) ?? 0,
  };
}

function refusal(line: string): Error {
  return Object.assign(new Error(line.slice(4)), { responseCode: Number(line.slice(0, 3)) });
}

function readDomain(address: string): string {
  return address.split('@').at(-1) ?? '';
}
