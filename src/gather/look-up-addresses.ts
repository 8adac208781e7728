import { lookup, Resolver } from 'node:dns/promises';

interface HostAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Finds all addresses of a host name; throws an Error with `code` ENOTFOUND or EAI_AGAIN. */
export type LookUpAddresses = (host: string) => Promise<readonly HostAddress[]>;

const LIMITS = { timeout: 4_000, tries: 2 };
/** What the name servers say of a name that only this machine may know, or when there are none. */
const TRY_THE_SYSTEM = ['ENOTFOUND', 'ENODATA', 'ECONNREFUSED'];

/**
 * Asks the name servers directly, and the system where they know nothing.
 * The system's own look-up holds one of few threads while it waits, so a handful of dead names would stop every other feed.
 */
export function openLookUp(): LookUpAddresses {
  const resolver = new Resolver(LIMITS);
  return async (host) => {
    const [four, six] = await Promise.allSettled([
      resolver.resolve4(host),
      resolver.resolve6(host),
    ]);
    const found = [...listFound(four, 4), ...listFound(six, 6)];
    if (found.length > 0) return found;
    const codes = [four, six].map(codeOf);
    if (!codes.every((code) => TRY_THE_SYSTEM.includes(code)))
      throw Object.assign(new Error(`no answer about ${host}`), { code: 'EAI_AGAIN' });
    const known = await lookup(host, { all: true });
    return known.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
  };
}

function listFound(
  answer: PromiseSettledResult<readonly string[]>,
  family: 4 | 6,
): readonly HostAddress[] {
  return answer.status === 'fulfilled' ? answer.value.map((address) => ({ address, family })) : [];
}

function codeOf(answer: PromiseSettledResult<unknown>): string {
  if (answer.status === 'fulfilled') return 'ENODATA';
  return (answer.reason as NodeJS.ErrnoException).code ?? '';
}
