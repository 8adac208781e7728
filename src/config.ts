import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { BOUNCE_SETTINGS, toBounceSettings, type BounceSettings } from './bounce-config.ts';
import { BriefingError } from './domain/briefing-error.ts';
import { makeSecret, type Secret } from './domain/secret.ts';
import { findAddressFault } from './domain/subscriber.ts';
import { KEEP_SETTINGS, toKeepSettings, type KeepSettings } from './keep-config.ts';
import {
  listModelFaults,
  MODEL_SETTINGS,
  toModelSettings,
  type ModelSettings,
} from './model-config.ts';
import { listMailFaults, MAIL_SETTINGS, toMailSettings, type MailSettings } from './mail-config.ts';
import { findNumberFault, setting, splitList, toText, type Setting } from './setting.ts';
import { readTransports, type TransportSettings } from './transport-config.ts';

/** Process settings, checked. What an editor changes lives in the store instead. */
export interface Settings {
  readonly data: string;
  readonly databaseUrl: Secret;
  readonly smtpUrl: Secret;
  readonly smtpConnections: number;
  readonly mail: MailSettings;
  readonly publicUrl: string;
  readonly ownAddresses: readonly string[];
  readonly secret: Secret;
  readonly fetchAllow: readonly string[];
  /** What programs that push articles show; empty: nobody may. */
  readonly pushToken: Secret;
  readonly imapPassword: Secret;
  readonly bounces: BounceSettings;
  /** Null: no language model is asked. */
  readonly model: ModelSettings | null;
  readonly keep: KeepSettings;
  readonly templates: string;
  readonly port: number;
  readonly host: string;
  readonly logLevel: string;
  /** The daybrief.yaml that was read, or would be. */
  readonly configFile: string;
}

/** Where a setting's value came from. */
type SettingOrigin = 'flag' | 'environment' | 'daybrief.yaml' | 'default';

const findSecretFault = (value: string): string | null =>
  value === '' || value.length >= 16 ? null : 'it needs at least 16 characters';

export const SETTINGS: readonly Setting[] = [
  setting('data', 'DAYBRIEF_DATA', {
    fallback: './data',
    meaning: 'folder of the store and the built-in inbox',
  }),
  setting('database_url', 'DAYBRIEF_DATABASE_URL', {
    meaning: 'empty: the embedded store in the data folder',
    isSecret: true,
    findFault: (value) =>
      value === '' ? null : 'this version has only the embedded store: leave it empty',
  }),
  setting('smtp_url', 'DAYBRIEF_SMTP_URL', {
    meaning:
      'where mail goes: `smtp://user:password@host:587`, `smtps://…`, `file:./outbox` for .eml files, `inbox:` for the built-in inbox',
    isSecret: true,
    findFault: (value) =>
      /^(smtps?:\/\/|file:|inbox:|$)/.test(value)
        ? null
        : 'it must start with smtp://, smtps://, file: or inbox:',
  }),
  ...MAIL_SETTINGS,
  setting('public_url', 'DAYBRIEF_PUBLIC_URL', {
    meaning: 'address at which readers reach the web server; empty: only own addresses are mailed',
    findFault: (value) =>
      value === '' || /^https?:\/\/[^\s]+$/.test(value) ? null : 'it must be an http or https URL',
  }),
  setting('own_addresses', 'DAYBRIEF_OWN_ADDRESSES', {
    meaning: 'your own addresses, comma-separated: they get mail without a public address',
    findFault: (value) => splitList(value).map(findAddressFault).find(Boolean) ?? null,
  }),
  setting('secret', 'DAYBRIEF_SECRET', {
    meaning: 'signs the links in mails; empty: made once and kept in the store',
    isSecret: true,
    findFault: findSecretFault,
  }),
  setting('fetch_allow', 'DAYBRIEF_FETCH_ALLOW', {
    meaning: 'private `host:port` pairs feeds may be fetched from, comma-separated',
    findFault: (value) =>
      splitList(value).every((item) => /^[^\s/]+:\d+$/.test(item))
        ? null
        : 'each item must be host:port',
  }),
  setting('push_token', 'DAYBRIEF_PUSH_TOKEN', {
    meaning: 'token of programs that push articles to `POST /api/v1/articles`; empty: nobody may',
    isSecret: true,
    findFault: findSecretFault,
  }),
  setting('imap_password', 'DAYBRIEF_IMAP_PASSWORD', {
    meaning: 'password of the mailboxes that are feeds (`imaps://user@host/Folder`)',
    isSecret: true,
  }),
  ...BOUNCE_SETTINGS,
  ...MODEL_SETTINGS,
  ...KEEP_SETTINGS,
  setting('templates', 'DAYBRIEF_TEMPLATES', {
    meaning: 'folder of your own templates; empty: the built-in ones',
  }),
  setting('port', 'PORT', {
    fallback: '4400',
    meaning: 'port of the web server and the preview; 0 takes a free one',
    findFault: (value) => findNumberFault(value, 0, 65_535),
  }),
  setting('host', 'HOST', {
    fallback: '127.0.0.1',
    meaning: 'address the web server of `run` listens on',
  }),
  setting('log_level', 'DAYBRIEF_LOG_LEVEL', {
    fallback: 'info',
    meaning: '`debug`, `info`, `warn` or `error`',
    findFault: (value) =>
      /^(debug|info|warn|error)$/.test(value) ? null : 'it must be debug, info, warn or error',
  }),
];

/** A setting's value and origin, secrets masked: what `config show` prints. */
type ShownSetting = Pick<Setting, 'key' | 'environment'> & {
  readonly value: string;
  readonly origin: SettingOrigin;
};

/** Everything read at start: the settings, where each came from, and the rest of daybrief.yaml. */
export interface Configuration {
  readonly settings: Settings;
  readonly shown: readonly ShownSetting[];
  /** The `newsletters:` part of daybrief.yaml, unchecked; undefined when there is none. */
  readonly newsletters: unknown;
}

/** Reads flags over environment (with `.env`) over daybrief.yaml over defaults; refuses every wrong value together. */
export function loadConfiguration(
  flags: Readonly<Record<string, string>>,
  cwd = process.cwd(),
): Configuration {
  const configFile = resolve(cwd, flags['config'] ?? 'daybrief.yaml');
  if (flags['config'] !== undefined && !existsSync(configFile)) {
    throw new BriefingError(
      'invalid',
      `There is no configuration file ${configFile}. Check the path given with --config, or make one with: daybrief init`,
    );
  }
  loadEnvironmentFile(join(dirname(configFile), '.env'));
  const file = flattenGroups(readConfigurationFile(configFile));
  const read = SETTINGS.map((known) => readSetting(known, { flags, file }));
  const values = Object.fromEntries(read.map(({ known, value }) => [known.key, value]));
  const listed = readTransports(file['transports'], (name) => process.env[name]);
  const faults = [
    ...listUnknownKeys(file).map(
      (key) => `${configFile} has a setting "${key}" that does not exist`,
    ),
    ...read.flatMap(({ known, value }) => {
      const fault = known.findFault(value);
      return fault ? [`${known.environment} (${known.key}): ${fault}`] : [];
    }),
    ...listModelFaults(values),
    ...listMailFaults(values, listed),
  ];
  if (faults.length > 0) {
    throw new BriefingError('invalid', `These settings cannot be used. ${faults.join('; ')}.`);
  }
  return {
    settings: toSettings(values, configFile, listed.transports),
    shown: read.map(({ known, value, origin }) => ({
      key: known.key,
      environment: known.environment,
      value: known.isSecret && value ? '••••' : value,
      origin,
    })),
    newsletters: file['newsletters'],
  };
}

function toSettings(
  values: Readonly<Record<string, string>>,
  configFile: string,
  transports: readonly TransportSettings[],
): Settings {
  const base = dirname(configFile);
  const value = (key: string): string => values[key] ?? '';
  return {
    data: isAbsolute(value('data')) ? value('data') : resolve(base, value('data')),
    databaseUrl: makeSecret(value('database_url')),
    smtpUrl: makeSecret(value('smtp_url')),
    smtpConnections: Number(value('smtp_connections')),
    mail: toMailSettings(values, transports),
    publicUrl: value('public_url').replace(/\/+$/, ''),
    ownAddresses: splitList(value('own_addresses')),
    secret: makeSecret(value('secret')),
    fetchAllow: splitList(value('fetch_allow')),
    pushToken: makeSecret(value('push_token')),
    imapPassword: makeSecret(value('imap_password')),
    bounces: toBounceSettings(values),
    model: toModelSettings(values),
    keep: toKeepSettings(values),
    templates: value('templates') && resolve(base, value('templates')),
    port: Number(value('port')),
    host: value('host'),
    logLevel: value('log_level'),
    configFile,
  };
}

/** Parses YAML text; throws BriefingError with line and column. */
export function parseYamlText(text: string, file: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new BriefingError(
      'invalid',
      `${file} is not valid YAML: ${why}. Mend that line and try again.`,
    );
  }
}

function readConfigurationFile(file: string): Record<string, unknown> {
  if (!existsSync(file)) return {};
  const parsed = parseYamlText(readFileSync(file, 'utf8'), file) ?? {};
  if (typeof parsed !== 'object' || Array.isArray(parsed)) {
    throw new BriefingError(
      'invalid',
      `${file} must be a list of "key: value" lines. Compare it with the one that "daybrief init" writes.`,
    );
  }
  return parsed as Record<string, unknown>;
}

/** Settings that belong together may stand below one name: `model: { url: … }` is `model.url`. */
function flattenGroups(file: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(file).flatMap(([key, value]): [string, unknown][] => {
    const isGroup = SETTINGS.some((known) => known.key.startsWith(`${key}.`));
    if (isGroup && value === null) return [];
    if (!isGroup || typeof value !== 'object' || value === null) return [[key, value]];
    return Object.entries(value).map(([name, inner]) => [`${key}.${name}`, inner as unknown]);
  });
  return Object.fromEntries(entries);
}

/** A misspelt key would be ignored in silence, and its default obeyed. */
function listUnknownKeys(file: Record<string, unknown>): readonly string[] {
  const known = new Set(['newsletters', 'transports', ...SETTINGS.map(({ key }) => key)]);
  return Object.keys(file).filter((key) => !known.has(key));
}

function loadEnvironmentFile(file: string): void {
  if (existsSync(file)) process.loadEnvFile(file);
}

function readSetting(
  known: Setting,
  sources: { flags: Readonly<Record<string, string>>; file: Record<string, unknown> },
): { known: Setting; value: string; origin: SettingOrigin } {
  const flag = sources.flags[known.key];
  if (flag !== undefined) return { known, value: resolveFlag(known, flag), origin: 'flag' };
  const environment = process.env[known.environment];
  if (environment !== undefined && environment !== '') {
    return { known, value: environment, origin: 'environment' };
  }
  const written = sources.file[known.key];
  if (written !== undefined && written !== null) {
    return { known, value: toText(written), origin: 'daybrief.yaml' };
  }
  return { known, value: known.fallback, origin: 'default' };
}

function resolveFlag(known: Setting, value: string): string {
  return known.key === 'data' ? resolve(value) : value;
}
