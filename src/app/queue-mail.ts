import type { Message } from '../domain/email.ts';
import { makeMessageId } from '../domain/message-id.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { Notice } from '../domain/notice.ts';
import { normalizeAddress } from '../domain/subscriber.ts';
import { renderNotice } from '../render/render-notice.ts';
import { hasOutboxMail, queueOutboxMail } from '../store/outbox.ts';
import type { App } from './app.ts';
import { loadLetterKit } from './load-template-kit.ts';

/** A mail to the people who make a newsletter: each address gets one per purpose and subject, ever. */
export interface StaffMail {
  readonly purpose: 'alert' | 'proof' | 'report';
  /** What it is about, such as an issue and what befell it. */
  readonly about: string;
  readonly isForOwner?: true;
}

/** What a mail says, and what fills its slots. */
type Content = Pick<Message, 'email' | 'slots'>;

/** Queues a notice to the people who make a newsletter. */
export async function queueNotice(
  app: App,
  newsletter: Newsletter,
  mail: StaffMail & { readonly notice: Notice },
): Promise<void> {
  await queueStaffMail(app, newsletter, {
    ...mail,
    open: async () => {
      const kit = await loadLetterKit(app, newsletter, 'notice');
      const email = renderNotice(kit, mail.notice, newsletter);
      return () => ({ email, slots: {} });
    },
  });
}

/** Queues a mail for each address that has none yet; `open` is asked only when there is one, for what writes it to an address. */
export async function queueStaffMail(
  app: App,
  newsletter: Newsletter,
  mail: StaffMail & { readonly open: () => Promise<(address: string) => Content> },
): Promise<void> {
  const addresses: string[] = [];
  for (const address of listAddresses(app, newsletter, mail))
    if (!(await hasOutboxMail(app.store, mail.purpose, `${mail.about} ${address}`)))
      addresses.push(address);
  if (addresses.length === 0) return;
  const write = await mail.open();
  for (const address of addresses) {
    const subjectKey = `${mail.about} ${address}`;
    const content = write(address);
    const { subject } = content.email;
    const envelope = addressStaff(newsletter, { ...mail, subjectKey, address }, app.now());
    const queued = { purpose: mail.purpose, subjectKey, now: app.now() };
    await queueOutboxMail(app.store, { ...queued, message: { ...envelope, ...content, subject } });
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

function addressStaff(
  newsletter: Newsletter,
  mail: { purpose: string; subjectKey: string; address: string },
  now: string,
): Omit<Message, 'subject' | keyof Content> {
  const domain = newsletter.sender.address.split('@').at(-1) ?? 'localhost';
  return {
    messageId: makeMessageId(`${newsletter.slug} ${mail.purpose}`, mail.subjectKey, domain),
    date: now,
    from: newsletter.sender,
    to: { name: '', address: mail.address },
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
