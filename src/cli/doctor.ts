import type { Command } from 'commander';
import { act, loadFlags, type GlobalFlags } from './command-context.ts';
import { print, printJson } from './terminal.ts';

const SIGNS = { ok: '✓', warning: '!', failed: '✗' };

/** `daybrief doctor`: what is wrong and how to mend it. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description(
      'check runtime, zone data, store, templates, feeds, signing keys, mail server, DNS records and model; never sends',
    )
    .action(act(doctor));
}

async function doctor(flags: GlobalFlags): Promise<number> {
  const { examineSetup } = await import('../app/examine-setup.ts');
  const findings = await examineSetup(await loadFlags(flags));
  if (flags.json) printJson(findings);
  else
    for (const { level, check, message, fix } of findings)
      print(`${SIGNS[level]} ${check}: ${message}${fix ? `\n    ${fix}` : ''}`);
  return findings.some(({ level }) => level === 'failed') ? 3 : 0;
}
