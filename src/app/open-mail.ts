import { join } from 'node:path';
import { BriefingError } from '../domain/briefing-error.ts';
import { openFailover } from '../deliver/open-failover.ts';
import { openInbox, type Inbox } from '../deliver/open-inbox.ts';
import { openTransport, type Transport } from '../deliver/open-transport.ts';
import type { OauthSettings } from '../oauth-config.ts';
import type { TransportSettings } from '../transport-config.ts';
import type { App } from './app.ts';
import { loadSigner } from './load-signer.ts';

/** One way out for mail, with what it may be given. */
export interface Route {
  /** As logs, attempts and quotas name it. */
  readonly name: string;
  readonly limits: TransportSettings;
  /** Opens one connection. */
  readonly open: () => Transport;
}

/** The ways out for mail that the settings name. */
export interface Mail {
  readonly routes: readonly Route[];
  /** For single mails: over the first that can be used. */
  readonly openTransport: () => Transport;
  close(): Promise<void>;
}

/** Imported only where a token is wanted: the guard of requests costs memory. */
async function openLine(app: App, oauth: OauthSettings) {
  const { openTokenLine } = await import('./open-token-line.ts');
  return openTokenLine(app, oauth);
}

/** The built-in inbox in a folder, for as long as it is open. */
export async function openDemoInbox(folder: string): Promise<Inbox> {
  return await openInbox({ folder });
}

/**
 * Opens the ways out; `inbox:` starts the built-in inbox for as long as it is open.
 * Throws BriefingError when none is set, or when mail is to be signed and cannot be.
 */
export async function openMail(app: App): Promise<Mail> {
  const { messagesPerConnection, transports, oauth } = app.settings.mail;
  const [main, ...others] = transports;
  if (!main) {
    throw new BriefingError(
      'unavailable',
      'No mail server is set, so nothing can be sent. Set DAYBRIEF_SMTP_URL in .env to smtp://user:password@host:587, or to inbox: to try it out.',
    );
  }
  const signer = await loadSigner(app.settings);
  const line = oauth && (await openLine(app, oauth));
  const options = { signer, messagesPerConnection, readToken: line?.readToken ?? null };
  const isInbox = main.url.reveal().startsWith('inbox:');
  const inbox = isInbox ? await openInbox({ folder: join(app.settings.data, 'inbox') }) : null;
  function toRoute(limits: TransportSettings): Route {
    const url = inbox?.url ?? limits.url.reveal();
    const open = () => openTransport(url, options);
    return { name: limits.name || open().describe(), limits, open };
  }
  const first = toRoute(main);
  const rest = others.map(toRoute);
  return {
    routes: [first, ...rest],
    openTransport: () =>
      rest.length === 0
        ? first.open()
        : openFailover(
            first.open,
            rest.map(({ open }) => open),
          ),
    async close() {
      await line?.close();
      await inbox?.close();
    },
  };
}
