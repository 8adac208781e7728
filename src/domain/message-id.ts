import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';

/** The Message-ID of one issue for one subscription, with angle brackets: always the same, and nothing can be read back from it. */
export function makeMessageId(issueId: string, subscriptionId: string, domain: string): string {
  const hash = createHash('sha256').update(`${issueId}\n${subscriptionId}`).digest('hex');
  return `<${hash.slice(0, 40)}@${domainToASCII(domain)}>`;
}
