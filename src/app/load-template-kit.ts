import { existsSync } from 'node:fs';
import { join } from 'node:path';
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

/** The templates of notices, compiled for a look; a folder of own templates without them has the built-in ones. */
export async function loadNoticeKit(app: App, look: string): Promise<TemplateKit> {
  const own = templatesFolder(app);
  const hasOwn = existsSync(join(own, 'notice.mjml'));
  const sources = await readTemplates(hasOwn ? own : join(PACKAGE_ROOT, 'templates'), 'notice');
  const isKnown = Object.hasOwn(sources.looks, look);
  return await compileTemplates(sources, chooseLook(sources, isKnown ? look : 'broadsheet'));
}
