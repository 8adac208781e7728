import { hash } from 'node:crypto';

/** A story's id, the same for the same lead article; `turn` above 0 gives another one when that is taken. */
export function nameStory(leadKey: string, turn = 0): string {
  const text = turn === 0 ? leadKey : `${leadKey}\n${turn}`;
  return `s-${hash('sha256', text, 'hex').slice(0, 12)}`;
}
