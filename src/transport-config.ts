import { parseDomainLimits, type DomainLimit } from './domain/domain-limit.ts';
import { makeSecret, type Secret } from './domain/secret.ts';
import { NO_QUOTA, parseQuota, type SendQuota } from './domain/send-quota.ts';
import { parseWarmUp } from './domain/warm-up.ts';
import { findNumberFault, toText } from './setting.ts';

/** One way out for mail, and what it may be given. */
export interface TransportSettings {
  /** Empty for the only one, which `smtp_url` names. */
  readonly name: string;
  readonly url: Secret;
  /** Its share of the connections, beside those of the others. */
  readonly weight: number;
  readonly quota: SendQuota;
  /** Domains that are not mailed as fast as it goes. */
  readonly perDomain: ReadonlyMap<string, DomainLimit>;
}

/** The `transports:` of daybrief.yaml, and all that is wrong with them, one sentence each. */
export interface ReadTransports {
  readonly transports: readonly TransportSettings[];
  readonly faults: readonly string[];
}

const KEYS: readonly string[] = [
  'name',
  'url',
  'url_from',
  'weight',
  'quota',
  'per_domain',
  'warm_up',
];
const PLACES = /^(smtps?:\/\/|file:)/;

/** Reads `transports:`, none when there is no such list; `readVariable` looks into the environment, where their addresses with the passwords are. */
export function readTransports(
  written: unknown,
  readVariable: (name: string) => string | undefined,
): ReadTransports {
  if (written === undefined || written === null) return { transports: [], faults: [] };
  const entries: readonly unknown[] = Array.isArray(written) ? written : [];
  if (entries.length === 0)
    return {
      transports: [],
      faults: ['transports must be a list, each with a name and a url_from'],
    };
  const read = entries.map((entry, place) => readTransport(entry, { place, readVariable }));
  const names = read.map(({ transport }) => transport.name);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  return {
    transports: read.map(({ transport }) => transport),
    faults: [
      ...read.flatMap(({ faults }) => faults),
      ...(twice === undefined ? [] : [`transports has "${twice}" twice: give each its own name`]),
    ],
  };
}

function readTransport(
  entry: unknown,
  from: { place: number; readVariable: (name: string) => string | undefined },
): { transport: TransportSettings; faults: readonly string[] } {
  const isTable = typeof entry === 'object' && entry !== null && !Array.isArray(entry);
  const fields = (isTable ? entry : {}) as Readonly<Record<string, unknown>>;
  const text = (key: string) => toText(fields[key] ?? '').trim();
  const name = text('name');
  const variable = text('url_from');
  const url = variable === '' ? text('url') : (from.readVariable(variable) ?? '');
  const weight = text('weight') || '1';
  const quota = parseQuota(text('quota'));
  const warmUp = parseWarmUp(text('warm_up'));
  const perDomain = parseDomainLimits(text('per_domain'));
  const stranger = Object.keys(fields).find((key) => !KEYS.includes(key));
  const faults = [
    stranger === undefined ? null : `"${stranger}" does not exist`,
    /^[a-z0-9][a-z0-9-]{0,30}$/.test(name)
      ? null
      : 'its name must be small letters, digits and hyphens',
    findPlaceFault({ variable, url, isInFile: variable === '' }),
    weight === '1' ? null : findNumberFault(weight, 1, 100)?.replace('it', 'its weight'),
    quota ? null : 'its quota must be like 14/s, 1000/h, 50000/d, each at most once',
    warmUp || text('warm_up') === '' ? null : 'its warm_up must be like 50 from 2026-03-09',
    typeof perDomain === 'string' ? `its per_domain: ${perDomain}` : null,
  ].filter((fault) => fault !== null && fault !== undefined);
  return {
    transport: {
      name,
      url: makeSecret(url),
      weight: Number(weight),
      quota: { ...(quota ?? NO_QUOTA), warmUp },
      perDomain: typeof perDomain === 'string' ? new Map() : perDomain,
    },
    faults: (isTable ? faults : ['it must have a name and a url_from']).map(
      (fault) => `transports, number ${from.place + 1}${name && ` (${name})`}: ${fault}`,
    ),
  };
}

/** A password belongs into the environment, not into a file that is copied and shown. */
function findPlaceFault(place: {
  variable: string;
  url: string;
  isInFile: boolean;
}): string | null {
  const { variable, url, isInFile } = place;
  if (isInFile && url === '')
    return 'it needs url_from, the name of the environment variable with its address';
  if (!isInFile && url === '') return `the environment variable ${variable} is not set`;
  if (!PLACES.test(url)) return 'its address must start with smtp://, smtps:// or file:';
  return isInFile && url.includes('@')
    ? 'its address has a name or password: put it into .env and name the variable with url_from'
    : null;
}
