import type { Message } from '../../src/domain/email.ts';

type Changes = Partial<Message> & { readonly text?: string; readonly html?: string };

/** A message to ada; pass what a test is about. */
export function sampleMessage({ text, html, ...changes }: Changes = {}): Message {
  return {
    messageId: '<0123456789abcdef@brief.example.org>',
    date: '2026-03-29T05:00:00.000Z',
    from: { name: 'Morning Brief', address: 'morning@example.org' },
    to: { name: 'Ada', address: 'ada@example.org' },
    subject: 'Harbour reopens after the storm',
    email: {
      subject: 'Harbour reopens after the storm',
      text: text ?? 'Harbour reopens after the storm.\n\nYou are caught up.\n'.repeat(60),
      html:
        html ?? '<h1>Harbour reopens after the storm</h1>\n<p>You are caught up.</p>\n'.repeat(60),
    },
    slots: {},
    headers: {
      'List-Unsubscribe': '<https://brief.example.org/unsubscribe/s1.AbC>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
    ...changes,
  };
}
