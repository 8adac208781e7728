import { findRegistrableDomain } from '../gather/find-registrable-domain.ts';
import type { Check } from '../domain/finding.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { App } from './app.ts';

/**
 * Whether what signs or carries the mail is of the sender's own domain (DMARC, RFC 9989: alignment), as far as the settings tell.
 * Domains of one organization are aligned (relaxed); without asking the DNS, where doctor looks, these are those that one owner registered.
 */
export function checkSender({ settings }: App, { sender }: Newsletter): Check {
  const from = domainOf(sender.address);
  const { dkimDomain } = settings.mail;
  const returnPath = domainOf(settings.bounces.address || sender.address);
  const isSigned = dkimDomain !== '' && isAligned(from, dkimDomain);
  const isOwnPath = isAligned(from, returnPath);
  return [
    'sender',
    null,
    isSigned || (dkimDomain === '' && isOwnPath)
      ? null
      : dkimDomain !== ''
        ? `Mail from ${from} is signed for ${dkimDomain}, so its signature proves nothing about the sender (DMARC).`
        : `Mail from ${from} is not signed here and comes back to ${returnPath}, so nothing proves the sender (DMARC).`,
    'Sign for the sender’s domain: daybrief dkim new, then DAYBRIEF_DKIM_DOMAIN.',
  ];
}

function isAligned(one: string, other: string): boolean {
  return one === other || findRegistrableDomain(one) === findRegistrableDomain(other);
}

function domainOf(address: string): string {
  return (address.split('@').at(-1) ?? '').toLowerCase();
}
