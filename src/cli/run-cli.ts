import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { BriefingError, type ErrorCode } from '../domain/briefing-error.ts';
import { addBackupCommand } from './backup.ts';
import { addBounceCommand } from './bounce.ts';
import { addBuildCommand } from './build.ts';
import { addCheckCommand } from './check.ts';
import { takeExitCode } from './command-context.ts';
import { addConfigCommand } from './config.ts';
import { addCorrectCommand } from './correct.ts';
import { addDemoCommand } from './demo.ts';
import { addDkimCommand } from './dkim.ts';
import { addDoctorCommand } from './doctor.ts';
import { addEditCommand } from './edit.ts';
import { addExplainCommand } from './explain.ts';
import { addFeedsCommand } from './feeds.ts';
import { addGatherCommand } from './gather.ts';
import { addInitCommand } from './init.ts';
import { addIssuesCommand } from './issues.ts';
import { addLedgerCommand } from './ledger.ts';
import { addNewslettersCommand } from './newsletters.ts';
import { addCancelCommand, addPauseCommand } from './pause.ts';
import { addPreviewCommand } from './preview.ts';
import { addPruneCommand } from './prune.ts';
import { addRenderCommand } from './render.ts';
import { addReplayCommand } from './replay.ts';
import { addRestoreCommand } from './restore.ts';
import { addResumeCommand } from './resume.ts';
import { addRetryCommand } from './retry.ts';
import { addRunCommand } from './run.ts';
import { addSendCommand } from './send.ts';
import { addStatusCommand } from './status.ts';
import { addSubscribersCommand } from './subscribers.ts';
import { addSuppressionsCommand } from './suppressions.ts';
import { addTestCommand } from './test.ts';
import { addToolCommands } from './tools.ts';

const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  invalid: 2,
  not_found: 2,
  conflict: 6,
  unavailable: 1,
};

/** Runs one command line and returns its exit code; errors become one sentence on stderr. */
export async function runCli(args: readonly string[]): Promise<number> {
  process.stdout.on('error', leaveQuietly);
  try {
    await buildProgram().parseAsync(args, { from: 'user' });
    return takeExitCode();
  } catch (error) {
    return explain(error);
  }
}

/** Every command there is; each file adds its own and loads its work only when it runs. */
export function buildProgram(): Command {
  const program = new Command('daybrief')
    .description(
      'A daily briefing by mail: gathers feeds overnight, merges articles into stories, sends a Morning Brief.',
    )
    .version(readVersion(), '--version', 'print the version')
    .option('--config <file>', 'configuration file (default: ./daybrief.yaml)')
    .option('--data <dir>', 'folder of the store (default: ./data)')
    .option('--newsletter <slug>', 'which newsletter, where there are several')
    .option('--json', 'print the result as JSON')
    .option('--no-input', 'never ask; what would be asked ends with exit code 2')
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .exitOverride()
    .configureHelp({ showGlobalOptions: false });
  for (const add of COMMANDS) add(program);
  return program;
}

const COMMANDS = [
  addDemoCommand,
  addInitCommand,
  addDoctorCommand,
  addConfigCommand,
  addNewslettersCommand,
  addFeedsCommand,
  addSubscribersCommand,
  addGatherCommand,
  addBuildCommand,
  addEditCommand,
  addExplainCommand,
  addReplayCommand,
  addIssuesCommand,
  addPreviewCommand,
  addRenderCommand,
  addCheckCommand,
  addTestCommand,
  addSendCommand,
  addStatusCommand,
  addPauseCommand,
  addResumeCommand,
  addCancelCommand,
  addRetryCommand,
  addCorrectCommand,
  addLedgerCommand,
  addSuppressionsCommand,
  addBounceCommand,
  addRunCommand,
  addDkimCommand,
  addBackupCommand,
  addRestoreCommand,
  addPruneCommand,
  addToolCommands,
];

function readVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof BriefingError) {
    process.stderr.write(`daybrief: ${error.message}\n`);
    return error.exitCode ?? EXIT_CODES[error.code];
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `daybrief: Something went wrong that should not; please report it with these lines.\n${trace}\n`,
  );
  return 1;
}

/** Whoever read our output has gone (`| head`): that is no error. */
function leaveQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}
