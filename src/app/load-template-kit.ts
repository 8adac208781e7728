import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BriefingError } from '../domain/briefing-error.ts';
import type { Letter } from '../domain/letter.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { checkTemplates, compileTemplates, type TemplateKit } from '../render/compile-templates.ts';
import { dressLook } from '../render/dress-look.ts';
import { listLookFaults } from '../render/list-look-faults.ts';
import { chooseLook, readTemplates, type TemplateSources } from '../render/read-templates.ts';
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
export async function loadTemplateKit(app: App, dress: Dress): Promise<TemplateKit> {
  return await compileFor(await readTemplates(templatesFolder(app)), dress);
}

const lastGood = new WeakMap<App, TemplateSources>();

/** The templates to send with: those on disk, or, while they are broken, the last that this process could use; the log names file and line. Throws as `loadTemplateKit` does when there were none. */
export async function keepTemplateKit(app: App, dress: Dress): Promise<TemplateKit> {
  try {
    const sources = await readTemplates(templatesFolder(app));
    const kit = await compileFor(sources, dress);
    lastGood.set(app, sources);
    return kit;
  } catch (error) {
    const kept = lastGood.get(app);
    if (!kept || !(error instanceof BriefingError)) throw error;
    app.log.error('templates.broken', { why: error.message });
    return await compileFor(kept, dress);
  }
}

/** Looks over the templates when the program starts, and logs what is broken; what is whole is kept to fall back on. MJML, which weighs 100 MB, is not loaded for it. */
export async function proveTemplates(app: App): Promise<void> {
  try {
    const sources = await readTemplates(templatesFolder(app));
    checkTemplates(sources);
    lastGood.set(app, sources);
  } catch (error) {
    if (!(error instanceof BriefingError)) throw error;
    app.log.error('templates.broken', { why: error.message });
  }
}

async function compileFor(sources: TemplateSources, { look, design }: Dress): Promise<TemplateKit> {
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

/**
 * The templates of a letter, a notice or a proof's bar, in the look that its reader chose, else in the newsletter's; where that is gone, in the usual one.
 * A folder of own templates without them has the built-in ones.
 */
export async function loadLetterKit(
  app: App,
  { look, design, chosen }: Dress & { readonly chosen?: string | null },
  name: Letter['kind'] | 'notice' | 'proof',
): Promise<TemplateKit> {
  const own = templatesFolder(app);
  const hasOwn = existsSync(join(own, `${name}.mjml`));
  const sources = await readTemplates(hasOwn ? own : join(PACKAGE_ROOT, 'templates'), name);
  const worn = [chosen ?? look, look].find((one) => Object.hasOwn(sources.looks, one));
  const isOwnDesign = worn === look && design;
  return await compileTemplates(
    sources,
    chooseLook(sources, worn ?? 'broadsheet'),
    isOwnDesign ? { design } : {},
  );
}
