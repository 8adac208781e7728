import { createHash } from 'node:crypto';
import type { Instant } from './instant.ts';

/** What was put right in a story of an issue that had been sent. */
export interface Correction {
  /** The same text about the same story of an issue is one correction; see makeCorrection. */
  readonly id: string;
  readonly issueId: string;
  readonly storyId: string;
  /** What is right, in the editor's words. */
  readonly text: string;
  readonly madeAt: Instant;
}

/** A correction whose id is a hash of what it says about which story. */
export function makeCorrection(said: Omit<Correction, 'id'>): Correction {
  const { issueId, storyId, text } = said;
  const hash = createHash('sha256')
    .update(JSON.stringify([issueId, storyId, text]))
    .digest('hex');
  return { id: hash.slice(0, 32), ...said };
}
