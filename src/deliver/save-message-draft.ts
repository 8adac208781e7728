import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A message written under a hidden name, waiting to be shown or dropped. */
export interface MessageDraft {
  /** Gives the file its name in one step, replacing an older file of that name. */
  publish(): Promise<void>;
  drop(): Promise<void>;
}

/** Writes `bytes` beside the place where `name` will appear, so that nobody ever sees half a message. Throws what the file system says. */
export async function saveMessageDraft(
  folder: string,
  name: string,
  bytes: Uint8Array,
): Promise<MessageDraft> {
  const hidden = join(folder, `.${name}.${randomUUID()}.tmp`);
  const drop = () => rm(hidden, { force: true });
  try {
    await writeFile(hidden, bytes);
  } catch (error) {
    await drop();
    throw error;
  }
  return { publish: () => rename(hidden, join(folder, name)), drop };
}
