import type { Asked, ModelClient } from './open-client.ts';

const CHARACTERS_PER_TOKEN = 3;
const MOST_DIMENSIONS = 10_000;

/** One vector for each text, in their order, or the reason why there are none; all have the same length and only finite numbers. */
export async function embedTexts(
  client: ModelClient,
  texts: readonly string[],
  model: string,
): Promise<Asked<readonly (readonly number[])[]>> {
  const body = { model, input: texts };
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  return await client.ask({
    call: 'embeddings',
    body,
    plain: body,
    tokens: Math.ceil(length / CHARACTERS_PER_TOKEN),
    read: (reply) => readVectors(reply, texts.length),
  });
}

function readVectors(reply: unknown, count: number): readonly (readonly number[])[] | null {
  const data = (reply as { data?: unknown } | null)?.data;
  if (!Array.isArray(data) || data.length !== count) return null;
  const vectors: (readonly number[])[] = [];
  for (const [place, entry] of (data as readonly unknown[]).entries()) {
    const { index, embedding } = (entry ?? {}) as { index?: unknown; embedding?: unknown };
    const slot = index ?? place;
    if (typeof slot !== 'number' || !isVector(embedding) || vectors[slot]) return null;
    if (!Number.isInteger(slot) || slot < 0 || slot >= count) return null;
    vectors[slot] = embedding;
  }
  return vectors.every((vector) => vector.length === vectors[0]?.length) ? vectors : null;
}

function isVector(value: unknown): value is readonly number[] {
  const isList = Array.isArray(value) && value.length > 0 && value.length <= MOST_DIMENSIONS;
  return isList && (value as readonly unknown[]).every(Number.isFinite);
}
