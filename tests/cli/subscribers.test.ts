import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, runCommand } from './run-command.ts';

const YAML = `
newsletters:
  - slug: harbour
    name: Harbour Morning
    sender: { name: Harbour Morning, address: morning@harbour.example }
    zone: Europe/London
    themes: [{ slug: sea, name: The Sea }, { slug: land, name: The Land }]
`;

test('daybrief subscribers edit says what a reader gets, or in one sentence why not', async () => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'daybrief.yaml'), YAML);
  const run = (...args: string[]) => runCommand(folder, ['subscribers', ...args]);
  await run('add', 'ada@example.org', '--consent', 'asked', '--topics', 'sea');
  const edited = await run('edit', 'ada@example.org', '--mute', 'land', '--minutes', '2', '--json');
  expect(JSON.parse(edited.stdout)).toMatchObject({
    topics: ['sea'],
    mutedThemes: ['land'],
    minutes: 2,
  });
  const refused = await run('edit', 'ada@example.org', '--minutes', '12');
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain('"12" is no reading time; it can be 2, 4, 8 minutes.');
  expect(await run('edit', 'ada@example.org')).toMatchObject({ code: 2 });
});
