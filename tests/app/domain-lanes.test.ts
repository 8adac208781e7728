import { expect, test, vi } from 'vitest';
import { buildIssue } from '../../src/app/build-issue.ts';
import { pauseIssue } from '../../src/app/pause-send.ts';
import { sendIssue, startSend } from '../../src/app/send-issue.ts';
import { openTransport } from '../../src/deliver/open-transport.ts';
import { openPostOffice, type PostOfficeOptions } from '../deliver/post-office.ts';
import { DATE, fillSampleApp, NEWSLETTER, openSampleApp, readIssue } from './sample-app.ts';

const OTHERS = Array.from({ length: 20 }, (_, i) => `reader${i}@example.org`);
const SLOW = ['ada', 'ben', 'cleo'].map((name) => `${name}@slow.example`);
const ALL = [...SLOW, ...OTHERS];

test('The pace of one domain holds up no other, and everybody is mailed once', async () => {
  const { send, office } = await openMorning(ALL, 'slow.example: 1/s');
  const { state, sums } = await send();
  expect({ state, sent: sums.sent }).toEqual({ state: 'finished', sent: 23 });
  expect(office.taken.toSorted()).toEqual(ALL.toSorted());
  expect(SLOW).toContain(office.taken.at(-1));
});

test('Nor does a slow domain among the first ten', async () => {
  const { send, office } = await openMorning([...SLOW, ...OTHERS.slice(0, 3)], 'slow.example: 1/s');
  expect((await send()).sums.sent).toBe(6);
  expect(office.taken.slice(-2).every((address) => SLOW.includes(address))).toBe(true);
});

test('A domain that takes one at a time gets one at a time, over as many connections as there are', async () => {
  const { send, office } = await openMorning(ALL, 'slow.example: 1 at once', { dotMs: 20 });
  expect((await send()).sums.sent).toBe(23);
  expect(office.countMost('slow.example')).toBe(1);
  expect(office.countMost('example.org')).toBeGreaterThan(1);
});

test('A domain that asks for less is mailed slower, and the log says so without an address', async () => {
  let busy = 1;
  const refuse = (address: string) =>
    address.endsWith('@slow.example') && busy-- > 0 ? '421 4.7.0 try again later' : null;
  const { send, events } = await openMorning(ALL, '', { refuse });
  expect((await send()).sums).toMatchObject({ sent: 22, waiting: 1, failed: 0 });
  const slowed = events.filter(({ event }) => event === 'domain.slowed');
  expect(slowed.map(({ fields }) => fields['domain'])).toEqual(['slow.example']);
  expect(JSON.stringify(events)).not.toContain('@slow.example');
});

test('A mail put off for other reasons slows nobody', async () => {
  const refuse = (address: string) => (address === SLOW[0] ? '450 4.2.0 greylisted' : null);
  const { send, events } = await openMorning(ALL, '', { refuse });
  expect((await send()).sums).toMatchObject({ sent: 22, waiting: 1 });
  expect(events.filter(({ event }) => event.endsWith('.slowed'))).toEqual([]);
});

test('What a program that died left in a lane is sent by the next one', async () => {
  const { send, app, draft } = await openMorning(ALL, 'other.example: 1/s');
  await startSend(app, draft);
  await app.store.db.updateTable('deliveries').set({ lane: 'gone.example' }).execute();
  expect((await send()).sums).toMatchObject({ sent: 23, waiting: 0 });
});

test('A pause ends a run that only waits for the turn of a slow domain', async () => {
  const { send, app, office } = await openMorning(SLOW, 'slow.example: 1/m');
  const run = send();
  await vi.waitFor(() => expect(office.taken).toHaveLength(1), 10_000);
  await pauseIssue(app, await readIssue(app));
  const { state, sums } = await run;
  expect({ state, sent: sums.sent, waiting: sums.waiting }).toEqual({
    state: 'paused',
    sent: 1,
    waiting: 2,
  });
});

/** A draft of the day for these addresses, with limits of domains, and a server that tells them apart. */
async function openMorning(
  addresses: readonly string[],
  perDomain: string,
  options: PostOfficeOptions = {},
) {
  const office = await openPostOffice(options);
  const settings = { per_domain: perDomain };
  const sample = await openSampleApp({ smtpUrl: office.url, settings });
  await fillSampleApp(sample.app, { addresses });
  const { issue } = await buildIssue(sample.app, NEWSLETTER, DATE);
  const draft = { newsletter: NEWSLETTER, issue, confirmed: addresses.length };
  const how = { openTransport: () => openTransport(office.url), askedBy: 'manual' } as const;
  const send = async () =>
    await sendIssue(sample.app, { ...draft, issue: await readIssue(sample.app) }, how);
  return { ...sample, office, draft, send };
}
