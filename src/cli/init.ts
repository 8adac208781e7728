import type { Command } from 'commander';
import { act, type GlobalFlags } from './command-context.ts';
import { print, printJson } from './terminal.ts';

interface InitFlags {
  readonly name?: string;
  readonly address?: string;
  readonly zone?: string;
  readonly language?: string;
  readonly time?: string;
  readonly preset: string;
}

/** `daybrief init`: writes a commented daybrief.yaml and .env. */
export function addInitCommand(program: Command): void {
  program
    .command('init')
    .description('write a commented daybrief.yaml and .env here')
    .option('--preset <name>', 'themes to begin with: general, business or technology', 'general')
    .option('--name <name>', 'name of the newsletter')
    .option('--address <address>', 'your address: the sender, and the first to read it')
    .option('--zone <zone>', 'time zone of the send time (default: this machine’s)')
    .option('--language <code>', 'language of the newsletter')
    .option('--time <time>', 'send time, HH:MM')
    .action(act(init));
}

async function init(flags: GlobalFlags & InitFlags): Promise<void> {
  const { initProject } = await import('../app/init-project.ts');
  const { askAnswers } = await import('./ask-answers.ts');
  const { preset, name, address, zone, language, time } = flags;
  const answers = await askAnswers(dropUndefined({ name, address, zone, language, time }), flags);
  const written = initProject(process.cwd(), { preset, ...answers });
  if (flags.json) return printJson(written);
  for (const file of written.files) print(`Wrote ${file}`);
  print(
    'Next: add feeds with "daybrief feeds add ADDRESS", then "daybrief gather", "daybrief build", "daybrief preview". "daybrief doctor" says what is missing.',
  );
}

function dropUndefined<Value>(record: Record<string, Value | undefined>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined),
  ) as Record<string, Value>;
}
