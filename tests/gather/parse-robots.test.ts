import { describe, expect, test } from 'vitest';
import { parseRobots } from '../../src/gather/parse-robots.ts';

function allows(robots: string, path: string): boolean {
  return parseRobots(robots, 'daybrief').allows(`https://example.org${path}`);
}

describe('robots.txt', () => {
  test('the group that names us holds, and the one for all does not', () => {
    const robots = 'User-agent: *\nDisallow: /\n\nUser-agent: DayBrief/1.0\nDisallow: /private\n';
    expect(allows(robots, '/news/1')).toBe(true);
    expect(allows(robots, '/private/1')).toBe(false);
  });

  test('several groups that name us are one group', () => {
    const robots =
      'User-agent: daybrief\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: daybrief\nDisallow: /b';
    expect([allows(robots, '/a'), allows(robots, '/b'), allows(robots, '/c')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('robots named on lines that follow each other share the rules below', () => {
    const robots =
      'user-agent: other\nUSER-AGENT: daybrief\n\n# no news\ndisallow: /news # all of it\n';
    expect(allows(robots, '/news/1')).toBe(false);
  });

  test('the longest rule that fits decides, and allow wins a draw', () => {
    const robots =
      'User-agent: *\nDisallow: /news\nAllow: /news/free\nDisallow: /same\nAllow: /same';
    expect(allows(robots, '/news/paid')).toBe(false);
    expect(allows(robots, '/news/free/1')).toBe(true);
    expect(allows(robots, '/same')).toBe(true);
  });

  test.each([
    ['/*.pdf$', '/a/b.pdf', false],
    ['/*.pdf$', '/a/b.pdf?x', true],
    ['/a*/c', '/ab/b/c/d', false],
    ['/*?print=', '/x?print=1', false],
    ['/exact$', '/exactly', true],
    ['/exact$', '/exact', false],
    ['*', '/anything', false],
  ])('Disallow: %s for %s', (pattern, path, expected) => {
    expect(allows(`User-agent: *\nDisallow: ${pattern}`, path)).toBe(expected);
  });

  test('letters are the same however they are encoded', () => {
    expect(allows('User-agent: *\nDisallow: /caf%c3%a9', '/café')).toBe(false);
    expect(allows('User-agent: *\nDisallow: /%7Eada', '/~ada/1')).toBe(false);
    expect(allows('User-agent: *\nDisallow: /a%2fb', '/a/b')).toBe(true);
  });

  test('an empty rule, rules of nobody and a page in place of the file forbid nothing', () => {
    expect(allows('User-agent: *\nDisallow:', '/x')).toBe(true);
    expect(allows('Disallow: /', '/x')).toBe(true);
    expect(allows('<!doctype html><p>Not found: /', '/x')).toBe(true);
  });

  test('a pattern of ten thousand stars is answered at once', () => {
    const robots = `User-agent: *\nDisallow: /${'a*'.repeat(10_000)}b`;
    expect(allows(robots, `/${'a'.repeat(8_000)}`)).toBe(true);
  });
});
