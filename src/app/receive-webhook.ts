import { findSubscribeUrl, isSnsUrl } from '../deliver/parse-ses-event.ts';
import { isProvider, parseWebhook, type Provider } from '../deliver/parse-webhook.ts';
import { BriefingError } from '../domain/briefing-error.ts';
import { SECOND } from '../domain/instant.ts';
import type { App } from './app.ts';
import { recordBounce, type BounceVerdict } from './record-bounce.ts';

/** How many events of a webhook came to what. */
export interface ReceivedWebhook {
  readonly events: number;
  readonly recorded: number;
  /** What a person must know beside it, or null. */
  readonly note: string | null;
}

/** The provider a webhook's path names. Throws BriefingError when there is no such. */
export function chooseProvider(name: string): Provider {
  if (isProvider(name)) return name;
  throw new BriefingError(
    'not_found',
    'This provider is not known. Use ses, postmark, mailgun or sendgrid.',
  );
}

/** Draws the consequences of a provider's webhook, whose sender has proved who it is. Doing it twice is the same as once. */
export async function receiveWebhook(
  app: App,
  provider: Provider,
  body: unknown,
): Promise<ReceivedWebhook> {
  const question = provider === 'ses' ? findSubscribeUrl(body) : null;
  if (question !== null) return await confirmTopic(app, question);
  const notices = parseWebhook(provider, body);
  const verdicts: BounceVerdict[] = [];
  for (const notice of notices)
    verdicts.push(await recordBounce(app, notice, { source: provider, trust: 'shown' }));
  const recorded = verdicts.filter(({ outcome }) => outcome === 'recorded').length;
  return { events: notices.length, recorded, note: null };
}

/** SNS asks to be visited once before it sends anything; only its own servers are, and through the guard. */
async function confirmTopic(app: App, url: string): Promise<ReceivedWebhook> {
  const nothing = { events: 0, recorded: 0 };
  if (!isSnsUrl(url)) {
    app.log.warn('webhook.not_confirmed', { provider: 'ses' });
    return {
      ...nothing,
      note: 'The confirmation address is not one of Amazon SNS, so it was not visited.',
    };
  }
  const { openFetchGuard } = await import('../gather/open-fetch-guard.ts');
  const guard = openFetchGuard({ allow: [], userAgent: 'daybrief' });
  try {
    const signal = AbortSignal.timeout(10 * SECOND);
    const { statusCode, body } = await guard.fetchOnce(url, { headers: {}, signal });
    await body.dump();
    app.log.info('webhook.confirmed', { provider: 'ses', status: statusCode });
    const isDone = statusCode === 200;
    return {
      ...nothing,
      note: isDone ? 'The topic is confirmed.' : `Amazon SNS answered ${statusCode}.`,
    };
  } catch {
    return { ...nothing, note: 'Amazon SNS could not be reached. Ask it to confirm again.' };
  } finally {
    await guard.close();
  }
}
