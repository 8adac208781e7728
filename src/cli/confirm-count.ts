import { describeCount } from '../domain/describe-count.ts';
import { BriefingError } from '../domain/briefing-error.ts';
import { parseCount, type GlobalFlags } from './command-context.ts';
import { askYes } from './terminal.ts';

/** The number of readers a person confirmed: from --confirm, or asked for. Throws BriefingError when nobody says yes. */
export async function confirmCount(
  count: number,
  question: (readers: string) => string,
  flags: GlobalFlags & { readonly confirm?: string },
): Promise<number> {
  if (flags.confirm !== undefined) return parseCount(flags.confirm, '--confirm');
  if (count === 0) return 0;
  const readers = describeCount(count, 'reader');
  if (await askYes(question(readers), flags)) return count;
  throw new BriefingError(
    'invalid',
    `Nothing was sent: ${readers} would be mailed, and that needs a yes. Confirm with --confirm ${count}.`,
  );
}
