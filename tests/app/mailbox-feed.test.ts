import { describe, expect, onTestFinished, test } from 'vitest';
import { makeSecret } from '../../src/domain/secret.ts';
import { addFeed } from '../../src/app/add-feed.ts';
import { mailboxFeed } from '../../src/app/mailbox-feed.ts';
import { openFeedReader } from '../../src/app/gather-feeds.ts';
import { saveNewsletter } from '../../src/store/newsletters.ts';
import { NEWSLETTER, openSampleApp } from './sample-app.ts';

async function readMail(password: string) {
  const { app } = await openSampleApp();
  await saveNewsletter(app.store, NEWSLETTER, app.now());
  const feed = await addFeed(app, { address: 'imaps://ada@127.0.0.1:9/News' }, '.');
  const reader = openFeedReader(app);
  onTestFinished(() => reader.guard.close());
  const options = { isFull: false, now: app.now() };
  return await mailboxFeed.read({ ...reader, mailPassword: makeSecret(password) }, feed, options);
}

describe('a mailbox as a feed', () => {
  test('is off until its password is set', async () => {
    expect((await readMail('')).problem).toMatch(/DAYBRIEF_IMAP_PASSWORD/);
  });

  test('that cannot be reached is a problem and no exception', async () => {
    expect(await readMail('secret')).toMatchObject({
      outcome: 'failed',
      problem: /127\.0\.0\.1:9/,
    });
  });

  test('takes no password in its address, where everybody would see it', async () => {
    const { app } = await openSampleApp();
    await saveNewsletter(app.store, NEWSLETTER, app.now());
    const address = 'imaps://ada:secret@mail.example.org/News';
    await expect(addFeed(app, { address }, '.')).rejects.toThrow(/DAYBRIEF_IMAP_PASSWORD/);
  });
});
