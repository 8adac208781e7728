import { BriefingError } from '../domain/briefing-error.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { listNewsletters as listStored } from '../store/newsletters.ts';
import type { App } from './app.ts';

/** Every newsletter of this installation, by slug. */
export async function listNewsletters(app: App): Promise<readonly Newsletter[]> {
  return await listStored(app.store);
}

/** Every newsletter; throws BriefingError when there is none, because then nothing would ever happen. */
export async function chooseNewsletters(app: App): Promise<readonly Newsletter[]> {
  const all = await listNewsletters(app);
  if (all.length > 0) return all;
  throw new BriefingError(
    'not_found',
    'There is no newsletter yet, so nothing would ever be sent. Write one with: daybrief init',
  );
}
