import type { Reading } from '../../src/compose/tailor-issue.ts';
import { NO_PREFERENCES } from '../../src/domain/preferences.ts';

/** A reader in the morning who asks for nothing unusual. */
export function sampleReading(change: Partial<Reading> = {}): Reading {
  return {
    language: 'en',
    look: 'broadsheet',
    preferences: NO_PREFERENCES,
    isOlder: false,
    partOfDay: 'morning',
    ...change,
  };
}
