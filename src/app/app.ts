import { join } from 'node:path';
import type { Settings } from '../config.ts';
import type { Instant } from '../domain/instant.ts';
import type { Log } from '../log.ts';
import type { OpenStore } from '../store/open-store.ts';

/** What every verb works with. `now` is the only clock. */
export interface App {
  readonly store: OpenStore;
  readonly settings: Settings;
  readonly log: Log;
  readonly now: () => Instant;
  /** Signs the links in mails. */
  readonly secret: string;
}

/** The folder that holds templates/ and seeds/, in a checkout and in the installed package alike. */
export const PACKAGE_ROOT = join(import.meta.dirname, '..', '..');
