import type { Subject } from './name-count.ts';
import type { Figure } from './parse-figures.ts';

/** What one article says about one thing that can be counted, dated or voted on. */
export interface Claim extends Subject {
  readonly figure: Figure;
  readonly sentence: string;
}
