import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { applyConfiguration } from '../../src/app/apply-configuration.ts';
import {
  keepTemplateKit,
  loadTemplateKit,
  proveTemplates,
} from '../../src/app/load-template-kit.ts';
import { listNewsletters } from '../../src/store/newsletters.ts';
import { TEMPLATES } from '../render/sample-issues.ts';
import { NEWSLETTER, openSampleApp, type SampleApp } from './sample-app.ts';

async function openWithTemplates(): Promise<SampleApp & { templates: string }> {
  const sample = await openSampleApp();
  const templates = mkdtempSync(join(tmpdir(), 'daybrief-templates-'));
  onTestFinished(() => rmSync(templates, { recursive: true }));
  cpSync(TEMPLATES, templates, { recursive: true });
  const app = { ...sample.app, settings: { ...sample.app.settings, templates } };
  return { ...sample, app, templates };
}

test('a template broken while the program runs does not stop the mail, and the log names its line', async () => {
  const { app, events, templates } = await openWithTemplates();
  const before = await keepTemplateKit(app, NEWSLETTER);
  writeFileSync(join(templates, 'partials', 'lead.hbs'), 'one\n{{#if}}');
  expect(await keepTemplateKit(app, NEWSLETTER)).toEqual(before);
  await expect(loadTemplateKit(app, NEWSLETTER)).rejects.toThrow(/lead\.hbs, line 2/);
  expect(events.map(({ event }) => event)).toEqual(['templates.broken']);
  expect(events[0]?.fields['why']).toMatch(/lead\.hbs, line 2/);
});

test('what was whole at the start is kept, though nothing was printed yet', async () => {
  const { app, events, templates } = await openWithTemplates();
  await proveTemplates(app);
  expect(events).toEqual([]);
  writeFileSync(join(templates, 'issue.txt'), '{{#each}}');
  expect((await keepTemplateKit(app, NEWSLETTER)).text).toContain('{{words.caughtUp}}');
});

test('a template that is broken at the start is reported with its line', async () => {
  const { app, events, templates } = await openWithTemplates();
  writeFileSync(join(templates, 'issue.mjml'), '<mjml>\n<mj-body>\n</mjml>');
  await proveTemplates(app);
  expect(events[0]?.fields['why']).toMatch(/issue\.mjml, line 3/);
  await expect(keepTemplateKit(app, NEWSLETTER)).rejects.toThrow(/issue\.mjml, line 3/);
});

test('a design too faint to read, and a look there is not, are refused before anything is changed', async () => {
  const { app } = await openSampleApp();
  const written = (change: object) => [
    {
      slug: 'morning',
      name: 'The Morning',
      sender: { address: 'brief@example.org' },
      zone: 'Europe/Berlin',
      themes: [{ slug: 'world', name: 'World' }],
      ...change,
    },
  ];
  const apply = (change: object) => applyConfiguration(app, written(change), { isDryRun: false });
  await expect(apply({ design: { accent: '#ff6600' } })).rejects.toThrow(
    /^The design of "morning" is too faint to read: accent #ff6600 on paper #fffdf8 has a contrast of 2\.\d and needs 7\. Choose/,
  );
  await expect(apply({ look: 'loud' })).rejects.toThrow(/no look named "loud"/);
  expect(await listNewsletters(app.store)).toEqual([]);
  await apply({ look: 'wire', design: { accent: '#7a0019' } });
  expect(await listNewsletters(app.store)).toMatchObject([
    { look: 'wire', design: { values: { accent: '#7a0019' } } },
  ]);
});
