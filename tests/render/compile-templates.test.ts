import { mkdtemp, cp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compileTemplates } from '../../src/render/compile-templates.ts';
import { chooseLook, readTemplates } from '../../src/render/read-templates.ts';
import { TEMPLATES } from './sample-issues.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'templates-'));
  await cp(TEMPLATES, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

async function compile() {
  const sources = await readTemplates(folder);
  return compileTemplates(sources, chooseLook(sources, 'broadsheet'));
}

async function faultOf(file: string, source: string): Promise<unknown> {
  await writeFile(join(folder, file), source);
  return compile().catch((error: unknown) => error);
}

const mail = (body: string) =>
  `<mjml>\n<mj-body>\n<mj-section><mj-column>\n${body}\n</mj-column></mj-section></mj-body></mjml>`;

test('a kit is plain JSON with the look filled in and the Handlebars left in place', async () => {
  const kit = await compile();
  expect(JSON.parse(JSON.stringify(kit))).toEqual(kit);
  expect(kit.look).toBe('broadsheet');
  expect(kit.html).toContain('#fffdf8');
  expect(kit.html).toContain('{{#each sections}}');
  expect(JSON.stringify([kit.html, kit.text, kit.partials])).not.toContain('{{look.');
});

test.each([
  ['issue.mjml', mail('<mj-txt>x</mj-txt>'), /issue\.mjml, line 4: .*mj-txt/],
  ['issue.mjml', mail('<mj-text>x'), /issue\.mjml, line 5: <\/mj-column>/],
  [
    'issue.mjml',
    mail('<mj-text font-colour="red">x</mj-text>'),
    /issue\.mjml, line 4: .*font-colour/,
  ],
  ['issue.mjml', mail('<mj-include path="/etc/passwd" />'), /issue\.mjml, line 4: mj-include/],
  ['issue.mjml', mail('<mj-text>{{#if lead}}x</mj-text>'), /issue\.mjml, line \d: .*Mend the/],
  [
    'issue.mjml',
    mail('<mj-text color="{{look.nosuch}}">x</mj-text>'),
    /issue\.mjml, line 4: .*looks\/broadsheet\.json/,
  ],
  ['partials/story.hbs', '\n{{{headline}}}', /partials\/story\.hbs, line 2: .*Use two braces/],
  ['partials/story.hbs', '\n\n{{> nosuch}}', /partials\/story\.hbs, line 3: .*"nosuch"/],
  ['partials/story.txt', '\n{{shout headline}}', /partials\/story\.txt, line 2: .*shout/],
  ['issue.txt', '{{#each sections}}', /issue\.txt, line 1: /],
  ['issue.subject', 'x\n{{/if}}', /issue\.subject, line 2: /],
  ['issue.mjml', '', /issue\.mjml, line 1: /],
])('a broken %s is refused with its line: %j', async (file, source, message) => {
  expect(await faultOf(file, source)).toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(message) as string,
  });
});

test('a broken catalogue is refused by name', async () => {
  expect(await faultOf('catalogues/de.json', '{"links": "Links",}')).toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(/^catalogues\/de\.json .*line 1/) as string,
  });
  expect(await faultOf('catalogues/de.json', '{"links": {"toString": "x"}}')).toMatchObject({
    message: expect.stringContaining('catalogues/de.json') as string,
  });
});

test('a partial that links out of the folder is not read', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'outside-'));
  await writeFile(join(outside, 'secret.hbs'), 'secret');
  await symlink(join(outside, 'secret.hbs'), join(folder, 'partials/secret.hbs'));
  await expect(readTemplates(folder)).rejects.toThrow(/partials\/secret\.hbs leads out/);
  await rm(outside, { recursive: true });
});

test('a template name cannot climb out of the folder', async () => {
  await writeFile(`${folder}.mjml`, 'secret');
  await expect(
    readTemplates(join(folder, 'partials'), `../../${folder.split('/').at(-1)}`),
  ).rejects.toThrow(/leads out/);
  await rm(`${folder}.mjml`);
});

test('a missing folder, template or look is named', async () => {
  await expect(readTemplates('/nosuch')).rejects.toThrow(/no templates folder at \/nosuch/);
  await expect(readTemplates(folder, 'farewell')).rejects.toThrow(/farewell\.mjml is missing/);
  const sources = await readTemplates(folder);
  expect(() => chooseLook(sources, 'loud')).toThrow(/no look named "loud".*broadsheet/);
});

test('what was compiled before is not compiled again, and a change of any file is seen', async () => {
  const first = await compile();
  expect((await compile()).partials).toBe(first.partials);
  await writeFile(join(folder, 'partials/mark.hbs'), '<i>{{this}}</i>');
  expect((await compile()).partials['mark.hbs']).toBe('<i>{{this}}</i>');
});
