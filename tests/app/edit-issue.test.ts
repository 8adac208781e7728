import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { buildIssue, rebuildIssue } from '../../src/app/build-issue.ts';
import { checkIssue } from '../../src/app/check-issue.ts';
import { editIssue, listIssueEdits } from '../../src/app/edit-issue.ts';
import { freezeIssue } from '../../src/app/freeze-issue.ts';
import { planSendNow } from '../../src/app/plan-readers.ts';
import type { EditWish } from '../../src/app/resolve-edit.ts';
import { listIssueStories } from '../../src/domain/issue.ts';
import type { Newsletter } from '../../src/domain/newsletter.ts';
import { listEdits } from '../../src/store/edits.ts';
import { addReaders, DATE, readIssue } from './sample-app.ts';
import { openMorningApp } from './sample-morning.ts';

async function openDraft() {
  const sample = await openMorningApp();
  const { app, newsletter } = sample;
  const { issue } = await buildIssue(app, newsletter, DATE);
  const edit = (wish: EditWish) => editAs(app, newsletter, { ...wish, who: 'ada' });
  return { ...sample, issue, edit, headlines: listHeadlines(issue.document) };
}

async function editAs(app: App, newsletter: Newsletter, wish: EditWish & { who: string }) {
  const issue = await readIssue(app, DATE, newsletter.slug);
  return await editIssue(app, { newsletter, issue }, wish);
}

function listHeadlines(document: Parameters<typeof listIssueStories>[0]): readonly string[] {
  return listIssueStories(document).map(({ headline }) => headline);
}

describe('editing a draft', () => {
  test('a pinned story is the big one, a dropped one is gone, and undoing both brings the draft back', async () => {
    const { issue, edit, headlines } = await openDraft();
    const pinned = await edit({ kind: 'pin', story: '5', isFirst: true, theme: null });
    expect(pinned.issue.document.lead?.headline).toBe(headlines[4]);
    const dropped = await edit({ kind: 'drop', story: headlines[2] ?? '' });
    expect(listHeadlines(dropped.issue.document)).not.toContain(headlines[2]);
    expect(dropped.difference.stories).toContainEqual(
      expect.objectContaining({ headline: headlines[2], to: null }),
    );
    await edit({ kind: 'undo', edit: null });
    const back = await edit({ kind: 'undo', edit: null });
    expect(back.issue.document).toEqual(issue.document);
  });

  test('a story that was cut can be pinned into a section of another theme', async () => {
    const { app, issue, edit } = await openDraft();
    const { stories } = await listIssueEdits(app, issue);
    const cut = stories.find(({ place, theme }) => place === 'cut' && theme !== 'world');
    const story = cut?.story ?? '';
    const { issue: after } = await edit({ kind: 'pin', story, isFirst: false, theme: 'World' });
    const world = after.document.sections.find(({ theme }) => theme === 'world');
    expect(world?.stories[0]).toMatchObject({ id: story, theme: 'world' });
  });

  test('merged stories have the articles of both, and split ones go apart again', async () => {
    const { issue, edit } = await openDraft();
    const [first, second] = listIssueStories(issue.document);
    const merged = await edit({ kind: 'merge', stories: ['1', '2'] });
    const [big] = listIssueStories(merged.issue.document);
    expect([...(big?.articles ?? [])].sort()).toEqual(
      [...(first?.articles ?? []), ...(second?.articles ?? [])].sort(),
    );
    const split = await edit({
      kind: 'split',
      story: '1',
      articles: (second?.articles ?? []).map(String),
    });
    const after = listIssueStories(split.issue.document).map(({ articles }) =>
      [...articles].sort(),
    );
    expect(after).toContainEqual([...(second?.articles ?? [])].sort());
  });

  test('rewritten words are the editor’s, and marked as such', async () => {
    const { edit } = await openDraft();
    const { issue } = await edit({
      kind: 'rewrite',
      story: '1',
      headline: '  The wall\n gave way ',
      summary: null,
    });
    expect(issue.document.lead).toMatchObject({ headline: 'The wall gave way', isRewritten: true });
    expect(listIssueStories(issue.document).filter((story) => story.isRewritten)).toHaveLength(1);
  });

  test('edits outlive the next build, with who and when', async () => {
    const { app, newsletter, edit, setClock, headlines } = await openDraft();
    await edit({ kind: 'drop', story: '2' });
    setClock('2026-03-09T06:30:00.000Z');
    const { issue } = await buildIssue(app, newsletter, DATE);
    expect(listHeadlines(issue.document)).not.toContain(headlines[1]);
    const { edits } = await listIssueEdits(app, issue);
    expect(edits).toEqual([
      expect.objectContaining({
        number: 1,
        who: 'ada',
        at: '2026-03-09T06:00:00.000Z',
        about: headlines[1],
        isUndone: false,
        conflict: null,
      }),
    ]);
  });

  test('an edit whose articles are gone is told by build, list and check, and stops nothing', async () => {
    const { app, newsletter, issue, edit } = await openDraft();
    const gone = listIssueStories(issue.document)[1]?.articles ?? [];
    await edit({ kind: 'move', story: '2', theme: 'sport' });
    await app.store.db.deleteFrom('articles').where('key', 'in', gone).execute();
    const built = await buildIssue(app, newsletter, DATE);
    const reason = 'None of its articles is here any more.';
    expect(built).toMatchObject({ isFresh: true, conflicts: [{ edit: 1, reason }] });
    const { edits } = await listIssueEdits(app, built.issue);
    expect(edits[0]?.conflict).toBe(reason);
    const findings = await checkIssue(app, newsletter, built.issue);
    expect(findings.find(({ check }) => check === 'edits')).toMatchObject({ level: 'warning' });
  });

  test('a draft that edits make too short is skipped, and can still be edited', async () => {
    const { app, newsletter, issue, edit } = await openDraft();
    const short = { ...newsletter, minimumStories: issue.document.counts.stories };
    const shorter = await editAs(app, short, { kind: 'drop', story: '1', who: 'ada' });
    const least = { ...newsletter, minimumStories: 100 };
    expect((await buildIssue(app, least, DATE)).issue.state).toBe('skipped');
    expect(shorter.edit.number).toBe(1);
    expect((await edit({ kind: 'undo', edit: null })).issue.state).toBe('draft');
  });
});

describe('an edit is refused', () => {
  test('once the issue is frozen, and is not logged either', async () => {
    const { app, newsletter, issue } = await openDraft();
    await addReaders(app, ['ada'], newsletter.slug);
    await freezeIssue(app, { newsletter, issue }, planSendNow(newsletter, app.now()));
    const late = editAs(app, newsletter, { kind: 'drop', story: '1', who: 'ben' });
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
    const edit = {
      number: 1,
      at: app.now(),
      who: 'ben',
      about: 'a story',
      command: { kind: 'drop' as const, articles: issue.document.lead?.articles ?? [] },
    };
    expect(await rebuildIssue(app, newsletter, { date: DATE, edit })).toMatchObject({
      isFresh: false,
    });
    expect(await listEdits(app.store, issue)).toEqual([]);
  });

  test('when somebody else edited since, so that neither edit is lost', async () => {
    const { app, newsletter, issue, edit } = await openDraft();
    await edit({ kind: 'drop', story: '1' });
    const command = { kind: 'drop' as const, articles: issue.document.lead?.articles ?? [] };
    const stale = { number: 1, at: app.now(), who: 'ben', about: 'a story', command };
    await expect(rebuildIssue(app, newsletter, { date: DATE, edit: stale })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await listEdits(app.store, issue)).map(({ who }) => who)).toEqual(['ada']);
  });

  test.each([
    [{ kind: 'drop', story: 'e' }, /names \d+ stories: .* and \d+ more/],
    [{ kind: 'drop', story: 'no such story' }, /No story of this issue is called/],
    [{ kind: 'drop', story: '99' }, /No story of this issue is called “99”/],
    [{ kind: 'drop', story: '' }, /No story of this issue is called/],
    [{ kind: 'move', story: '1', theme: 'opera' }, /no theme “opera”. Choose one of: /],
    [{ kind: 'merge', stories: ['1', '1'] }, /two different stories/],
    [{ kind: 'split', story: '1', articles: ['99'] }, /No article of this story/],
    [{ kind: 'rewrite', story: '1', headline: ' ', summary: null }, /nothing to rewrite/],
    [{ kind: 'undo', edit: null }, /no edit to undo/],
    [{ kind: 'undo', edit: 7 }, /There is no edit 7/],
  ] satisfies [EditWish, RegExp][])(
    'in one sentence when it is not clear: %j',
    async (wish, sentence) => {
      const { edit } = await openDraft();
      await expect(edit(wish)).rejects.toThrow(sentence);
    },
  );
});
