import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { backupStore } from '../../src/app/backup-store.ts';
import { closeApp } from '../../src/app/open-app.ts';
import { restoreStore } from '../../src/app/restore-store.ts';
import { resumeRestored } from '../../src/app/restored-store.ts';
import { sendIssue } from '../../src/app/send-issue.ts';
import { runOnce } from '../../src/scheduler.ts';
import { sumDeliveries } from '../../src/store/ledger.ts';
import {
  fillSampleApp,
  listMailed,
  NEWSLETTER,
  openMailServer,
  openSampleApp,
  readIssue,
  sendTo,
} from './sample-app.ts';

const EVERYONE = ['ada', 'ben', 'cleo'];

describe('a store put back from a backup made before the send', () => {
  test.each(['restore', 'by hand'] as const)(
    '(%s) mails nobody a second time, and says what may be out',
    async (way) => {
      const { folder, server } = await sendAfterBackup();
      const file = join(folder, 'before.sqlite');
      const store = join(folder, 'daybrief.sqlite');
      const { app, setClock } = await putBack(way, { folder, file, store, url: server.url });
      setClock('07:30');
      await runOnce(app);
      expect(listMailed(server)).toEqual(EVERYONE);
      const issue = await readIssue(app);
      expect(await sumDeliveries(app.store, issue.id)).toMatchObject({ audience: 3, unknown: 3 });
      const wish = { newsletter: NEWSLETTER, issue, confirmed: 3 };
      const refused = sendIssue(app, wish, sendTo(server));
      await expect(refused).rejects.toMatchObject({ code: 'conflict' });
      expect((await resumeRestored(app)).wasRestored).toBe(true);
      await runOnce(app);
      expect(listMailed(server)).toEqual(EVERYONE);
      setClock('2026-03-10T06:00:00.000Z');
      await runOnce(app);
      expect((await resumeRestored(app)).wasRestored).toBe(false);
    },
  );

  test('of which nobody knows the issue any more does not make it again', async () => {
    const { folder, server } = await sendAfterBackup({ backupAt: '05:00' });
    const file = join(folder, 'before.sqlite');
    const store = join(folder, 'daybrief.sqlite');
    const { app, setClock } = await putBack('restore', { folder, file, store, url: server.url });
    await resumeRestored(app);
    setClock('07:45');
    await runOnce(app);
    expect(listMailed(server)).toEqual(EVERYONE);
  });
});

test('a file that is no store is refused and changes nothing', async () => {
  const { app, folder } = await openSampleApp();
  await fillSampleApp(app);
  await closeApp(app);
  const file = join(folder, 'notes.txt');
  writeFileSync(file, 'this is not a database, but it is long enough to look at');
  const before = readFileSync(join(folder, 'daybrief.sqlite'));
  const refused = restoreStore(app.settings, file, app.now());
  await expect(refused).rejects.toMatchObject({ code: 'unavailable' });
  expect(readFileSync(join(folder, 'daybrief.sqlite')).equals(before)).toBe(true);
  const missing = restoreStore(app.settings, join(folder, 'none'), app.now());
  await expect(missing).rejects.toMatchObject({ code: 'not_found' });
});

/** A morning that is backed up, by default after the freeze, and then sent. */
async function sendAfterBackup({ backupAt = '06:30' } = {}) {
  const server = await openMailServer();
  const { app, setClock, folder } = await openSampleApp({ smtpUrl: server.url });
  await fillSampleApp(app);
  for (const time of ['05:00', '05:30', '06:30', '07:00']) {
    setClock(time);
    await runOnce(app);
    if (time === backupAt) await backupStore(app, join(folder, 'before.sqlite'));
  }
  expect(listMailed(server)).toEqual(EVERYONE);
  await closeApp(app);
  return { folder, server };
}

async function putBack(
  way: 'restore' | 'by hand',
  place: { folder: string; file: string; store: string; url: string },
) {
  const { folder, file, store, url } = place;
  if (way === 'by hand') copyFileSync(file, store);
  else {
    const { app } = await openSampleApp({ folder, smtpUrl: url });
    await closeApp(app);
    const { before } = await restoreStore(app.settings, file, '2026-03-09T06:20:00.000Z');
    expect(before !== null && existsSync(before)).toBe(true);
  }
  return await openSampleApp({ folder, smtpUrl: url });
}
