import { listFindings, type Finding } from '../domain/finding.ts';
import { BriefingError } from '../domain/briefing-error.ts';
import type { Issue } from '../domain/issue.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { checkClients } from '../render/check-clients.ts';
import { CLIENTS, type Client } from '../render/client-support.ts';
import type { App } from './app.ts';
import { listChecks, writeCheckedEmail } from './check-issue.ts';
import { checkLinks } from './check-links.ts';

/** What else to look at. */
export interface CloserLook {
  /** True asks every page that is linked to. */
  readonly hasLinks: boolean;
  /** Names of mail programs. */
  readonly clients: readonly string[];
}

/** Preflight for a person who asks: what freezing looks at and, if wished, the links and some mail programs. */
export async function examineIssue(
  app: App,
  { newsletter, issue }: { readonly newsletter: Newsletter; readonly issue: Issue },
  look: CloserLook,
): Promise<readonly Finding[]> {
  const clients = look.clients.map(chooseClient);
  const { seen } = await writeCheckedEmail(app, newsletter, issue);
  return listFindings([
    ...(await listChecks(app, newsletter, issue)),
    ...(look.hasLinks ? [await checkLinks(app, issue)] : []),
    ...checkClients(seen.html, clients),
  ]);
}

function chooseClient(name: string): Client {
  const found = CLIENTS.find((client) => client === name.toLowerCase());
  if (found) return found;
  throw new BriefingError(
    'invalid',
    `Nothing is known here of a mail program "${name}". Name any of: ${CLIENTS.join(', ')}.`,
  );
}
