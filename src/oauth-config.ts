import { makeSecret, type Secret } from './domain/secret.ts';
import { setting, type Setting } from './setting.ts';

/** Where access tokens for mail servers come from (RFC 6749). */
export interface OauthSettings {
  readonly url: string;
  readonly client: string;
  readonly secret: Secret;
  /** Empty: tokens are given to the client itself (section 4.4). */
  readonly refreshToken: Secret;
  readonly scope: string;
}

/** The rows of the settings' table that are about log-in with tokens; in daybrief.yaml they stand below `oauth:`. */
export const OAUTH_SETTINGS: readonly Setting[] = [
  setting('oauth.url', 'DAYBRIEF_OAUTH_URL', {
    meaning:
      'where access tokens for mail servers come from, such as `https://oauth2.googleapis.com/token`; for mail URLs that end in `?auth=oauth`',
    findFault: (value) =>
      /^$|^https:\/\/[^\s@]+$|^http:\/\/(127\.0\.0\.1|localhost)[:/][^\s@]*$/.test(value)
        ? null
        : 'it must be an https URL',
  }),
  setting('oauth.client', 'DAYBRIEF_OAUTH_CLIENT', { meaning: 'id of your client there' }),
  setting('oauth.secret', 'DAYBRIEF_OAUTH_SECRET', {
    meaning: 'its secret, where it has one',
    isSecret: true,
  }),
  setting('oauth.refresh_token', 'DAYBRIEF_OAUTH_REFRESH_TOKEN', {
    meaning: 'refresh token of the mailbox; empty: the client asks in its own name',
    isSecret: true,
  }),
  setting('oauth.scope', 'DAYBRIEF_OAUTH_SCOPE', {
    meaning:
      'scope to ask for, where one is wanted, such as `https://outlook.office365.com/.default`',
  }),
];

/** What is wrong with log-in by token where some mail server wants it, one sentence each. */
export function listOauthFaults(
  values: Readonly<Record<string, string>>,
  urls: readonly string[],
): readonly string[] {
  if (!urls.some((url) => url.endsWith('?auth=oauth'))) return [];
  const lacks = (key: string) => (values[key] ?? '') === '';
  return lacks('oauth.url') || lacks('oauth.client')
    ? [
        'a mail URL ends in ?auth=oauth: set DAYBRIEF_OAUTH_URL (oauth.url) and DAYBRIEF_OAUTH_CLIENT (oauth.client)',
      ]
    : [];
}

/** The settings of log-in by token out of checked values; null when there is none. */
export function toOauthSettings(values: Readonly<Record<string, string>>): OauthSettings | null {
  const value = (key: string): string => values[`oauth.${key}`] ?? '';
  if (value('url') === '') return null;
  return {
    url: value('url'),
    client: value('client'),
    secret: makeSecret(value('secret')),
    refreshToken: makeSecret(value('refresh_token')),
    scope: value('scope'),
  };
}
