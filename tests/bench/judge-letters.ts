import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../../src/app/app.ts';
import { loadSigner } from '../../src/app/load-signer.ts';
import { queueNotice } from '../../src/app/queue-mail.ts';
import { queueProof } from '../../src/app/queue-proof.ts';
import { SAMPLE_LETTERS } from '../../src/app/sample-letters.ts';
import { openLetterPress, writeLetter } from '../../src/app/write-letter.ts';
import { formatMessage } from '../../src/deliver/format-message.ts';
import type { Message } from '../../src/domain/email.ts';
import type { Issue } from '../../src/domain/issue.ts';
import type { Newsletter } from '../../src/domain/newsletter.ts';
import { claimOutboxMail } from '../../src/store/outbox.ts';
import type { JudgedMessage } from './judge-messages.ts';

/** Every mail that is no issue, signed, as files in `folder`: the letters, a notice, and the proof of a draft. */
export async function writeLetters(
  app: App,
  folder: string,
  about: { readonly newsletter: Newsletter; readonly draft: Issue },
): Promise<readonly JudgedMessage[]> {
  const signer = await loadSigner(app.settings);
  const { look } = about.newsletter;
  const mails = [
    ...(await writeToReaders(app, about.newsletter)),
    ...(await writeToEditors(app, about)),
  ];
  return await Promise.all(
    mails.map(async ({ name: mail, message, isList }) => {
      const name = `${mail}, ${look}`;
      const file = join(folder, `${name.replace(/\W+/g, '-')}.eml`);
      // Notices are dated by the clock they were queued at; a receiver minds.
      const bytes = Buffer.from(await formatMessage({ ...message, date: app.now() }, signer));
      writeFileSync(file, bytes);
      return { name, file, bytes, isList };
    }),
  );
}

interface Mail {
  readonly name: string;
  readonly message: Message;
  readonly isList: boolean;
}

async function writeToReaders(app: App, newsletter: Newsletter): Promise<readonly Mail[]> {
  const reader = { address: 'ada@example.net', name: 'Ada', language: 'en', look: null };
  return await Promise.all(
    SAMPLE_LETTERS.map(async (letter) => {
      const occasion = { subjectKey: 'judged', date: app.now() };
      const press = openLetterPress(app, newsletter, letter);
      const copy = { reader: { ...reader, token: 'judged.token' }, occasion };
      const message = await writeLetter(press, copy);
      return { name: letter.kind, message, isList: letter.kind === 'correction' };
    }),
  );
}

async function writeToEditors(
  app: App,
  { newsletter, draft }: { readonly newsletter: Newsletter; readonly draft: Issue },
): Promise<readonly Mail[]> {
  const edited = { ...newsletter, editors: ['ed@example.net'] };
  const beforeFreeze = { ...app, now: () => `${draft.date}T06:10:00.000Z` };
  await queueNotice(beforeFreeze, edited, {
    purpose: 'alert',
    about: newsletter.slug,
    notice: {
      subject: `${newsletter.name}, ${draft.date}: the send is paused`,
      heading: 'The send paused itself',
      paragraphs: ['The reason: the mail server refused the log-in.'],
      commands: [{ about: 'Let it go on:', command: `daybrief resume ${newsletter.slug}` }],
    },
  });
  await queueProof(beforeFreeze, edited, draft);
  const mails: Mail[] = [];
  for (;;) {
    const claim = { leaseMs: 1, now: `${draft.date}T23:59:00.000Z` };
    const mail = await claimOutboxMail(app.store, claim, () => null);
    if (!mail) return mails;
    mails.push({ name: mail.purpose, message: mail.message, isList: false });
  }
}
