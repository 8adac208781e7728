import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { IssueDocument, IssueStory } from '../../src/domain/issue.ts';
import { compileTemplates, type TemplateKit } from '../../src/render/compile-templates.ts';
import { chooseLook, readTemplates } from '../../src/render/read-templates.ts';

export const TEMPLATES = fileURLToPath(new URL('../../templates', import.meta.url));

export function readSample(name: string): IssueDocument {
  const file = new URL(`../../seeds/samples/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as IssueDocument;
}

export async function compileBroadsheet(): Promise<TemplateKit> {
  const sources = await readTemplates(TEMPLATES);
  return compileTemplates(sources, chooseLook(sources, 'broadsheet'));
}

/** The quiet day with other words in its lead. */
export function withLead(change: Partial<IssueStory>): IssueDocument {
  const document = readSample('quiet-day');
  if (!document.lead) throw new Error('the sample has a lead');
  return { ...document, lead: { ...document.lead, ...change } };
}
