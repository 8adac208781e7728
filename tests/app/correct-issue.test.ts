import { describe, expect, test } from 'vitest';
import { buildIssue } from '../../src/app/build-issue.ts';
import { correctIssue, planCorrection, sumCorrection } from '../../src/app/correct-issue.ts';
import { sendIssue } from '../../src/app/send-issue.ts';
import { sendQueuedMail } from '../../src/app/send-queued-mail.ts';
import { suppressAddress } from '../../src/app/suppress-address.ts';
import { unsubscribe } from '../../src/app/unsubscribe.ts';
import { listIssueStories } from '../../src/domain/issue.ts';
import { makeLinkToken } from '../../src/domain/link-token.ts';
import { NO_PREFERENCES } from '../../src/domain/preferences.ts';
import { savePreferences } from '../../src/store/preferences.ts';
import { listSubscriptions } from '../../src/store/subscribers.ts';
import { createReaderApp } from '../../src/web/reader-app.ts';
import type { Script } from '../deliver/fault-server.ts';
import {
  addReaders,
  DATE,
  fillSampleApp,
  listMailed,
  openMailServer,
  openSampleApp,
  readIssue,
  sendTo,
} from './sample-app.ts';

const TEXT = 'The ferry ran aground off the southern cape.';
const TAKEN = '250 recipient ok';
const STORY = 'Ferry runs aground';

describe('a correction', () => {
  test('goes to everybody who was sent the issue and may still be mailed, below the mail it is about', async () => {
    const readers = ['ada', 'ben', 'cleo', 'dora'];
    const { app, wish, server, findId } = await openSent(readers, {
      RCPT: [TAKEN, TAKEN, TAKEN, '550 5.7.1 not here', TAKEN],
    });
    const had = listMailed(server);
    expect(had).toHaveLength(3);
    const [left = '', silenced = '', kept = ''] = had;
    await unsubscribe(app, makeLinkToken(app.secret, 'unsubscribe', await findId(left)));
    await suppressAddress(app, `${silenced}@example.org`, null);
    await addReaders(app, ['eve']);
    const issue = server.messages.find((message) => message.includes(`${kept}@example.org`)) ?? '';
    const { readers: planned, gone } = await correctIssue(app, { ...wish, confirmed: 1 });
    expect([planned.length, gone]).toEqual([1, 2]);
    await sendQueuedMail(app);
    const [letter = '', ...more] = server.messages.slice(3);
    expect(more).toEqual([]);
    expect(readField(letter, 'To')).toContain(kept);
    expect(readField(letter, 'Subject')).toBe(`Correction: ${wish.headline}`);
    for (const name of ['In-Reply-To', 'References'])
      expect(readField(letter, name)).toBe(readField(issue, 'Message-ID'));
    expect(readField(letter, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    expect(letter).toContain(TEXT);
  });

  test('goes to nobody whose mail did not have the story', async () => {
    const { app, wish, server } = await openSent(
      ['ada', 'ben'],
      {},
      {
        prepare: async (about) => {
          const ferry = listIssueStories(about.issue.document)[0];
          const preferences = {
            ...NO_PREFERENCES,
            mutedThreads: [ferry?.thread ?? ferry?.id ?? ''],
          };
          const choice = { preferences, now: about.app.now() };
          await savePreferences(about.app.store, await about.findId('ben'), choice);
        },
      },
    );
    await correctIssue(app, { ...wish, confirmed: 1 });
    await sendQueuedMail(app);
    expect(listMailed(server)).toEqual(['ada', 'ada', 'ben']);
  });

  test('is made once: the same text again mails only who was sent the issue since', async () => {
    const { app, wish, server } = await openSent(['ada', 'ben']);
    await correctIssue(app, { ...wish, confirmed: 2 });
    await sendQueuedMail(app);
    const again = await correctIssue(app, { ...wish, text: `  ${TEXT}\n`, confirmed: 0 });
    expect([again.isMade, again.readers]).toEqual([true, []]);
    await sendQueuedMail(app);
    expect(listMailed(server)).toEqual(['ada', 'ada', 'ben', 'ben']);
    expect(await sumCorrection(app, again.correction)).toMatchObject({ audience: 2, sent: 2 });
    await addReaders(app, ['cleo']);
    const since = { newsletter: wish.newsletter, issue: await readIssue(app), isOnlyUnsent: true };
    await sendIssue(app, { ...since, confirmed: 1 }, sendTo(server));
    await expect(correctIssue(app, { ...wish, confirmed: 0 })).rejects.toMatchObject({
      code: 'conflict',
    });
    await correctIssue(app, { ...wish, confirmed: 1 });
    await sendQueuedMail(app);
    expect(listMailed(server)).toEqual(['ada', 'ada', 'ben', 'ben', 'cleo', 'cleo']);
  });

  test('is not sent to who left or was silenced after it was queued', async () => {
    const { app, wish, server, findId } = await openSent(['ada', 'ben', 'cleo']);
    const { correction } = await correctIssue(app, { ...wish, confirmed: 3 });
    await unsubscribe(app, makeLinkToken(app.secret, 'unsubscribe', await findId('ben')));
    await suppressAddress(app, 'cleo@example.org', null);
    await sendQueuedMail(app);
    expect(listMailed(server)).toEqual(['ada', 'ada', 'ben', 'cleo']);
    expect(await sumCorrection(app, correction)).toMatchObject({ sent: 1, skipped: 2 });
  });

  test('keeps to the limits of the mail server', async () => {
    const { app, wish, server } = await openSent(['ada', 'ben', 'cleo'], {}, { quota: '4/h' });
    const { correction } = await correctIssue(app, { ...wish, confirmed: 3 });
    await sendQueuedMail(app);
    expect(server.messages).toHaveLength(4);
    expect(await sumCorrection(app, correction)).toMatchObject({ sent: 1, waiting: 2 });
  });

  test('stands on the pages of the issue and of the story, and the issue stays as it was', async () => {
    const { app, wish, setClock } = await openSent(['ada']);
    const pages = createReaderApp(app);
    const story = `/issues/${DATE}/${wish.id}`;
    const others = `/issues/${DATE}/${listIssueStories(wish.issue.document)[1]?.id ?? ''}`;
    const read = async (path: string) => await pages.request(path);
    const before = await (await read(`/issues/${DATE}`)).text();
    expect(before).not.toContain('Corrected on');
    setClock('2026-03-10T23:30:00.000Z');
    await correctIssue(app, { ...wish, confirmed: 1 });
    for (const path of [`/issues/${DATE}`, story]) {
      const page = await read(path);
      const body = await page.text();
      expect(body).toContain('Corrected on Wednesday, 11 March 2026:');
      expect(body).toContain(TEXT);
      expect(page.headers.get('last-modified')).toBe('Tue, 10 Mar 2026 23:30:00 GMT');
    }
    const after = await (await read(`/issues/${DATE}`)).text();
    expect(after.replace(/<section class="archive-corrections".*?<\/section>\n/s, '')).toBe(before);
    expect(await (await read(others)).text()).not.toContain('Corrected on');
  });

  test('is of a story that was printed, in words, of an issue that is no draft', async () => {
    const { app, wish } = await openSent(['ada']);
    const plan = (change: object) => planCorrection(app, { ...wish, ...change });
    await expect(plan({ story: 'Nothing like it' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(plan({ text: ' ' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(plan({ text: 'x'.repeat(1_001) })).rejects.toMatchObject({ code: 'invalid' });
    const draft = { ...wish.issue, state: 'draft' as const, contentHash: null };
    await expect(plan({ issue: draft })).rejects.toMatchObject({ code: 'conflict' });
  });
});

function readField(message: string, name: string): string {
  const field = new RegExp(`^${name}:((?:.*\\r\\n[ \\t])*.*)\\r$`, 'm').exec(message)?.[1] ?? '';
  return field.replace(/\r\n\s+/g, ' ').trim();
}

type Built = Awaited<ReturnType<typeof openBuilt>>;

/** An issue that was sent to readers; `prepare` runs before. */
async function openSent(
  readers: readonly string[],
  script: Script = {},
  { quota = '', prepare }: { quota?: string; prepare?: (built: Built) => Promise<void> } = {},
) {
  const built = await openBuilt(readers, { script, quota });
  await prepare?.(built);
  const { app, server, newsletter, issue: draft } = built;
  const confirmed = readers.length;
  await sendIssue(app, { newsletter, issue: draft, confirmed }, sendTo(server));
  const issue = await readIssue(app);
  const [first] = listIssueStories(issue.document);
  const { id = '', headline = '' } = first ?? {};
  return { ...built, wish: { newsletter, issue, story: STORY, text: TEXT, id, headline } };
}

async function openBuilt(
  readers: readonly string[],
  options: { readonly script: Script; readonly quota: string },
) {
  const server = await openMailServer(options.script);
  const settings = { smtp_connections: '1', smtp_quota: options.quota };
  const { app, setClock } = await openSampleApp({ smtpUrl: server.url, settings });
  const newsletter = await fillSampleApp(app, { readers });
  const { issue } = await buildIssue(app, newsletter, DATE);
  const findId = async (name: string): Promise<string> => {
    const [reader] = await listSubscriptions(app.store, `${name}@example.org`);
    return reader?.subscription.id ?? '';
  };
  return { app, server, newsletter, issue, setClock, findId };
}
