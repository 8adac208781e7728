import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildIssue } from '../../src/app/build-issue.ts';
import { DATE } from '../app/sample-app.ts';
import { openMorningApp } from '../app/sample-morning.ts';
import { runCommand } from './run-command.ts';

async function openDraft() {
  const { app, folder, newsletter } = await openMorningApp();
  const { issue } = await buildIssue(app, newsletter, DATE);
  const run = (...args: string[]) => runCommand(folder, ['--data', folder, ...args]);
  return { app, folder, issue, run };
}

describe('daybrief edit', () => {
  test('lists the stories, edits one by its number, and says what changed and how to take it back', async () => {
    const { issue, run } = await openDraft();
    const headline = issue.document.lead?.headline ?? '';
    expect((await run('edit', DATE)).stdout).toContain(headline);
    const dropped = await run('edit', DATE, 'drop', '1', '--by', 'ada');
    expect(dropped).toMatchObject({ code: 0, stderr: '' });
    expect(dropped.stdout).toContain(`− “${headline}”`);
    expect(dropped.stdout).toContain(`daybrief edit ${DATE} undo 1`);
    const listed = JSON.parse((await run('edit', DATE, '--json')).stdout) as { edits: object[] };
    expect(listed.edits).toMatchObject([{ number: 1, who: 'ada', about: headline }]);
    const undone = await run('edit', DATE, 'undo', '--json');
    expect(JSON.parse(undone.stdout)).toMatchObject({ edit: { number: 2, kind: 'undo' } });
  });

  test('answers what it cannot do with exit code 2 or 6 and one sentence', async () => {
    const { app, run } = await openDraft();
    for (const args of [['fly', '1'], ['drop'], ['move', '1'], ['split', '1'], ['undo', 'x']]) {
      const { code, stderr } = await run('edit', DATE, ...args);
      expect([args, code, stderr.trim().split('\n').length]).toEqual([args, 2, 1]);
    }
    await app.store.db.updateTable('issues').set({ state: 'finished' }).execute();
    const late = await run('edit', DATE, 'drop', '1');
    expect(late.code).toBe(6);
    expect(late.stderr).toMatch(/is finished: .* Make the change in the next issue\.\n$/);
  });
});

describe('daybrief explain and daybrief replay', () => {
  test('explain a morning and a story, and find no difference under the same rules', async () => {
    const { folder, issue, run } = await openDraft();
    const table = await run('explain', DATE);
    expect(table.stdout).toMatch(/= terms .*\n1 +lead +\d\.\d\d +independent \d/);
    expect(table.stdout).toMatch(/^Cut: \d+$/m);
    const story = await run('explain', DATE, issue.document.lead?.id ?? '');
    expect(story.stdout).toMatch(/likeness to the rest 0\.\d{3}; \d\.\d days apart/);
    expect(story.stdout).toMatch(/^theme .*\n +\w+ \+\d.* = .*\+\d\.\d\d “/m);
    expect(story.stdout).toMatch(/^thread +t-\w+, which begins here$/m);
    expect(await run('replay', DATE)).toMatchObject({
      code: 0,
      stdout: `morning/${DATE}: no difference\n`,
    });
    writeFileSync(
      join(folder, 'other.yaml'),
      `newsletters: [{ slug: morning, name: M, sender: { address: m@example.org }, zone: Etc/UTC, themes: [{ slug: sport, name: Sport }] }]`,
    );
    const other = await run('replay', DATE, '--config', 'other.yaml');
    expect(other.stdout).toContain('counts.stories');
    expect((await run('replay', '2020-01-01')).code).toBe(2);
  });
});
