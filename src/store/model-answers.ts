import type { Instant } from '../domain/instant.ts';
import type { Store } from './open-store.ts';

const HASHES_AT_A_TIME = 500;

/** The kept answers to these questions, as the JSON values they were, by hash. */
export async function listModelAnswers(
  store: Store,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
  const answers = new Map<string, unknown>();
  for (let start = 0; start < hashes.length; start += HASHES_AT_A_TIME) {
    const rows = await store.db
      .selectFrom('model_answers')
      .select(['hash', 'answer'])
      .where('hash', 'in', hashes.slice(start, start + HASHES_AT_A_TIME))
      .execute();
    for (const { hash, answer } of rows) answers.set(hash, JSON.parse(answer));
  }
  return answers;
}

/** Keeps an answer; the same question is not asked again. */
export async function saveModelAnswer(
  store: Store,
  hash: string,
  kept: { readonly model: string; readonly answer: unknown; readonly now: Instant },
): Promise<void> {
  const row = { model: kept.model, answer: JSON.stringify(kept.answer), asked_at: kept.now };
  await store.db
    .insertInto('model_answers')
    .values({ hash, ...row })
    .onConflict((conflict) => conflict.column('hash').doUpdateSet(row))
    .execute();
}

/** Until when the model at an address is not asked, because it failed too often; null when it may be. */
export async function findModelRest(store: Store, url: string): Promise<Instant | null> {
  const row = await store.db
    .selectFrom('meta')
    .select('value')
    .where('key', '=', nameRest(url))
    .executeTakeFirst();
  return row?.value ?? null;
}

/** Lets the model at an address rest until then. */
export async function saveModelRest(store: Store, url: string, until: Instant): Promise<void> {
  await store.db
    .insertInto('meta')
    .values({ key: nameRest(url), value: until })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: until }))
    .execute();
}

function nameRest(url: string): string {
  return `model_rest ${url}`;
}
