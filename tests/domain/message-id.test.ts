import { expect, test } from 'vitest';
import { makeMessageId } from '../../src/domain/message-id.ts';

test('One issue and one subscription always have the same Message-ID, others another', () => {
  const id = makeMessageId('issue-1', 'subscription-1', 'example.org');
  expect(id).toMatch(/^<[0-9a-f]{40}@example\.org>$/);
  expect(makeMessageId('issue-1', 'subscription-1', 'example.org')).toBe(id);
  expect(makeMessageId('issue-1', 'subscription-2', 'example.org')).not.toBe(id);
  expect(makeMessageId('issue-2', 'subscription-1', 'example.org')).not.toBe(id);
  expect(makeMessageId('a', 'b\nc', 'example.org')).not.toBe(id);
});

test('A Message-ID is ASCII, whatever the letters of its domain', () => {
  expect(makeMessageId('issue-1', 'subscription-1', 'bücher.example')).toMatch(
    /^<[0-9a-f]{40}@xn--bcher-kva\.example>$/,
  );
});
