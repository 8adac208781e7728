import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  compileBackground,
  type Background,
  type CommonWords,
} from '../cluster/compile-background.ts';
import { parseYamlText } from '../config.ts';
import { PACKAGE_ROOT } from './app.ts';

/** The shipped common words, seeds/common-words.yaml. */
export function loadBackground(): Background {
  const file = join(PACKAGE_ROOT, 'seeds', 'common-words.yaml');
  return compileBackground(parseYamlText(readFileSync(file, 'utf8'), file) as CommonWords);
}
