import { join } from 'node:path';
import { BriefingError } from '../domain/briefing-error.ts';
import { openInbox, type Inbox } from '../deliver/open-inbox.ts';
import { openTransport, type Transport } from '../deliver/open-transport.ts';
import type { App } from './app.ts';
import { loadSigner } from './load-signer.ts';

/** The way out for mail: connections to whatever DAYBRIEF_SMTP_URL names. */
export interface Mail {
  readonly openTransport: () => Transport;
  close(): Promise<void>;
}

/** The built-in inbox in a folder, for as long as it is open. */
export async function openDemoInbox(folder: string): Promise<Inbox> {
  return await openInbox({ folder });
}

/**
 * Opens the way out; `inbox:` starts the built-in inbox for as long as it is open.
 * Throws BriefingError when none is set, or when mail is to be signed and cannot be.
 */
export async function openMail(app: App): Promise<Mail> {
  const url = app.settings.smtpUrl.reveal();
  if (url === '') {
    throw new BriefingError(
      'unavailable',
      'No mail server is set, so nothing can be sent. Set DAYBRIEF_SMTP_URL in .env to smtp://user:password@host:587, or to inbox: to try it out.',
    );
  }
  const { messagesPerConnection } = app.settings.mail;
  const options = { signer: await loadSigner(app.settings), messagesPerConnection };
  if (!url.startsWith('inbox:')) {
    return { openTransport: () => openTransport(url, options), close: () => Promise.resolve() };
  }
  const inbox = await openInbox({ folder: join(app.settings.data, 'inbox') });
  return { openTransport: () => openTransport(inbox.url, options), close: () => inbox.close() };
}
