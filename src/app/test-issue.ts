import { BriefingError } from '../domain/briefing-error.ts';
import type { SendResult } from '../domain/delivery.ts';
import type { Issue } from '../domain/issue.ts';
import { makeMessageId } from '../domain/message-id.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { findAddressFault } from '../domain/subscriber.ts';
import type { Transport } from '../deliver/open-transport.ts';
import type { App } from './app.ts';
import { inventReader, openPress, writeMessage } from './write-message.ts';

/** What became of one test message. */
export interface TestSend {
  readonly to: string;
  readonly messageId: string;
  readonly result: SendResult;
}

const MOST = 5;

/** Mails an issue to at most five addresses outside the ledger; it knows no subscriber and carries nobody's links. */
export async function testIssue(
  app: App,
  target: { newsletter: Newsletter; issue: Issue; addresses: readonly string[] },
  transport: Transport,
): Promise<readonly TestSend[]> {
  const { newsletter, issue, addresses } = target;
  refuseAddresses(addresses);
  const press = await openPress(app, newsletter, issue);
  const domain = newsletter.sender.address.split('@').at(-1) ?? 'localhost';
  const sends: TestSend[] = [];
  for (const to of addresses) {
    const now = app.now();
    const messageId = makeMessageId(issue.id, `test ${to} ${now}`, domain);
    const message = writeMessage(press, inventReader(newsletter, to, now), messageId);
    const marked = { ...message, subject: `[Test] ${message.subject}` };
    sends.push({
      to,
      messageId,
      result: await transport.sendMessage(marked, () => Promise.resolve()),
    });
  }
  return sends;
}

function refuseAddresses(addresses: readonly string[]): void {
  if (addresses.length === 0 || addresses.length > MOST) {
    throw new BriefingError(
      'invalid',
      `A test goes to one to ${MOST} addresses, not ${addresses.length}. Give them as --to A,B.`,
    );
  }
  for (const address of addresses) {
    const fault = findAddressFault(address);
    if (fault)
      throw new BriefingError(
        'invalid',
        `"${address}" is not an address a test can go to: ${fault}. Correct it.`,
      );
  }
}
