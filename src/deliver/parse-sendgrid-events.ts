import type { BounceClass, BounceNotice, NoticeKind } from '../domain/bounce.ts';
import { readText, writeNotice } from './write-notice.ts';

/** SendGrid: a list of events; bounce (or blocked), dropped, deferred and spamreport count. */
export function parseSendgridEvents(body: unknown): readonly BounceNotice[] {
  if (!Array.isArray(body)) return [];
  return (body as unknown[]).slice(0, 5_000).flatMap((event) => {
    const kind = chooseKind(event);
    if (kind === null) return [];
    const words =
      kind === 'complaint' ? '' : readText(event, 'reason') || readText(event, 'response');
    return [
      writeNotice({
        kind,
        provider: 'SendGrid',
        address: readText(event, 'email'),
        messageId: readText(event, 'smtp-id'),
        status: readText(event, 'status'),
        words,
        verdict: chooseVerdict(event, kind),
      }),
    ];
  });
}

function chooseKind(event: unknown): NoticeKind | null {
  const name = readText(event, 'event');
  if (name === 'spamreport') return 'complaint';
  if (name === 'deferred') return 'delay';
  if (name === 'bounce') return 'bounce';
  // Dropped: it was not even tried, because of an earlier bounce, complaint or their own rules.
  const reason = readText(event, 'reason').toLowerCase();
  return name === 'dropped' && reason.startsWith('bounced') ? 'bounce' : null;
}

function chooseVerdict(event: unknown, kind: NoticeKind): BounceClass {
  if (kind === 'complaint') return 'unknown';
  return kind === 'bounce' && readText(event, 'type') !== 'blocked' ? 'hard' : 'soft';
}
