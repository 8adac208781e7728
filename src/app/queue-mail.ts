import type { Message } from '../domain/email.ts';
import { makeMessageId } from '../domain/message-id.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { Notice } from '../domain/notice.ts';
import { normalizeAddress } from '../domain/subscriber.ts';
import { renderNotice } from '../render/render-notice.ts';
import { hasOutboxMail, queueOutboxMail } from '../store/outbox.ts';
import type { App } from './app.ts';
import { loadLetterKit } from './load-template-kit.ts';

/** What a mail of the outbox is for; with the subject it is about it names the mail, so that the same is never queued twice. */
export type MailPurpose = 'alert' | 'proof' | 'report';

/** Queues a notice to the people who make a newsletter: each address gets one mail per purpose and subject, ever. */
export async function queueNotice(
  app: App,
  newsletter: Newsletter,
  mail: {
    readonly purpose: MailPurpose;
    /** What it is about, such as an issue and what befell it. */
    readonly about: string;
    readonly notice: Notice;
    readonly isForOwner?: true;
  },
): Promise<void> {
  const addresses: string[] = [];
  for (const address of listAddresses(app, newsletter, mail))
    if (!(await hasOutboxMail(app.store, mail.purpose, `${mail.about} ${address}`)))
      addresses.push(address);
  if (addresses.length === 0) return;
  const kit = await loadLetterKit(app, newsletter, 'notice');
  const email = renderNotice(kit, mail.notice);
  for (const address of addresses) {
    const subjectKey = `${mail.about} ${address}`;
    const message = addressNotice(newsletter, { ...mail, subjectKey, address }, app.now());
    const queued = { purpose: mail.purpose, subjectKey, now: app.now() };
    await queueOutboxMail(app.store, {
      ...queued,
      message: { ...message, subject: email.subject, email },
    });
  }
}

/** Alerts go to whoever runs this daybrief too; everybody gets one, however often they are listed. */
function listAddresses(
  app: App,
  newsletter: Newsletter,
  mail: { isForOwner?: true },
): readonly string[] {
  const owners = mail.isForOwner ? app.settings.ownAddresses : [];
  return [...new Set([...newsletter.editors, ...owners].map(normalizeAddress))];
}

function addressNotice(
  newsletter: Newsletter,
  mail: { purpose: MailPurpose; subjectKey: string; address: string },
  now: string,
): Omit<Message, 'subject' | 'email'> {
  const domain = newsletter.sender.address.split('@').at(-1) ?? 'localhost';
  return {
    messageId: makeMessageId(`${newsletter.slug} ${mail.purpose}`, mail.subjectKey, domain),
    date: now,
    from: newsletter.sender,
    to: { name: '', address: mail.address },
    slots: {},
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
