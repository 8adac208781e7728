import { describe, expect, it } from 'vitest';
import { cleanText, sanitizeHtml, toPlainText } from '../../src/gather/sanitize-html.ts';

describe('sanitizing', () => {
  it.each([
    ['<img src=x onerror=alert(1)>', '<img src="x" />'],
    ['<a href="javascript:alert(1)">x</a>', '<a>x</a>'],
    ['<a href="&#106;avascript:alert(1)">x</a>', '<a>x</a>'],
    ['<a href="//evil.example/">x</a>', '<a>x</a>'],
    ['<svg><script>alert(1)</script></svg>x', 'x'],
    ['<math><mtext></mtext><style><img src=x onerror=alert(1)></style></math>', ''],
    ['<p style="position:fixed" class="a">x</p>', '<p>x</p>'],
    ['<form action="/x"><input name=a>x</form>', 'x'],
    ['<iframe src="https://example.org/"></iframe>x', 'x'],
    [
      '<p>kept <b>bold</b> <a href="https://example.org/" target=_blank>link</a></p>',
      '<p>kept <b>bold</b> <a href="https://example.org/">link</a></p>',
    ],
  ])('turns %s into %s', (html, clean) => {
    expect(sanitizeHtml(html)).toBe(clean);
  });

  it('shows a document of endless tags as text only', () => {
    expect(sanitizeHtml(`${'<div>'.repeat(30_000)}deep`)).toBe('deep');
  });
});

describe('plain text', () => {
  it.each([
    ['<p>One</p><p>two<br>three</p>', 'One two three'],
    ['w<b>or</b>d', 'word'],
    ['AT&amp;T &lt;3 caf&eacute; &#8217;', 'AT&T <3 café ’'],
    ['5 < 7 & 8 > 2', '5 < 7 & 8 > 2'],
    ['<script>alert("x")</script><style>p{}</style>seen', 'seen'],
    ['a<!-- hidden -->b', 'ab'],
    ['a\u0000b\u200Bc\u202Ed\u2066e\uFEFFf\uFFFEg', 'abcdefg'],
    ['Hafen\u00ADrund\u00ADfahrt \u200Fא\u200E', 'Hafen\u00ADrund\u00ADfahrt \u200Fא\u200E'],
    ['  many\n\t\u00a0 blanks  ', 'many blanks'],
    ['می\u200cخواهم 👨\u200d👩\u200d👧', 'می\u200cخواهم 👨\u200d👩\u200d👧'],
    ['broken \uD800 half', 'broken \uFFFD half'],
    ['', ''],
  ])('of %j is %j', (html, text) => {
    expect(toPlainText(html)).toBe(text);
  });
});

describe('clean text', () => {
  it.each([
    ['Hafen\u00ADrund\u00ADfahrt', 'Hafenrundfahrt'],
    ['\u200Fא\u200E', 'א'],
    ['cafe\u0301', 'café'],
    [' a\u0000\n b ', 'a b'],
  ])('of %j is %j', (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });
});
