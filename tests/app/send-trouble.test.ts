import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { buildIssue } from '../../src/app/build-issue.ts';
import { sendIssue } from '../../src/app/send-issue.ts';
import { runOnce } from '../../src/scheduler.ts';
import { countStates } from '../store/sample-store.ts';
import { DATE, fillSampleApp, openMailServer, openSampleApp, sendTo } from './sample-app.ts';

const READERS = Array.from({ length: 60 }, (_, i) => `reader${i}`);

test('A store that fails one lane stops the others after the message in hand, whose result is kept', async () => {
  const { app, server, wish } = await openDraft();
  await sql`create trigger broken before update on deliveries
    when new.state = 'sent' and (select count(*) from deliveries where rowid < new.rowid) = 15
    begin select raise(abort, 'disk I/O error'); end`.execute(app.store.db);
  const run = sendIssue(app, wish, sendTo(server));
  await expect(run).rejects.toThrow(/The disk that holds .* fails/);
  const { sent = 0, queued = 0, ...others } = await countStates(app.store);
  expect(others, 'only what could not be written is in doubt').toEqual({ handing_over: 1 });
  expect(server.messages.length).toBe(sent + 1);
  expect(queued).toBe(60 - sent - 1);
  expect(queued).toBeGreaterThan(0);
});

test('A store that another program locks in the middle of a send stops it; afterwards everybody gets one', async () => {
  const { app, server, wish, setClock } = await openDraft();
  await sql`pragma busy_timeout = 50`.execute(app.store.db);
  const other = new DatabaseSync(app.store.path);
  onTestFinished(() => void (other.isOpen && other.close()));
  const onProgress = (sent: number): void => {
    if (sent === 12) other.exec('begin immediate');
  };
  const run = sendIssue(app, wish, { ...sendTo(server), onProgress });
  await expect(run).rejects.toMatchObject({ code: 'conflict' });
  other.close();
  const { sent = 0, handing_over: doubtful = 0 } = await countStates(app.store);
  expect(server.messages.length).toBe(sent + doubtful);
  expect(doubtful).toBeLessThanOrEqual(2);
  setClock('2026-03-08T20:05:00.000Z');
  await runOnce(app);
  expect(await countStates(app.store)).toEqual({ sent: 60 - doubtful, unknown: doubtful });
  expect(server.messages.length).toBe(60);
});

test('A disk that does not confirm what is written lets no mail leave', async () => {
  const { app, server, wish, folder, setClock } = await openDraft();
  const path = join(folder, 'unsound');
  symlinkSync('/dev/null', `${path}-wal`);
  const unsound = { ...app, store: { ...app.store, path } };
  await expect(sendIssue(unsound, wish, sendTo(server))).rejects.toThrow('fdatasync');
  expect(server.commands).toEqual([]);
  setClock('2026-03-08T20:05:00.000Z');
  await runOnce(app);
  expect(await countStates(app.store)).toEqual({ sent: 60 });
  expect(server.messages.length).toBe(60);
});

test.each([
  ['a day ahead', '2026-03-09T20:00:00.000Z', 'skipped'],
  ['a day back', '2026-03-07T20:00:00.000Z', 'queued'],
])(
  'A clock that jumps %s in the middle of a send mails nobody twice, and says why who got none',
  async (_how, jump, rest) => {
    const { app, server, wish, setClock } = await openDraft();
    const onProgress = (sent: number): void => {
      if (sent === 12) setClock(jump);
    };
    await sendIssue(app, wish, { ...sendTo(server), onProgress });
    const states = await countStates(app.store);
    expect(Object.keys(states).filter((state) => state !== 'sent')).toEqual([rest]);
    expect(server.messages.length).toBe(states['sent']);
    setClock('2026-03-08T20:01:00.000Z');
    await runOnce(app);
    expect(server.messages.length).toBe(rest === 'queued' ? 60 : states['sent']);
    const rows = await app.store.db.selectFrom('deliveries').select(['state', 'reason']).execute();
    for (const { state, reason } of rows)
      if (state === 'skipped') expect(reason).toBe('expired: the deadline of the issue passed');
  },
);

/** A draft for sixty readers, and a server that takes its time. */
async function openDraft() {
  const server = await openMailServer({ DOT: { reply: '250 queued', afterMs: 20 } });
  const { app, folder, setClock } = await openSampleApp({ smtpUrl: server.url });
  const newsletter = await fillSampleApp(app, { readers: READERS });
  const { issue } = await buildIssue(app, newsletter, DATE);
  return { app, folder, server, setClock, wish: { newsletter, issue, confirmed: 60 } };
}
