import { BriefingError } from '../domain/briefing-error.ts';
import { makeCorrection, type Correction } from '../domain/correction.ts';
import type { LedgerSums, ReaderSnapshot } from '../domain/delivery.ts';
import { listIssueStories, type Issue, type IssueStory } from '../domain/issue.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import {
  CORRECTION,
  listCorrections,
  saveCorrection,
  streamIssueReaders,
} from '../store/corrections.ts';
import { sumDeliveries } from '../store/ledger.ts';
import { sumOutboxMails } from '../store/outbox.ts';
import { writeTogether } from '../store/write-together.ts';
import type { App } from './app.ts';
import { findNamedStory } from './find-story.ts';
import { isReachable, judgeConsent } from './judge-reader.ts';
import { refuseRestored } from './restored-store.ts';
import { openLetterPress, queueLetter } from './write-letter.ts';
import { openPress, readIssueAs, snapshotReader, type Press } from './write-message.ts';

/** What is to be put right: `story` as a person names it, `text` what is right. */
export interface CorrectionWish {
  readonly newsletter: Newsletter;
  readonly issue: Issue;
  readonly story: string;
  readonly text: string;
}

/** What a correction would do now, or did. */
export interface PlannedCorrection {
  readonly story: IssueStory;
  readonly correction: Correction;
  /** True when it was made before. */
  readonly isMade: boolean;
  /** Who had the story in their mail, may be mailed, and has no letter about it yet. */
  readonly readers: readonly CorrectedReader[];
  /** Readers who had it in their mail and may not be mailed any more. */
  readonly gone: number;
  /** Readers who wait for the issue as it is. */
  readonly waiting: number;
}

/** A reader as they were when the issue was written to them, and the Message-ID of that mail. */
interface CorrectedReader {
  readonly snapshot: ReaderSnapshot;
  readonly messageId: string;
}

const LONGEST = 1_000;
const QUEUED_TOGETHER = 100;

/**
 * Who a correction would go to: everybody who was sent the issue, or may have been, with the story in it, and may still be mailed.
 * Changes nothing. Throws BriefingError for a story the issue does not print, a text that is none, and an issue that can still be edited.
 */
export async function planCorrection(app: App, wish: CorrectionWish): Promise<PlannedCorrection> {
  const { newsletter, issue } = wish;
  refuseUncorrectable(issue);
  const story = findNamedStory(issue.document, wish.story);
  const said = { issueId: issue.id, storyId: story.id, text: readText(wish.text) };
  const made = makeCorrection({ ...said, madeAt: app.now() });
  const known = (await listCorrections(app.store, issue.id)).find(({ id }) => id === made.id);
  const press = await openPress(app, newsletter, issue);
  const readers: CorrectedReader[] = [];
  let gone = 0;
  for await (const reader of streamIssueReaders(app.store, made)) {
    if (reader.hasLetter) continue;
    const now = snapshotReader(app, newsletter, reader);
    if (!hadStory(press, reader.snapshot ?? now, story)) continue;
    const { subscriber, messageId } = reader;
    const isMailed = isReachable(app.settings, subscriber.normalizedAddress);
    if (judgeConsent(reader) !== null || !isMailed) gone += 1;
    // As they were, so that the letter speaks their language; but links of today.
    else readers.push({ snapshot: { ...(reader.snapshot ?? now), ...keepLinks(now) }, messageId });
  }
  const { waiting } = await sumDeliveries(app.store, issue.id);
  const correction = known ?? made;
  return { story, correction, isMade: known !== undefined, readers, gone, waiting };
}

/**
 * Puts a story right: its pages say so from now on, and a letter to everybody the plan names waits in the outbox. The same correction
 * again reaches only who has been sent the issue since. Throws BriefingError `conflict` when more would be mailed than were confirmed.
 */
export async function correctIssue(
  app: App,
  wish: CorrectionWish & { readonly confirmed: number },
): Promise<PlannedCorrection> {
  await refuseRestored(app);
  const plan = await planCorrection(app, wish);
  const { correction, readers } = plan;
  if (readers.length > wish.confirmed) {
    throw new BriefingError(
      'conflict',
      `The audience grew: ${readers.length} would be mailed and ${wish.confirmed} were confirmed. Look again and confirm with --confirm ${readers.length}.`,
    );
  }
  await saveCorrection(app.store, correction);
  for (let start = 0; start < readers.length; start += QUEUED_TOGETHER)
    await queueLetters(app, wish, {
      ...plan,
      readers: readers.slice(start, start + QUEUED_TOGETHER),
    });
  app.log.info('issue.corrected', { issue: wish.issue.id, letters: readers.length });
  return plan;
}

/** What became of a correction's letters. */
export async function sumCorrection(app: App, { id }: Correction): Promise<LedgerSums> {
  return await sumOutboxMails(app.store, CORRECTION, id);
}

async function queueLetters(
  app: App,
  { newsletter, issue }: CorrectionWish,
  { story, correction, readers }: PlannedCorrection,
): Promise<void> {
  const { headline } = story;
  const letter = { kind: CORRECTION, date: issue.date, headline, text: correction.text } as const;
  await writeTogether(app.store, async ({ db }) => {
    const inside = { ...app, store: { ...app.store, db } };
    const press = openLetterPress(inside, newsletter, letter);
    for (const { snapshot, messageId } of readers) {
      const { address, name, language, token, preferences, subscriptionId } = snapshot;
      const reader = { address, name, language, token, look: preferences?.look ?? null };
      const subjectKey = `${correction.id} ${subscriptionId}`;
      const occasion = { subjectKey, date: app.now(), about: messageId, subscriptionId };
      await queueLetter(press, { reader, occasion });
    }
  });
}

/** Who muted its thread or reads two minutes may never have seen it. */
function hadStory(press: Press, reader: ReaderSnapshot, { id }: IssueStory): boolean {
  return listIssueStories(readIssueAs(press, reader).document).some((story) => story.id === id);
}

function keepLinks({ address, name, token, publicUrl }: ReaderSnapshot) {
  return { address, name, token, publicUrl };
}

function readText(text: string): string {
  const clean = text.replace(/\s+/g, ' ').trim();
  if (clean !== '' && clean.length <= LONGEST) return clean;
  throw new BriefingError(
    'invalid',
    `A correction says what is right in 1 to ${LONGEST} characters, not ${clean.length}. Write it with --text "…".`,
  );
}

function refuseUncorrectable(issue: Issue): void {
  if (issue.contentHash !== null) return;
  const name = `${issue.newsletter}/${issue.date}`;
  throw new BriefingError(
    'conflict',
    `The issue ${name} was not sent, so there is nothing to correct. Change the draft with: daybrief edit ${name}`,
  );
}
