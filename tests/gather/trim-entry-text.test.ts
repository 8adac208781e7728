import { expect, test } from 'vitest';
import { trimEntryText } from '../../src/gather/trim-entry-text.ts';

const about = { title: 'Ferry runs by night', outlet: 'The Example' };

test('what a publishing system puts under an entry is dropped, paragraph by paragraph', () => {
  const html = `<p>The ferry ran by night for the first time. [&#8230;]</p>
    <p class="more">Read more: <a href="/tag">All our reports</a></p><div>Share: Email | Print | Copy link</div>
    <p>The post <a href="/x">Ferry runs by night</a> appeared first on <a href="/">The Example</a>.</p>`;
  expect(trimEntryText(html, about)).toBe('The ferry ran by night for the first time. …');
});

test('a title and an outlet repeated in front are dropped where a sentence follows', () => {
  const html = '<a>Ferry runs by night</a> The Example <br>Three hundred cars were aboard.';
  expect(trimEntryText(html, about)).toBe('Three hundred cars were aboard.');
});

test('a sentence that only begins like the title stays whole', () => {
  const text = 'Ferry runs by night between the two islands.';
  expect(trimEntryText(text, about)).toBe(text);
});

test('the place it was reported from is dropped', () => {
  const text = 'OVERMOOR (The Example) - The council voted for a library.';
  expect(trimEntryText(text, about)).toBe('The council voted for a library.');
});

test('a report about sharing and reading is news and stays', () => {
  const text = 'Share of readers who read more rose by a third, the library said.';
  expect(trimEntryText(text, about)).toBe(text);
});
