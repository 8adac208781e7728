import type { Check } from '../domain/finding.ts';
import { FEATURES, SUPPORT_DATE, type Client } from './client-support.ts';

/** Gmail drops a style element that is longer. */
const GMAIL_STYLE = 8_192;

/** What of an email some mail programs do not show, one finding per program. */
export function checkClients(html: string, clients: readonly Client[]): readonly Check[] {
  return clients.map((client) => {
    const lost = FEATURES.filter(
      ({ used, missing }) => missing.includes(client) && used.test(html),
    ).map(({ name, consequence }) => `${name} (${consequence})`);
    const styles = html.match(/<style[^>]*>.*?<\/style>/gs) ?? [];
    if (client === 'gmail' && styles.some((style) => style.length > GMAIL_STYLE))
      lost.push(`a style element of more than ${GMAIL_STYLE} characters (it is dropped)`);
    return [
      client,
      null,
      lost.length > 0 ? `It does not know: ${lost.join('; ')}.` : null,
      `See that the mail is good without them (facts of ${SUPPORT_DATE}).`,
    ];
  });
}
