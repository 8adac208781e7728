import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { buildIssue } from '../../src/app/build-issue.ts';
import { sendIssue } from '../../src/app/send-issue.ts';
import { countStates } from '../store/sample-store.ts';
import { DATE, fillSampleApp, openMailServer, openSampleApp, sendTo } from './sample-app.ts';

const READERS = Array.from({ length: 30 }, (_, i) => `reader${i}`);

test('A store that fails one lane stops the others after the message in hand, whose result is kept', async () => {
  const server = await openMailServer({ DOT: { reply: '250 queued', afterMs: 20 } });
  const { app } = await openSampleApp({ smtpUrl: server.url });
  const newsletter = await fillSampleApp(app, { readers: READERS });
  const { issue } = await buildIssue(app, newsletter, DATE);
  await sql`create trigger broken before update on deliveries
    when new.state = 'sent' and (select count(*) from deliveries where rowid < new.rowid) = 15
    begin select raise(abort, 'disk I/O error'); end`.execute(app.store.db);
  const run = sendIssue(app, { newsletter, issue, confirmed: 30 }, sendTo(server));
  await expect(run).rejects.toThrow('disk I/O error');
  const { sent = 0, queued = 0, ...others } = await countStates(app.store);
  expect(others, 'only what could not be written is in doubt').toEqual({ handing_over: 1 });
  expect(server.messages.length).toBe(sent + 1);
  expect(queued).toBe(30 - sent - 1);
  expect(queued).toBeGreaterThan(0);
});
