import { MINUTE, SECOND } from './instant.ts';

/** How fast messages follow each other on one way. Moments are milliseconds of a steady clock, so that no change of the time of day stops a send. */
export interface SendPace {
  /** Messages a second; Infinity: as fast as it goes. */
  readonly perSecond: number;
  /** The pace it comes back to; Infinity: none holds it. */
  readonly full: number;
  /** By so much it comes back each time. */
  readonly step: number;
  /** When the last message had its turn; -Infinity: there was none. */
  readonly lastTurn: number;
  readonly slowedAt: number;
  /** Messages taken in a row since the pace changed. */
  readonly taken: number;
}

/** One in a minute: no way is slower. */
const SLOWEST = SECOND / MINUTE;
/** What was under way already when the pace was halved says nothing about the new one. */
const BETWEEN_HALVINGS = SECOND;
const TAKEN_FOR_A_STEP = 20;
const STEPS = 10;
/** Of a way without a limit, lest a word at the very beginning of a send hold it for long. */
const LEAST_USUAL = 10;
/** A way that is asked for its turn only now and then may have the turns of so many milliseconds at once. */
const MOST_AT_ONCE = 100;

/** A pace at which no message has gone yet. */
export function startPace(perSecond: number): SendPace {
  return {
    perSecond,
    full: perSecond,
    step: 0,
    lastTurn: -Infinity,
    slowedAt: -Infinity,
    taken: 0,
  };
}

/** When the next message has its turn. */
export function findTurn({ perSecond, lastTurn }: SendPace, now: number): number {
  return Math.max(now, lastTurn + SECOND / perSecond);
}

/** How many messages have had their turn by now. */
export function countTurns(pace: SendPace, now: number): number {
  if (findTurn(pace, now) > now) return 0;
  const due = Math.floor(((now - pace.lastTurn) * pace.perSecond) / SECOND);
  return Math.max(1, Math.min(due, Math.floor((pace.perSecond * MOST_AT_ONCE) / SECOND)));
}

/** The pace after so many messages took their turns. One that came a little late does not put off those that follow. */
export function takeTurns(pace: SendPace, count: number, now: number): SendPace {
  if (count === 0) return pace;
  const step = SECOND / pace.perSecond;
  const due = pace.lastTurn + count * step;
  return { ...pace, lastTurn: now - due < step ? due : now };
}

/** Half the pace, because the server asked for less. `usual` is what went through so far, for a way without a limit. */
export function slowPace(pace: SendPace, { now, usual }: { now: number; usual: number }): SendPace {
  if (now - pace.slowedAt < BETWEEN_HALVINGS) return pace;
  const before = pace.full === Infinity ? Math.max(LEAST_USUAL, usual) : pace.full;
  const perSecond = Math.max(SLOWEST, Math.min(pace.perSecond, before) / 2);
  const step = pace.step || before / STEPS;
  return { ...pace, perSecond, step, slowedAt: now, taken: 0 };
}

/** The pace after a message: by a tenth of what it was once, for every twenty that were taken in a row, up to the full pace. */
export function quickenPace(pace: SendPace, isTaken: boolean): SendPace {
  if (pace.perSecond === pace.full) return pace;
  const taken = isTaken ? pace.taken + 1 : 0;
  if (taken < TAKEN_FOR_A_STEP) return { ...pace, taken };
  return { ...pace, perSecond: Math.min(pace.full, pace.perSecond + pace.step), taken: 0 };
}
