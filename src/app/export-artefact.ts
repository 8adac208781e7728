import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readMessage } from '../domain/email.ts';
import { formatMessage } from '../deliver/format-message.ts';
import type { App } from './app.ts';
import { parseIssueName } from './choose-newsletter.ts';
import { loadSigner } from './load-signer.ts';
import { templatesFolder } from './load-template-kit.ts';
import { previewMessage } from './preview-message.ts';
import { SAMPLE_LETTERS } from './sample-letters.ts';

const FORMATS = ['html', 'text', 'eml', 'mjml'] as const;

/** What `daybrief render` can write. */
export type ArtefactFormat = (typeof FORMATS)[number];

/** True for a format exportArtefact knows. */
export function isArtefactFormat(text: string): text is ArtefactFormat {
  return (FORMATS as readonly string[]).includes(text);
}

/** The bytes of one artefact of an issue (or `sample/NAME`), as one reader gets it or as nobody in particular. */
export async function exportArtefact(
  app: App,
  name: string,
  options: { format: ArtefactFormat; as?: string; newsletter?: string },
): Promise<Uint8Array> {
  if (options.format === 'mjml') {
    const letter = SAMPLE_LETTERS.find(({ kind }) => name === `sample/${kind}`);
    return await readFile(join(templatesFolder(app), `${letter?.kind ?? 'issue'}.mjml`));
  }
  const message = await previewMessage(
    app,
    await nameWhole(app, name, options.newsletter),
    options.as,
  );
  if (options.format === 'eml') return await formatMessage(message, await loadSigner(app.settings));
  const { html, text } = readMessage(message);
  return Buffer.from(options.format === 'html' ? html : text);
}

async function nameWhole(app: App, name: string, newsletterSlug?: string): Promise<string> {
  if (name.startsWith('sample/')) return name;
  const { key } = await parseIssueName(app, name, newsletterSlug);
  return `${key.newsletter}/${key.date}`;
}
