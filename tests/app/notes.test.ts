import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addFeed } from '../../src/app/add-feed.ts';
import type { App } from '../../src/app/app.ts';
import { buildIssue } from '../../src/app/build-issue.ts';
import { freezeIssue } from '../../src/app/freeze-issue.ts';
import { planSendNow } from '../../src/app/plan-readers.ts';
import { gatherFeeds } from '../../src/app/gather-feeds.ts';
import type { IssueDocument } from '../../src/domain/issue.ts';
import { addDays } from '../../src/domain/local-time.ts';
import { saveNewsletter } from '../../src/store/newsletters.ts';
import { addArticles, DATE, NEWSLETTER, openSampleApp } from './sample-app.ts';

const THEMES = [
  ...NEWSLETTER.themes,
  { slug: 'business', name: 'Business', words: ['market'], cap: 4 },
];

function writeNote(folder: string, name: string, lines: string): void {
  const text = `---\n${lines}\n---\nThe ferry company moved its office to the old customs house on Monday. Nobody lost a job.\n`;
  writeFileSync(join(folder, name), text);
}

async function openDesk(lines: string): Promise<{ app: App; folder: string }> {
  const { app, folder } = await openSampleApp();
  await saveNewsletter(app.store, { ...NEWSLETTER, themes: THEMES }, app.now());
  await addArticles(app, NEWSLETTER.slug, [0, 1, 2, 3, 4]);
  writeNote(folder, 'note.md', lines);
  await addFeed(app, { address: join(folder, 'note.md'), weight: 0 }, folder);
  return { app, folder };
}

async function build(app: App): Promise<IssueDocument> {
  await gatherFeeds(app);
  const newsletter = { ...NEWSLETTER, themes: THEMES };
  return (await buildIssue(app, newsletter, DATE)).issue.document;
}

function listSections({ sections }: IssueDocument): readonly (readonly string[])[] {
  return sections.map(({ theme, stories }) => [theme, stories[0]?.headline ?? '']);
}

const HEADLINE = 'Ferry office moves to the customs house';
const ABOUT = `title: ${HEADLINE}\noutlet: City desk\ndate: 2026-03-08T09:00:00Z\nlanguage: en`;

describe('an editor’s note', () => {
  test('with a theme and a pin opens that section, even alone', async () => {
    const { app } = await openDesk(`${ABOUT}\ntheme: Business\npin: true`);
    expect(listSections(await build(app))).toContainEqual(['business', HEADLINE]);
  });

  test('with a pin stands first in the section its words choose', async () => {
    const { app } = await openDesk(`${ABOUT}\ntheme: world\npin: yes`);
    expect(listSections(await build(app))).toEqual([['world', HEADLINE]]);
  });

  test('without a pin stands where its score puts it', async () => {
    const { app } = await openDesk(`${ABOUT}\ntheme: business`);
    expect(listSections(await build(app)).flat()).not.toContain(HEADLINE);
  });

  test('can open the issue instead of being a story, once', async () => {
    const { app } = await openDesk(`${ABOUT}\nopening: true`);
    const document = await build(app);
    expect(document.openingNote).toMatchObject({
      text: 'The ferry company moved its office to the old customs house on Monday. Nobody lost a job.',
      author: 'City desk',
    });
    expect(JSON.stringify({ ...document, openingNote: null })).not.toContain('customs house');
    const newsletter = { ...NEWSLETTER, themes: THEMES };
    const built = await buildIssue(app, newsletter, DATE);
    await freezeIssue(app, { newsletter, issue: built.issue }, planSendNow(newsletter, app.now()));
    const next = await buildIssue(app, newsletter, addDays(DATE, 1));
    expect(next.issue.document.openingNote).toBeUndefined();
  });

  test('can be pinned later without a change of its words', async () => {
    const { app, folder } = await openDesk(`${ABOUT}\ntheme: business`);
    await build(app);
    writeNote(folder, 'note.md', `${ABOUT}\ntheme: business\npin: true`);
    await app.store.db.updateTable('feeds').set({ next_fetch_at: null }).execute();
    expect(listSections(await build(app))).toContainEqual(['business', HEADLINE]);
  });
});
