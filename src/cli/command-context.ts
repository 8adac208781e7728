import type { Command } from 'commander';
import type { App } from '../app/app.ts';
import type { Configuration } from '../config.ts';
import { BriefingError } from '../domain/briefing-error.ts';

/** The flags every command knows. */
export interface GlobalFlags {
  readonly config?: string;
  readonly data?: string;
  readonly newsletter?: string;
  readonly json?: boolean;
  readonly input: boolean;
  readonly color: boolean;
}

/** Runs a command's work and keeps its exit code: a number, or nothing for 0. */
export type Action<Options> = (
  flags: GlobalFlags & Options,
  ...names: string[]
) => Promise<number | void>;

let exitCode = 0;

/** The exit code the last action asked for. */
export function takeExitCode(): number {
  return exitCode;
}

/** Fits an action to commander, which hands over arguments first, then options, then the command. */
export function act<Options>(action: Action<Options>): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    const command = args.at(-1) as Command;
    const names = args
      .slice(0, -2)
      .flat()
      .filter((name) => name !== undefined) as string[];
    exitCode = (await action(command.optsWithGlobals<GlobalFlags & Options>(), ...names)) ?? 0;
  };
}

/** Reads settings and daybrief.yaml as the flags say. */
export async function loadFlags(flags: GlobalFlags): Promise<Configuration> {
  const { loadConfiguration } = await import('../config.ts');
  return loadConfiguration({
    ...(flags.config === undefined ? {} : { config: flags.config }),
    ...(flags.data === undefined ? {} : { data: flags.data }),
  });
}

/** Opens the app for one command and closes it whatever happens; a one-shot command logs warnings only when asked to. */
export async function withApp<Result>(
  flags: GlobalFlags,
  work: (app: App, configuration: Configuration) => Promise<Result>,
): Promise<Result> {
  const configuration = await loadFlags(flags);
  const { openLog } = await import('../log.ts');
  const { openApp, closeApp, explainFault } = await import('../app/open-app.ts');
  const app = await openApp(configuration, { log: openLog(chooseLogLevel(configuration)) });
  try {
    return await work(app, configuration);
  } catch (error) {
    throw explainFault(app, error);
  } finally {
    await closeApp(app);
  }
}

function chooseLogLevel(configuration: Configuration): string {
  const isAsked = configuration.shown.some(
    ({ key, origin }) => key === 'log_level' && origin !== 'default',
  );
  return isAsked ? configuration.settings.logLevel : 'fatal';
}

/** A whole number from an option; throws BriefingError that names the option. */
export function parseCount(text: string, option: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new BriefingError('invalid', `${option} needs a whole number, not "${text}".`);
}
