/** Remembers a value, and forgets the oldest when there are more than `most`. */
export function keepRecent<Value>(
  kept: Map<string, Value>,
  entry: { readonly key: string; readonly value: Value },
  most: number,
): void {
  kept.set(entry.key, entry.value);
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
}
