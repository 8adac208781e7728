import { describe, expect, test } from 'vitest';
import { exportArtefact } from '../../src/app/export-artefact.ts';
import { listPreviewables, previewMessage } from '../../src/app/preview-message.ts';
import { sendQueuedMail } from '../../src/app/send-queued-mail.ts';
import { openLetterPress, queueLetter, writeLetter } from '../../src/app/write-letter.ts';
import { SAMPLE_LETTERS } from '../../src/app/sample-letters.ts';
import { readMessage } from '../../src/domain/email.ts';
import type { Letter } from '../../src/domain/letter.ts';
import { listAsked, NEWSLETTER, openMailServer, openSampleApp } from './sample-app.ts';

const ADA = {
  address: 'ada@example.org',
  name: '"Ada" \r\n‏Lovelace 👩‍💻',
  language: 'en',
  look: 'broadsheet',
  token: 't0ken',
};
const NOW = '2026-03-09T06:00:00.000Z';
const [CONFIRMATION, , GOODBYE, CORRECTION] = SAMPLE_LETTERS as readonly [
  Letter,
  Letter,
  Letter,
  Letter,
];

describe('a letter', () => {
  test('of one occasion always has the same bytes and Message-ID, another one another', async () => {
    const { app } = await openSampleApp();
    const write = (subjectKey: string) => {
      const occasion = { subjectKey, date: NOW };
      return writeLetter(openLetterPress(app, NEWSLETTER, CONFIRMATION), {
        reader: ADA,
        occasion,
      });
    };
    expect(await write('one')).toEqual(await write('one'));
    expect((await write('one')).messageId).not.toBe((await write('two')).messageId);
  });

  test('that confirms is no bulk mail, and there is nothing to unsubscribe from', async () => {
    const { app } = await openSampleApp();
    const occasion = { subjectKey: 'one', date: NOW };
    const press = openLetterPress(app, NEWSLETTER, CONFIRMATION);
    const message = await writeLetter(press, { reader: ADA, occasion });
    expect(message.headers).toEqual({
      'List-Id': '<morning.example.org>',
      'Auto-Submitted': 'auto-generated',
    });
    expect(message.to.name).toBe('"Ada" ‏Lovelace 👩‍💻');
    expect(readMessage(message).text).toContain('ada@example.org');
    expect(readMessage(message).text).not.toContain('Unsubscribe');
  });

  test('that corrects stands below the issue it is about, and can be unsubscribed from', async () => {
    const { app } = await openSampleApp();
    const occasion = { subjectKey: 'one', date: NOW, about: '<issue@example.org>' };
    const press = openLetterPress(app, NEWSLETTER, CORRECTION);
    const message = await writeLetter(press, { reader: ADA, occasion });
    expect(message.headers).toMatchObject({
      'In-Reply-To': '<issue@example.org>',
      References: '<issue@example.org>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    expect(readMessage(message).html).toContain('https://brief.example.org/unsubscribe/t0ken');
  });
});

test('a letter that needs no subscription leaves through the outbox, once', async () => {
  const server = await openMailServer();
  const { app } = await openSampleApp({ smtpUrl: server.url });
  const occasion = { subjectKey: 'ada leaves', date: NOW };
  const queue = () =>
    queueLetter(openLetterPress(app, NEWSLETTER, GOODBYE), { reader: ADA, occasion });
  expect([await queue(), await queue()]).toEqual([true, false]);
  await sendQueuedMail(app);
  expect(listAsked(server)).toEqual(['ada']);
});

test('the preview lists one letter of each kind, and renders each', async () => {
  const { app } = await openSampleApp();
  const names = (await listPreviewables(app)).map(({ name }) => name);
  for (const { kind } of SAMPLE_LETTERS) {
    expect(names).toContain(`sample/${kind}`);
    expect((await previewMessage(app, `sample/${kind}`)).subject).not.toBe('');
    const mjml = await exportArtefact(app, `sample/${kind}`, { format: 'mjml' });
    expect(Buffer.from(mjml).toString()).toContain('{{#> frame}}');
  }
});
