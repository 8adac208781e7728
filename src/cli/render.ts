import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { BriefingError } from '../domain/briefing-error.ts';
import { act, withApp, type GlobalFlags } from './command-context.ts';
import { tell } from './terminal.ts';

interface RenderFlags {
  readonly format: string;
  readonly as?: string;
  readonly output?: string;
}

/** `daybrief render`: one artefact of an issue. */
export function addRenderCommand(program: Command): void {
  program
    .command('render <issue>')
    .description('write one artefact of an issue: html, text, eml or mjml')
    .option('--format <format>', 'html, text, eml or mjml', 'html')
    .option('--as <address>', 'as this subscriber gets it')
    .option('-o, --output <file>', 'write to a file instead of stdout')
    .action(act(render));
}

async function render(flags: GlobalFlags & RenderFlags, name: string): Promise<void> {
  await withApp(flags, async (app) => {
    const { exportArtefact, isArtefactFormat } = await import('../app/export-artefact.ts');
    if (!isArtefactFormat(flags.format)) {
      throw new BriefingError(
        'invalid',
        `There is no format "${flags.format}". Choose html, text, eml or mjml.`,
      );
    }
    const artefact = await exportArtefact(app, name, {
      format: flags.format,
      ...(flags.as === undefined ? {} : { as: flags.as }),
      ...(flags.newsletter === undefined ? {} : { newsletter: flags.newsletter }),
    });
    if (flags.output === undefined) process.stdout.write(artefact);
    else {
      writeArtefact(flags.output, artefact);
      tell(`Wrote ${flags.output}`);
    }
  });
}

function writeArtefact(file: string, artefact: Uint8Array): void {
  try {
    writeFileSync(file, artefact);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new BriefingError(
      'unavailable',
      `The file ${file} cannot be written (${code}). Choose another with -o.`,
      { cause: error },
    );
  }
}
