import type { Claim } from './claim.ts';

const PLACE = /(?<!\p{L})(?:in|at|near|across|à|en|bei|nahe)\s((?:\p{Lu}[\p{L}’'-]+\s?){1,3})/gu;
const NO_PLACE =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Sicherheit|Folge|The)$/;
const DAY =
  /(?<!\p{L})(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)(?!\p{L})/giu;

/** How far apart two figures for one thing can be, by what they count; further apart they count different things. */
const FURTHEST: readonly (readonly [RegExp, number])[] = [
  [/^(?:dead|injured|missing|arrested|displaced|rescued):/, 3],
  [/^jobs:/, 2],
  [/^noun:/, 1.5],
  [/^/, 1.6],
];
/** A bare noun or sum is about the same only in a sentence about the same. */
const SHARED_WORDS = 2;

/** Whether two claims of one subject can be about the same: not of different places or days, nor too far apart, nor in other contexts. */
export function isSameMatter(a: Claim, b: Claim): boolean {
  return (
    isNear(a, b) &&
    !isElsewhere(a.sentence, b.sentence) &&
    !isDisjoint(listMatches(a.sentence, DAY), listMatches(b.sentence, DAY)) &&
    (a.isNamed || countShared(a, b) >= SHARED_WORDS)
  );
}

function isNear(a: Claim, b: Claim): boolean {
  const [low, high] = [a.figure.value, b.figure.value].sort((x, y) => x - y);
  const most = FURTHEST.find(([key]) => key.test(a.key))?.[1] ?? 1;
  return (high ?? 0) <= most * (low ?? 0);
}

/** Each sentence names a place, and neither names the other's. */
function isElsewhere(a: string, b: string): boolean {
  const [here, there] = [listPlaces(a), listPlaces(b)];
  const isShared = here.some((name) => b.includes(name)) || there.some((name) => a.includes(name));
  return here.length > 0 && there.length > 0 && !isShared;
}

function isDisjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size > 0 && b.size > 0 && ![...a].some((word) => b.has(word));
}

function listPlaces(sentence: string): readonly string[] {
  return [...sentence.matchAll(PLACE)]
    .flatMap((match) => (match[1] ?? '').trim().split(' '))
    .filter((name) => !NO_PLACE.test(name));
}

function listMatches(sentence: string, pattern: RegExp): ReadonlySet<string> {
  return new Set((sentence.match(pattern) ?? []).map((word) => word.toLowerCase()));
}

function countShared(a: Claim, b: Claim): number {
  const known = listRoots(a.sentence);
  return [...listRoots(b.sentence)].filter((root) => known.has(root)).length;
}

/** Longer words by their first five letters: a plain way to see "prisoner" and "prisoners" as one. */
function listRoots(sentence: string): ReadonlySet<string> {
  const words = sentence.toLowerCase().match(/[\p{L}\p{M}]{5,}/gu) ?? [];
  return new Set(words.map((word) => word.slice(0, 5)));
}
