import { Readable } from 'node:stream';
import { beforeEach, describe, expect, test } from 'vitest';
import { addSubscriber, importSubscribers } from '../../src/app/add-subscriber.ts';
import type { App } from '../../src/app/app.ts';
import { buildIssue } from '../../src/app/build-issue.ts';
import { chooseNewsletter } from '../../src/app/choose-newsletter.ts';
import { editSubscriber } from '../../src/app/edit-subscriber.ts';
import { muteStory } from '../../src/app/mute-story.ts';
import { previewMessage } from '../../src/app/preview-message.ts';
import { readMessage } from '../../src/domain/email.ts';
import { NO_PREFERENCES } from '../../src/domain/preferences.ts';
import { listSubscriptions } from '../../src/store/subscribers.ts';
import { DATE, fillSampleApp, openSampleApp } from './sample-app.ts';

const ADA = { address: 'ada@example.org' };
let app: App;

beforeEach(async () => {
  ({ app } = await openSampleApp());
  const themes = ['world', 'sport', 'science'].map((slug) => {
    return { slug, name: slug, words: [], cap: 4 };
  });
  await fillSampleApp(app, { readers: ['ada'], newsletter: { themes } });
});

async function read(address = ADA.address) {
  const [reader] = await listSubscriptions(app.store, address);
  return reader?.subscription.preferences;
}

describe('editing a reader', () => {
  test('changes what is said and leaves the rest', async () => {
    await editSubscriber(app, { ...ADA, topics: 'World, science', minutes: '4' });
    await editSubscriber(app, { ...ADA, mutes: 'sport', look: 'broadsheet', language: 'de' });
    expect(await read()).toEqual({
      topics: ['world', 'science'],
      mutedThemes: ['sport'],
      mutedThreads: [],
      minutes: 4,
      look: 'broadsheet',
    });
    const [reader] = await listSubscriptions(app.store, ADA.address);
    expect(reader?.subscriber).toMatchObject({ name: 'ada', language: 'de', zone: null });
  });

  test('takes a choice back with an empty value', async () => {
    await editSubscriber(app, { ...ADA, topics: 'world', mutes: 'sport', minutes: '2' });
    await editSubscriber(app, { ...ADA, topics: '', mutes: '', minutes: '' });
    expect(await read()).toEqual(NO_PREFERENCES);
  });

  test.each([
    [{ topics: 'world,gardening' }, /has no theme "gardening"; it has world, sport, science\./],
    [{ topics: 'world', mutes: 'world' }, /"world" cannot be followed and muted/],
    [{ minutes: '3' }, /"3" is no reading time; it can be 2, 4, 8 minutes\./],
    [{ minutes: '4.0' }, /no reading time/],
    [{ look: 'constructor' }, /no look named "constructor"; there is .*broadsheet/],
    [{ zone: 'Mars/Olympus' }, /not a time zone/],
    [{ language: 'Klingon!' }, /not a language code/],
  ])('refuses %j in one sentence and changes nothing', async (wish, sentence) => {
    const before = await listSubscriptions(app.store, ADA.address);
    await expect(editSubscriber(app, { ...ADA, name: 'Other', ...wish })).rejects.toThrow(sentence);
    expect(await listSubscriptions(app.store, ADA.address)).toEqual(before);
  });

  test('who is not there is said to be nobody', async () => {
    const nobody = { address: 'ben@example.org', minutes: '2' };
    await expect(editSubscriber(app, nobody)).rejects.toThrow(/Nobody with this address/);
  });
});

test('a reader can be added with their choices', async () => {
  await addSubscriber(app, { address: 'ben@example.org', consent: 'asked', minutes: '8' });
  expect(await read('ben@example.org')).toEqual({ ...NO_PREFERENCES, minutes: 8 });
});

test('a CSV brings choices, and names the lines whose choices cannot be', async () => {
  const csv = `email,consent,topics,mute,minutes,look
ben@example.org,asked,"science, world",sport,2,broadsheet
cleo@example.org,asked,,,5,
dora@example.org,asked,,,,`;
  const imported = await importSubscribers(app, Readable.from([csv]));
  expect(imported).toMatchObject({
    added: 2,
    refused: [{ line: 3, reason: '"5" is no reading time; it can be 2, 4, 8 minutes.' }],
  });
  expect(await read('ben@example.org')).toMatchObject({ topics: ['science', 'world'], minutes: 2 });
  expect(await read('dora@example.org')).toEqual(NO_PREFERENCES);
});

describe('muting a story', () => {
  test('leaves it out of the reader’s mail until it is taken back', async () => {
    const newsletter = await chooseNewsletter(app);
    const { issue } = await buildIssue(app, newsletter, DATE);
    const mute = (wanted: 'muted' | 'told', story = 'ferry') =>
      muteStory(app, { newsletter, issue, address: ADA.address, story, wanted });
    const count = async () =>
      readMessage(await previewMessage(app, `morning/${DATE}`, ADA.address)).text.split('Ferry')
        .length - 1;
    expect(await count()).toBeGreaterThan(0);
    await mute('muted');
    await mute('muted');
    expect((await read())?.mutedThreads).toHaveLength(1);
    expect(await count()).toBe(0);
    await mute('told');
    expect(await read()).toEqual(NO_PREFERENCES);
    await expect(mute('muted', 'the moon')).rejects.toMatchObject({ code: 'not_found' });
    const { lead } = issue.document;
    const older = {
      ...issue,
      document: { ...issue.document, lead: lead && { ...lead, thread: null } },
    };
    const wish = { newsletter, address: ADA.address, wanted: 'muted' as const };
    await expect(muteStory(app, { ...wish, issue: older, story: '1' })).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});
