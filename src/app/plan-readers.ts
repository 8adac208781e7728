import { addTime, DAY, MINUTE, type Instant } from '../domain/instant.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { findReaderSlot, isOnWeekdays } from '../domain/reader-slot.ts';
import type { Morning } from '../domain/schedule.ts';
import { normalizeAddress } from '../domain/subscriber.ts';
import type { QueuedReader, ReaderPlan } from '../store/audience.ts';

/** When the mails of a frozen issue leave: until when the issue may be sent at all, and each reader's own moment. */
export interface FreezePlan {
  readonly deadline: Instant;
  /** Asked once per reader, in the order of their rows. */
  readonly planReader: (reader: QueuedReader) => ReaderPlan;
}

type Timing = Omit<ReaderPlan, 'wave'>;

const FIRST_READERS = 10;
/** Editors get a scheduled issue so long before the others: time to stop it when the mail server fails. */
const EDITORS_AHEAD = 10 * MINUTE;
const NOT_WANTED = 'not on one of the days this reader chose';

/** The plan of an issue sent by hand: at once, on nobody's timetable. */
export function planSendNow(newsletter: Newsletter, now: Instant): FreezePlan {
  const timing = { notBefore: now, localDate: null, expiresAt: null, skip: null };
  const deadline = addTime(now, newsletter.deadlineMinutes * MINUTE);
  return { deadline, planReader: openWaves(newsletter, () => timing) };
}

/** The plan of a scheduled issue: at the newsletter's slot, or at each reader's own. */
export function planMorningSend(newsletter: Newsletter, morning: Morning): FreezePlan {
  if (newsletter.readerTime === 'own') return planOwnTimes(newsletter, morning.freeze);
  const { date, slot, deadline } = morning;
  const planTime = (reader: QueuedReader, isEditor: boolean): Timing => ({
    notBefore: isEditor ? addTime(slot, -EDITORS_AHEAD) : slot,
    localDate: date,
    expiresAt: null,
    skip: newsletter.kind !== 'daily' || isOnWeekdays(reader, date) ? null : NOT_WANTED,
  });
  return { deadline, planReader: openWaves(newsletter, planTime) };
}

/** The plan by which every reader gets an issue at their own next slot after it was frozen. */
export function planOwnTimes(newsletter: Newsletter, frozenAt: Instant): FreezePlan {
  const planTime = (reader: QueuedReader): Timing => {
    const { at, localDate, expiresAt, isWanted } = findReaderSlot(newsletter, reader, frozenAt);
    return { notBefore: at, localDate, expiresAt, skip: isWanted ? null : NOT_WANTED };
  };
  const deadline = addTime(frozenAt, 2 * DAY + newsletter.deadlineMinutes * MINUTE);
  return { deadline, planReader: openWaves(newsletter, planTime) };
}

/** Who goes first: the editors, then ten others, then the rest. */
function openWaves(
  newsletter: Newsletter,
  planTime: (reader: QueuedReader, isEditor: boolean) => Timing,
): FreezePlan['planReader'] {
  const editors = new Set(newsletter.editors.map(normalizeAddress));
  let others = 0;
  return (reader) => {
    const isEditor = editors.has(reader.normalizedAddress);
    if (!isEditor) others += 1;
    const wave = isEditor ? 0 : others <= FIRST_READERS ? 1 : 2;
    return { ...planTime(reader, isEditor), wave };
  };
}
