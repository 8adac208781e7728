import { makeSecret, type Secret } from './domain/secret.ts';
import { findAddressFault } from './domain/subscriber.ts';
import { findNumberFault, setting, type Setting } from './setting.ts';

/** How mails that come back find their way here, and when an address is given up. */
export interface BounceSettings {
  /** Where they come back to, each with a token of its own; empty: to the newsletter's sender. */
  readonly address: string;
  /** `imaps:` URL; empty: none is read. */
  readonly mailbox: string;
  readonly password: Secret;
  /** What mail providers show; empty: none may. */
  readonly webhookToken: Secret;
  /** Verification key of SendGrid's signed webhooks; empty: none is taken for being signed. */
  readonly sendgridKey: string;
  /** The SNS topic whose signed messages are taken; empty: none. */
  readonly snsTopic: string;
  readonly softLimit: number;
  readonly softDays: number;
}

/** The rows of the settings' table that are about bounces. */
export const BOUNCE_SETTINGS: readonly Setting[] = [
  setting('bounce_address', 'DAYBRIEF_BOUNCE_ADDRESS', {
    meaning:
      'where mails that cannot be delivered come back to, each as `name+token@…`; empty: the newsletter’s sender',
    findFault: (value) =>
      value === '' || /^[^@+]{1,20}@/.test(value)
        ? value === ''
          ? null
          : findAddressFault(value)
        : 'it needs at most 20 characters before the @, and no +',
  }),
  setting('bounce_mailbox', 'DAYBRIEF_BOUNCE_MAILBOX', {
    meaning: 'mailbox those mails arrive in: `imaps://user@host/Folder`; `run` reads it',
    findFault: (value) =>
      value === '' || /^imaps:\/\/[^/\s@]+@[^/\s]+/i.test(value)
        ? null
        : 'it must be imaps://user@host/Folder',
  }),
  setting('bounce_password', 'DAYBRIEF_BOUNCE_PASSWORD', {
    meaning: 'password of that mailbox',
    isSecret: true,
  }),
  setting('webhook_token', 'DAYBRIEF_WEBHOOK_TOKEN', {
    meaning:
      'token a mail provider shows at `POST /webhooks/ses`, `postmark`, `mailgun` or `sendgrid`; empty: none may',
    isSecret: true,
    findFault: (value) =>
      value === '' || value.length >= 16 ? null : 'it needs at least 16 characters',
  }),
  setting('sendgrid_key', 'DAYBRIEF_SENDGRID_KEY', {
    meaning: 'verification key of SendGrid’s signed event webhook, in place of the token',
    findFault: (value) =>
      /^([\w+/]{40,}={0,2})?$/.test(value) ? null : 'it must be the key as SendGrid shows it',
  }),
  setting('sns_topic', 'DAYBRIEF_SNS_TOPIC', {
    meaning: 'Amazon SNS topic (`arn:aws:sns:…`) whose signed messages need no token',
    findFault: (value) =>
      /^(arn:aws[\w-]*:sns:[\w-]+:\d+:[\w-]+)?$/.test(value)
        ? null
        : 'it must be arn:aws:sns:REGION:ACCOUNT:TOPIC',
  }),
  setting('soft_bounce_limit', 'DAYBRIEF_SOFT_BOUNCE_LIMIT', {
    fallback: '5',
    meaning: 'an address is given up after so many mails in a row came back for a while only …',
    findFault: (value) => findNumberFault(value, 1, 1_000),
  }),
  setting('soft_bounce_days', 'DAYBRIEF_SOFT_BOUNCE_DAYS', {
    fallback: '14',
    meaning: '… and over at least so many days',
    findFault: (value) => findNumberFault(value, 0, 365),
  }),
];

/** The settings of bounces out of checked values. */
export function toBounceSettings(values: Readonly<Record<string, string>>): BounceSettings {
  const value = (key: string): string => values[key] ?? '';
  return {
    address: value('bounce_address'),
    mailbox: value('bounce_mailbox'),
    password: makeSecret(value('bounce_password')),
    webhookToken: makeSecret(value('webhook_token')),
    sendgridKey: value('sendgrid_key'),
    snsTopic: value('sns_topic'),
    softLimit: Number(value('soft_bounce_limit')),
    softDays: Number(value('soft_bounce_days')),
  };
}
