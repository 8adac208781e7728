import { writeCsvCell } from '../domain/csv-cell.ts';
import { listReaders, type Reader } from '../store/subscribers.ts';
import type { App } from './app.ts';
import { chooseNewsletter } from './choose-newsletter.ts';

const COLUMNS = 'address,name,zone,language,consent,topics,mutes,minutes,look,state';
const ROWS_AT_ONCE = 1_000;

/** The readers of a newsletter as lines of a CSV that `importSubscribers` reads; those who left only when asked for. */
export async function* exportSubscribers(
  app: App,
  options: { newsletter?: string | undefined; hasLeft?: boolean },
): AsyncGenerator<string> {
  const { slug } = await chooseNewsletter(app, options.newsletter);
  yield `${COLUMNS}\r\n`;
  for (let after = ''; ;) {
    const readers = await listReaders(app.store, slug, { after, limit: ROWS_AT_ONCE });
    for (const reader of readers)
      if (options.hasLeft || reader.subscription.state !== 'unsubscribed')
        yield `${listCells(reader).map(writeCsvCell).join(',')}\r\n`;
    const last = readers.at(-1);
    if (!last || readers.length < ROWS_AT_ONCE) return;
    after = last.subscriber.normalizedAddress;
  }
}

function listCells({ subscriber, subscription }: Reader): readonly string[] {
  const { topics, mutedThemes, minutes, look } = subscription.preferences;
  return [
    subscriber.address,
    subscriber.name,
    subscriber.zone ?? '',
    subscriber.language ?? '',
    subscription.consent ?? '',
    topics.join(';'),
    mutedThemes.join(';'),
    minutes === null ? '' : String(minutes),
    look ?? '',
    subscription.state,
  ];
}
