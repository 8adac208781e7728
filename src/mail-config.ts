import { parseDomainLimits } from './domain/domain-limit.ts';
import { makeSecret } from './domain/secret.ts';
import { NO_QUOTA, parseQuota } from './domain/send-quota.ts';
import { parseWarmUp } from './domain/warm-up.ts';
import {
  listOauthFaults,
  OAUTH_SETTINGS,
  toOauthSettings,
  type OauthSettings,
} from './oauth-config.ts';
import { findNumberFault, setting, type Setting } from './setting.ts';
import type { ReadTransports, TransportSettings } from './transport-config.ts';

/** How mail leaves: over how long a connection, and signed by whom. */
export interface MailSettings {
  /** Infinity when a connection is kept as long as the server keeps it. */
  readonly messagesPerConnection: number;
  /** The ways out, the first one first; none when no mail server is set. */
  readonly transports: readonly TransportSettings[];
  /** Null: no mail server is logged in to with a token. */
  readonly oauth: OauthSettings | null;
  /** Empty: mail is not signed. */
  readonly dkimDomain: string;
  readonly dkimSelector: string;
  /** Asked by doctor; empty: the system's. */
  readonly dnsServer: string;
}

/** The rows of the settings' table that are about mail that leaves. */
export const MAIL_SETTINGS: readonly Setting[] = [
  setting('smtp_connections', 'DAYBRIEF_SMTP_CONNECTIONS', {
    fallback: '4',
    meaning: 'connections to the mail server at once',
    findFault: (value) => findNumberFault(value, 1, 50),
  }),
  setting('smtp_messages_per_connection', 'DAYBRIEF_SMTP_MESSAGES_PER_CONNECTION', {
    fallback: '0',
    meaning:
      'messages after which a connection is opened afresh; 0: as long as the server keeps it',
    findFault: (value) => findNumberFault(value, 0, 100_000),
  }),
  setting('smtp_quota', 'DAYBRIEF_SMTP_QUOTA', {
    meaning:
      'messages the mail server takes from you, such as `14/s, 1000/h, 50000/d`; what exceeds it waits; empty: no limit',
    findFault: (value) =>
      parseQuota(value) ? null : 'it must be like 14/s, 1000/h, 50000/d, each at most once',
  }),
  setting('per_domain', 'DAYBRIEF_PER_DOMAIN', {
    meaning:
      'how much the servers of single domains are given: `gmail.com: 5/s, 2 at once; example.org: 20/m`; it holds up no others',
    findFault: findLimitsFault,
  }),
  setting('warm_up', 'DAYBRIEF_WARM_UP', {
    meaning:
      'a new sender begins with few: `50 from 2026-03-09` is 50 mails on that day and twice as many on each one after it',
    findFault: (value) =>
      value === '' || parseWarmUp(value) ? null : 'it must be like 50 from 2026-03-09',
  }),
  ...OAUTH_SETTINGS,
  setting('dkim_domain', 'DAYBRIEF_DKIM_DOMAIN', {
    meaning:
      'domain that signs mail, with the keys of `daybrief dkim new`; empty: mail is not signed',
    findFault: (value) =>
      /^([a-z0-9-]+\.)+[a-z0-9-]+$|^$/.test(value)
        ? null
        : 'it must be a domain such as example.org',
  }),
  setting('dkim_selector', 'DAYBRIEF_DKIM_SELECTOR', {
    fallback: 'daybrief',
    meaning: 'name of the signing keys in the DNS and in the data folder',
    findFault: (value) =>
      /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(value)
        ? null
        : 'it must be small letters, digits, dots and hyphens',
  }),
  setting('dns_server', 'DAYBRIEF_DNS_SERVER', {
    meaning:
      'name server that `doctor` asks about the sender’s domain, as `address:port`; empty: the system’s',
    findFault: (value) =>
      /^$|^\d{1,3}(\.\d{1,3}){3}(:\d{1,5})?$|^\[[0-9a-fA-F:]+\](:\d{1,5})?$/.test(value)
        ? null
        : 'it must be an address such as 192.0.2.53 or [2001:db8::53]:53',
  }),
];

function findLimitsFault(value: string): string | null {
  const limits = parseDomainLimits(value);
  return typeof limits === 'string' ? limits : null;
}

/** What is wrong with the settings of mail taken together, one sentence each. */
export function listMailFaults(
  values: Readonly<Record<string, string>>,
  { transports, faults }: ReadTransports,
): readonly string[] {
  const urls = [values['smtp_url'] ?? '', ...transports.map(({ url }) => url.reveal())];
  const tokenFaults = listOauthFaults(values, urls);
  if (transports.length === 0) return [...faults, ...tokenFaults];
  const idle = Object.entries(ONLY_FOR_ONE).flatMap(([key, inList]) =>
    (values[key] ?? '') === ''
      ? []
      : [`${key} is for a single mail server: with transports, write ${inList} below each`],
  );
  return [...faults, ...idle, ...tokenFaults];
}

const ONLY_FOR_ONE = { smtp_quota: 'quota', per_domain: 'per_domain', warm_up: 'warm_up' };

/** The settings of mail that leaves out of checked values; `listed` are the transports of daybrief.yaml. */
export function toMailSettings(
  values: Readonly<Record<string, string>>,
  listed: readonly TransportSettings[],
): MailSettings {
  return {
    messagesPerConnection: Number(values['smtp_messages_per_connection']) || Infinity,
    transports: listed.length > 0 ? listed : toOneTransport(values),
    oauth: toOauthSettings(values),
    dkimDomain: values['dkim_domain'] ?? '',
    dkimSelector: values['dkim_selector'] ?? '',
    dnsServer: values['dns_server'] ?? '',
  };
}

function toOneTransport(values: Readonly<Record<string, string>>): readonly TransportSettings[] {
  const url = values['smtp_url'] ?? '';
  const warmUp = parseWarmUp(values['warm_up'] ?? '');
  const quota = { ...(parseQuota(values['smtp_quota'] ?? '') ?? NO_QUOTA), warmUp };
  const limits = parseDomainLimits(values['per_domain'] ?? '');
  const perDomain: TransportSettings['perDomain'] = typeof limits === 'string' ? new Map() : limits;
  return url === '' ? [] : [{ name: '', url: makeSecret(url), weight: 1, quota, perDomain }];
}
