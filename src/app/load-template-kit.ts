import { join } from 'node:path';
import { compileTemplates, type TemplateKit } from '../render/compile-templates.ts';
import { chooseLook, readTemplates } from '../render/read-templates.ts';
import { PACKAGE_ROOT, type App } from './app.ts';

/** The folder the templates of this installation are read from. */
export function templatesFolder(app: App): string {
  return app.settings.templates || join(PACKAGE_ROOT, 'templates');
}

/** The templates as they are on disk now, compiled for a look. Throws BriefingError with file and line for a broken one. */
export async function loadTemplateKit(app: App, look: string): Promise<TemplateKit> {
  const sources = await readTemplates(templatesFolder(app));
  return await compileTemplates(sources, chooseLook(sources, look));
}
