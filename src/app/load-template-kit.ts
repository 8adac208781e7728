import { join } from 'node:path';
import type { Letter } from '../domain/letter.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { compileTemplates, type TemplateKit } from '../render/compile-templates.ts';
import { dressLook } from '../render/dress-look.ts';
import { listLookFaults } from '../render/list-look-faults.ts';
import { chooseLook, readTemplates } from '../render/read-templates.ts';
import { PACKAGE_ROOT, type App } from './app.ts';

type Dress = Pick<Newsletter, 'look' | 'design'>;

/** The folder the templates of this installation are read from. */
export function templatesFolder(app: App): string {
  return app.settings.templates || join(PACKAGE_ROOT, 'templates');
}

/** The names of the looks there are. */
export async function listLooks(app: App): Promise<readonly string[]> {
  return Object.keys((await readTemplates(templatesFolder(app))).looks);
}

/** The templates as they are on disk now, compiled for a newsletter's look, and for the others that its readers may choose. Throws BriefingError with file and line for a broken one. */
export async function loadTemplateKit(app: App, { look, design }: Dress): Promise<TemplateKit> {
  const sources = await readTemplates(templatesFolder(app));
  const others = Object.values(sources.looks).filter(({ name }) => name !== look);
  return await compileTemplates(sources, chooseLook(sources, look), {
    ...(design && { design }),
    others,
  });
}

/** What is too faint to read in a newsletter's look with its own colours, each as the end of a sentence. Throws BriefingError for a look there is not. */
export async function examineLook(app: App, { look, design }: Dress): Promise<readonly string[]> {
  const sources = await readTemplates(templatesFolder(app));
  return listLookFaults(dressLook(chooseLook(sources, look), design).values);
}

/** The templates of one kind of letter, compiled for the look of who gets it. */
export async function loadLetterKit(
  app: App,
  { look, design }: Dress,
  kind: Letter['kind'],
): Promise<TemplateKit> {
  const sources = await readTemplates(templatesFolder(app), kind);
  return await compileTemplates(sources, chooseLook(sources, look), { ...(design && { design }) });
}
