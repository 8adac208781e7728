import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canDeliveryMove,
  isDeliveryState,
  isHardBounce,
  retryDelayMinutes,
  sumLedger,
  type DeliveryState,
  type SendResult,
} from '../../src/domain/delivery.ts';
import { canIssueMove, type IssueState } from '../../src/domain/issue.ts';

const DELIVERY_STATES = [
  'queued',
  'claimed',
  'handing_over',
  'sent',
  'failed',
  'skipped',
  'unknown',
] as const satisfies readonly DeliveryState[];
const DELIVERY_ARROWS = [
  'queued → claimed',
  'queued → skipped',
  'claimed → handing_over',
  'claimed → queued',
  'claimed → skipped',
  'claimed → failed',
  'handing_over → sent',
  'handing_over → failed',
  'handing_over → queued',
  'handing_over → unknown',
  'unknown → queued',
  'unknown → sent',
  'unknown → failed',
  'failed → queued',
];

const ISSUE_STATES = [
  'draft',
  'frozen',
  'sending',
  'paused',
  'finished',
  'cancelled',
  'skipped',
] as const satisfies readonly IssueState[];
const ISSUE_ARROWS = [
  'draft → frozen',
  'draft → skipped',
  'frozen → sending',
  'frozen → cancelled',
  'sending → paused',
  'sending → finished',
  'sending → cancelled',
  'paused → sending',
  'paused → cancelled',
  'finished → sending',
  'skipped → draft',
];

describe('a delivery', () => {
  test('moves along its arrows and along no other', () => {
    expect(listArrows(DELIVERY_STATES, canDeliveryMove)).toEqual(DELIVERY_ARROWS.toSorted());
  });

  test('is never sent without passing the gate, and never leaves sent or skipped', () => {
    const intoSent = DELIVERY_STATES.filter((from) => canDeliveryMove(from, 'sent'));
    expect(intoSent).toEqual(['handing_over', 'unknown']);
    expect(DELIVERY_STATES.filter((to) => canDeliveryMove('sent', to))).toEqual([]);
    expect(DELIVERY_STATES.filter((to) => canDeliveryMove('skipped', to))).toEqual([]);
  });

  test('knows the names of its states, and not those every object has', () => {
    expect(DELIVERY_STATES.every(isDeliveryState)).toBe(true);
    expect(['Sent', '', 'toString', 'constructor'].some(isDeliveryState)).toBe(false);
  });

  test('is tried again after one, two, four minutes, and never later than two hours', () => {
    expect([1, 2, 3, 4].map(retryDelayMinutes)).toEqual([1, 2, 4, 8]);
    expect([0, 8, 60, 5_000].map(retryDelayMinutes)).toEqual([1, 120, 120, 120]);
  });
});

describe('an issue', () => {
  test('moves along its arrows and along no other', () => {
    expect(listArrows(ISSUE_STATES, canIssueMove)).toEqual(ISSUE_ARROWS.toSorted());
  });

  test('that was frozen is never a draft again', () => {
    const reached = new Set<IssueState>(['frozen']);
    for (const from of reached)
      for (const to of ISSUE_STATES) if (canIssueMove(from, to)) reached.add(to);
    expect(reached).not.toContain('draft');
  });
});

describe('the ledger', () => {
  const count = fc.nat({ max: 1_000_000 });
  const counts = fc.record(
    Object.fromEntries(DELIVERY_STATES.map((state) => [state, count])) as Record<
      DeliveryState,
      typeof count
    >,
    { requiredKeys: [] },
  );

  test('always adds up: audience = sent + failed + skipped + unknown + waiting', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const sums = sumLedger(given);
        const { audience, ...parts } = sums;
        expect(Object.values(parts).reduce((a, b) => a + b)).toBe(audience);
        expect(Object.values(given).reduce((a, b) => a + b, 0)).toBe(audience);
      }),
    );
  });

  test('counts a row that is under way as waiting', () => {
    expect(sumLedger({ queued: 1, claimed: 2, handing_over: 4, sent: 8 })).toEqual({
      audience: 15,
      sent: 8,
      failed: 0,
      skipped: 0,
      unknown: 0,
      waiting: 7,
    });
  });
});

describe('a hard bounce', () => {
  const refused: SendResult = {
    outcome: 'refused',
    stage: 'rcpt',
    code: 550,
    reply: '550 5.1.1 no such user',
  };

  test('is a refusal of the mailbox itself', () => {
    expect(isHardBounce(refused)).toBe(true);
  });

  test.each([
    ['a full mailbox', { reply: '552 5.2.2 mailbox full' }],
    ['a policy', { reply: '550 5.7.1 blocked' }],
    ['a refusal of the text', { stage: 'reply' as const }],
    ['a mere delay', { outcome: 'deferred' as const, reply: '450 4.1.1 try later' }],
    ['a longer code', { reply: '550 15.1.1 odd' }],
    ['a refusal without a code', { reply: '550 no' }],
  ])('is not %s', (_what, change) => {
    expect(isHardBounce({ ...refused, ...change })).toBe(false);
  });
});

function listArrows<State extends string>(
  states: readonly State[],
  canMove: (from: State, to: State) => boolean,
): readonly string[] {
  return states
    .flatMap((from) => states.filter((to) => canMove(from, to)).map((to) => `${from} → ${to}`))
    .toSorted();
}
