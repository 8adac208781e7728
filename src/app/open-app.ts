import { join } from 'node:path';
import type { Configuration } from '../config.ts';
import type { Instant } from '../domain/instant.ts';
import type { Log } from '../log.ts';
import { findOrCreateSecret } from '../store/meta.ts';
import { listNewsletters } from '../store/newsletters.ts';
import { explainStoreFault, openStore } from '../store/open-store.ts';
import type { App } from './app.ts';

/** Opens the store in the data folder and, when it is empty, seeds it from daybrief.yaml once. */
export async function openApp(
  configuration: Configuration,
  edges: { log: Log; now?: () => Instant },
): Promise<App> {
  const { settings } = configuration;
  const store = openStore(join(settings.data, 'daybrief.sqlite'));
  try {
    const secret = settings.secret.reveal() || (await findOrCreateSecret(store));
    const now = edges.now ?? readClock;
    const app = { store, settings, log: edges.log, now, secret };
    if ((await listNewsletters(store)).length === 0) {
      // Imported only for an empty store: reading daybrief.yaml's newsletters costs 9 MB.
      const { seedStore } = await import('./apply-configuration.ts');
      await seedStore(app, configuration.newsletters);
    }
    return app;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Turns a fault of the store under an open app into what a person can do; anything else is returned as it is. */
export function explainFault(app: App, error: unknown): unknown {
  return explainStoreFault(error, app.store.path);
}

/** The machine's clock, the only place that reads it. */
export function readClock(): Instant {
  return new Date().toISOString();
}

/** Closes what openApp opened. */
export async function closeApp(app: App): Promise<void> {
  await app.store.close();
}
