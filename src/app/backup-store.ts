import { stat } from 'node:fs/promises';
import { BriefingError } from '../domain/briefing-error.ts';
import type { App } from './app.ts';

/** Copies the store to `file` while others use it; returns its size in bytes. Throws BriefingError when the file cannot be written. */
export async function backupStore(app: App, file: string): Promise<number> {
  try {
    await app.store.backup(file);
    return (await stat(file)).size;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BriefingError(
      'unavailable',
      `The backup ${file} could not be written: ${why}. Choose a folder that exists and can be written.`,
      { cause: error },
    );
  }
}
