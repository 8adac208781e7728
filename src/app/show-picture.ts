import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addTime, MINUTE, type Instant } from '../domain/instant.ts';
import { fetchPicture } from '../gather/fetch-picture.ts';
import { openFetchGuard } from '../gather/open-fetch-guard.ts';
import { sniffPicture } from '../gather/sniff-picture.ts';
import type { App } from './app.ts';
import { keepRecent } from './keep-recent.ts';
import { readPictureToken } from './name-picture.ts';

/** A picture ready to be shown. */
export interface ShownPicture {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const MOST_FILES = 300;
const MOST_REFUSALS = 500;
const REFUSED_MINUTES = 10;

/** What is being fetched now, and until when a picture that could not be had is not asked for again. */
interface Pending {
  readonly fetching: Map<string, Promise<ShownPicture | null>>;
  readonly refused: Map<string, Instant>;
}

const pendings = new WeakMap<App, Pending>();

/** The picture a token of ours names: from the data folder, else fetched once through the guard and kept there, at most 300 of them. Null when the token is not ours or the picture cannot be had. */
export async function showPicture(app: App, token: string): Promise<ShownPicture | null> {
  const url = readPictureToken(app.secret, token);
  if (url === null) return null;
  const file = join(app.settings.data, 'pictures', hash(url));
  const kept = await readKept(app, file);
  if (kept) return kept;
  const pending: Pending = pendings.get(app) ?? { fetching: new Map(), refused: new Map() };
  pendings.set(app, pending);
  if ((pending.refused.get(url) ?? '') > app.now()) return null;
  const running = pending.fetching.get(url) ?? fetchAndKeep(app, url, { file, pending });
  pending.fetching.set(url, running);
  return await running.finally(() => pending.fetching.delete(url));
}

async function fetchAndKeep(
  app: App,
  url: string,
  place: { readonly file: string; readonly pending: Pending },
): Promise<ShownPicture | null> {
  const guard = openFetchGuard({ allow: app.settings.fetchAllow, userAgent: 'daybrief/0.1' });
  try {
    const picture = await fetchPicture(guard, url, app.now());
    if ('problem' in picture) {
      app.log.warn('picture.refused', { why: picture.problem });
      const until = addTime(app.now(), REFUSED_MINUTES * MINUTE);
      keepRecent(place.pending.refused, { key: url, value: until }, MOST_REFUSALS);
      return null;
    }
    await keepFile(place.file, picture.bytes);
    return { type: picture.type, bytes: Uint8Array.from(picture.bytes) };
  } finally {
    await guard.close();
  }
}

/** The time of a file says when it was last shown. */
async function readKept(app: App, file: string): Promise<ShownPicture | null> {
  const bytes = await readFile(file).catch(() => null);
  const picture = bytes && sniffPicture(bytes);
  if (!bytes || !picture) return null;
  const now = new Date(app.now());
  await utimes(file, now, now).catch(() => {});
  return { type: picture.type, bytes: Uint8Array.from(bytes) };
}

/** Whole or not at all; what was not shown for longest makes room. */
async function keepFile(file: string, bytes: Uint8Array): Promise<void> {
  const folder = join(file, '..');
  await mkdir(folder, { recursive: true });
  const draft = `${file}.${randomUUID()}.part`;
  await writeFile(draft, bytes);
  await rename(draft, file);
  const names = await readdir(folder);
  if (names.length <= MOST_FILES) return;
  const files = names.map((name) => join(folder, name));
  const times = await Promise.all(
    files.map(async (path) => ({
      path,
      at: await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    })),
  );
  const oldest = times.sort((a, b) => a.at - b.at).slice(0, names.length - MOST_FILES);
  await Promise.all(oldest.map(({ path }) => rm(path, { force: true })));
}

function hash(url: string): string {
  return createHash('sha256').update(url).digest('hex');
}
