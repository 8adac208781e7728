import { expect, test } from 'vitest';
import { makeMailto } from '../../src/domain/mailto.ts';

test('A link that writes a mail takes any address and subject, and names the domain in ASCII', () => {
  expect(makeMailto('brief+de@bücher.example', 'unsubscribe morning')).toBe(
    'mailto:brief+de@xn--bcher-kva.example?subject=unsubscribe%20morning',
  );
  const url = new URL(makeMailto('a?b&c=zoë%@example.org', 'x&y'));
  expect(decodeURIComponent(url.pathname)).toBe('a?b&c=zoë%@example.org');
  expect(url.searchParams.get('subject')).toBe('x&y');
});
