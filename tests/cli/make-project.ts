import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './run-command.ts';

const YAML = `
newsletters:
  - slug: harbour
    name: Harbour Morning
    sender: { name: Harbour Morning, address: morning@harbour.example }
    zone: Europe/London
    themes: [{ slug: sea, name: The Sea }]
`;

/** A folder with the daybrief.yaml of one newsletter; it goes when the test ends. */
export function makeProject(): string {
  const folder = makeFolder();
  writeFileSync(join(folder, 'daybrief.yaml'), YAML);
  return folder;
}
