import { describe, expect, test } from 'vitest';
import { exportArtefact } from '../../src/app/export-artefact.ts';
import { listPreviewables, previewMessage } from '../../src/app/preview-message.ts';
import { writeLetter } from '../../src/app/write-letter.ts';
import { SAMPLE_LETTERS } from '../../src/app/sample-letters.ts';
import { readMessage } from '../../src/domain/email.ts';
import type { Letter } from '../../src/domain/letter.ts';
import { NEWSLETTER, openSampleApp } from './sample-app.ts';

const ADA = {
  address: 'ada@example.org',
  name: '"Ada" \r\n‏Lovelace 👩‍💻',
  language: 'en',
  look: 'broadsheet',
  token: 't0ken',
};
const NOW = '2026-03-09T06:00:00.000Z';
const [CONFIRMATION, , , CORRECTION] = SAMPLE_LETTERS as readonly [Letter, Letter, Letter, Letter];

describe('a letter', () => {
  test('of one occasion always has the same bytes and Message-ID, another one another', async () => {
    const { app } = await openSampleApp();
    const write = (subjectKey: string) => {
      const occasion = { subjectKey, date: NOW };
      return writeLetter(app, CONFIRMATION, { newsletter: NEWSLETTER, reader: ADA, occasion });
    };
    expect(await write('one')).toEqual(await write('one'));
    expect((await write('one')).messageId).not.toBe((await write('two')).messageId);
  });

  test('that confirms is no bulk mail, and there is nothing to unsubscribe from', async () => {
    const { app } = await openSampleApp();
    const occasion = { subjectKey: 'one', date: NOW };
    const to = { newsletter: NEWSLETTER, reader: ADA, occasion };
    const message = await writeLetter(app, CONFIRMATION, to);
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
    const to = { newsletter: NEWSLETTER, reader: ADA, occasion };
    const message = await writeLetter(app, CORRECTION, to);
    expect(message.headers).toMatchObject({
      'In-Reply-To': '<issue@example.org>',
      References: '<issue@example.org>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    expect(readMessage(message).html).toContain('https://brief.example.org/unsubscribe/t0ken');
  });
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
