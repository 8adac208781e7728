import { createHash } from 'node:crypto';
import type { Question } from './open-client.ts';

const CHARACTERS_PER_TOKEN = 3;
const MOST_DIMENSIONS = 10_000;
/** Figures behind the point of a vector of length 1: more would only fill the store. */
const PRECISION = 1e5;

/** What a text means to a model: a direction, as a vector of length 1. */
export type Embedding = readonly number[];

/** The question that one vector for each text, in their order, answers. */
export function writeEmbedding(
  texts: readonly string[],
  model: string,
): Question<readonly Embedding[]> {
  const body = { model, input: texts };
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  return {
    call: 'embeddings',
    body,
    plain: body,
    tokens: Math.ceil(length / CHARACTERS_PER_TOKEN),
    read: (reply) => readVectors(reply, texts.length),
  };
}

/** The name under which a vector is kept: the same text means the same to the same model. */
export function hashEmbedding(text: string, model: string): string {
  return createHash('sha256')
    .update(JSON.stringify(['embedding', model, text]))
    .digest('hex');
}

/** All of them or none: whose vector is whose must be beyond doubt, and all must have one length. */
function readVectors(reply: unknown, count: number): readonly Embedding[] | null {
  const data = (reply as { data?: unknown } | null)?.data;
  if (!Array.isArray(data) || data.length !== count) return null;
  const vectors = new Map<number, Embedding>();
  for (const [place, entry] of (data as readonly unknown[]).entries()) {
    const { index = place, embedding } = (entry ?? {}) as { index?: unknown; embedding?: unknown };
    const vector = readVector(embedding);
    if (vector === null || typeof index !== 'number' || vectors.has(index)) return null;
    vectors.set(index, vector);
  }
  const inOrder = Array.from({ length: count }, (_, place) => vectors.get(place));
  const whole = inOrder.filter((vector) => vector?.length === inOrder[0]?.length);
  return whole.length === count ? (whole as readonly Embedding[]) : null;
}

function readVector(value: unknown): Embedding | null {
  if (!Array.isArray(value) || value.length > MOST_DIMENSIONS) return null;
  const numbers = value as readonly unknown[];
  if (!numbers.every((one): one is number => Number.isFinite(one))) return null;
  const length = Math.hypot(...numbers);
  if (!Number.isFinite(length) || length === 0) return null;
  return numbers.map((one) => Math.round((one / length) * PRECISION) / PRECISION);
}
