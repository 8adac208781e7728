import { listWords } from './list-words.ts';
import { scaleVector, type Vector } from './term-vector.ts';

/** A capital letter that does not merely begin a sentence. */
const NAME = /(?<!(?:^|[.!?:\n])["“„«'‘(]*\s*)\p{Lu}[\p{L}\p{M}]+/gu;
/** Syria and Syrian, Ungarn and ungarisch: what a name and its adjective share. */
const STEM_LENGTH = 5;
const SHORTEST_NAME = 4;

/** Vectors of length 1 of the names in each text, the rarer in these texts the weightier; empty for scripts without capitals. */
export function weighNames(texts: readonly string[]): readonly Vector[] {
  const named = texts.map(listNames);
  const counts = new Map<string, number>();
  for (const names of named)
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const ids = new Map([...counts.keys()].map((name, id) => [name, id]));
  return named.map((names) => {
    const weights = [...names].map((name) => {
      const weight = Math.log((2 + texts.length) / (1 + (counts.get(name) ?? 0)));
      return [ids.get(name) ?? 0, weight] as const;
    });
    return scaleVector(new Map(weights), 1);
  });
}

function listNames(text: string): ReadonlySet<string> {
  const words = (text.match(NAME) ?? []).flatMap(listWords);
  return new Set(
    words.filter((word) => word.length >= SHORTEST_NAME).map((word) => word.slice(0, STEM_LENGTH)),
  );
}
