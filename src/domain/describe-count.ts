/** A count with its English noun, as messages to the operator say it: `1 story`, `2 stories`, `0 addresses`. */
export function describeCount(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${pluralize(noun)}`;
}

function pluralize(noun: string): string {
  if (noun.endsWith('y')) return `${noun.slice(0, -1)}ies`;
  return noun.endsWith('s') ? `${noun}es` : `${noun}s`;
}
