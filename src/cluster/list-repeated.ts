/** The texts that at least so many of a list are. */
export function listRepeated(texts: readonly string[], least: number): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const repeated = new Set<string>();
  for (const [text, count] of counts) if (count >= least) repeated.add(text);
  return repeated;
}
