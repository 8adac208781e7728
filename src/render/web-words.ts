import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { chooseFurniture, type Catalogue, type Furniture } from './catalogue.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'templates', 'pages', 'words');

let known: Readonly<Record<string, Catalogue>> | undefined;

/** The words of the public pages in a language; English where there are none in it. They are no part of an issue, so nothing freezes them. */
export function chooseWebFurniture(language: string): Furniture {
  known ??= readWords();
  return chooseFurniture(known, language);
}

function readWords(): Readonly<Record<string, Catalogue>> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return Object.fromEntries(
    files.map((file) => [
      basename(file, '.json'),
      JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Catalogue,
    ]),
  );
}
