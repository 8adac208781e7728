import type { BounceNotice } from '../domain/bounce.ts';
import { parseMailgunEvent } from './parse-mailgun-event.ts';
import { parsePostmarkEvent } from './parse-postmark-event.ts';
import { parseSendgridEvents } from './parse-sendgrid-events.ts';
import { parseSesEvent } from './parse-ses-event.ts';

/** Mail providers whose webhooks are understood. */
export type Provider = 'ses' | 'postmark' | 'mailgun' | 'sendgrid';

const PARSERS: Readonly<Record<Provider, (body: unknown) => readonly BounceNotice[]>> = {
  ses: parseSesEvent,
  postmark: parsePostmarkEvent,
  mailgun: parseMailgunEvent,
  sendgrid: parseSendgridEvents,
};

/** True for the name of a provider. */
export function isProvider(name: string): name is Provider {
  return Object.hasOwn(PARSERS, name);
}

/** What a webhook's JSON says came back; events that are none (opened, delivered) give nothing. Never throws. */
export function parseWebhook(provider: Provider, body: unknown): readonly BounceNotice[] {
  return PARSERS[provider](body);
}
