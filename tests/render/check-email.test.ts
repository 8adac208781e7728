import { describe, expect, test } from 'vitest';
import { listFindings } from '../../src/domain/finding.ts';
import type { Email } from '../../src/domain/email.ts';
import { renderSlot } from '../../src/domain/slots.ts';
import { checkClients } from '../../src/render/check-clients.ts';
import { checkEmail } from '../../src/render/check-email.ts';
import { readSample } from './sample-issues.ts';

const WAY_OUT = renderSlot('unsubscribeUrl');
const HIDDEN = 'The bond goes to the upper house; fewer fires than in any year since 2004.';
const GOOD: Email = {
  subject: 'Storm Alva passes north of the islands',
  html: `<div style="display:none;">${HIDDEN}\u034f\u200c\u00a0</div><h1>Brief</h1><h2>World</h2><h3><a href="https://x.example/">A ferry</a></h3><img src="a" alt="A quay">${WAY_OUT}`,
  text: `A ferry ${WAY_OUT}`,
};

function find(change: Partial<Email>, seen: Partial<Email> = change) {
  const document = readSample('quiet-day');
  const email = { ...GOOD, ...change };
  return listFindings(checkEmail({ document, email, seen: { ...email, ...seen } }));
}

/** The level and message of one check. */
function look(check: string, change: Partial<Email>) {
  const found = find(change).find((finding) => finding.check === check);
  return `${found?.level}: ${found?.message}`;
}

describe('the look at an email', () => {
  test('finds nothing in a good one', () => {
    expect(find({}).filter(({ level }) => level !== 'passed')).toEqual([]);
  });

  test('names the heaviest blocks of one that would be clipped', () => {
    const html = `${GOOD.html}<h2>Sport</h2>${'x'.repeat(60_000)}<h2>Culture</h2>${'x'.repeat(35_000)}`;
    expect(look('size', { html })).toMatch(
      /^warning: .*Heaviest: Sport 60\.0 KB, Culture 35\.0 KB/,
    );
    expect(look('size', { html: html + 'x'.repeat(9_000) })).toMatch(/^blocker/);
  });

  test.each([
    ['subject', { subject: '' }, /^blocker: The subject is empty/],
    ['subject', { subject: 'Short' }, /^warning: .* 5 characters/],
    ['preheader', { html: GOOD.html.replace(HIDDEN, 'Short') }, /^warning: .* 5 characters/],
    [
      'rendering',
      { html: `${GOOD.html}{{story.headline}}` },
      /^blocker: .*\{\{story\.headline\}\}/,
    ],
    ['rendering', { html: `${GOOD.html}[object Object]` }, /^blocker/],
    ['headings', { html: `${GOOD.html}<h1>Again</h1>` }, /^warning: There are 2/],
    ['headings', { html: GOOD.html.replaceAll('h2', 'h4') }, /^warning: .*level 4 follows .* 1/],
    ['pictures', { html: `${GOOD.html}<img src="b">` }, /^blocker: 1 picture/],
    ['pictures', { html: `${GOOD.html}<img src="b" alt="">` }, /^warning: 1 picture/],
    [
      'plain links',
      { html: `${GOOD.html}<a href="http://y.example/">` },
      /^warning: 1 link.*y\.example/,
    ],
    ['unsubscribing', { html: GOOD.html.replace(WAY_OUT, '') }, /^blocker/],
    ['unsubscribing', { text: 'A ferry' }, /^blocker/],
  ])('finds a fault of its %s', (check, change, expected) => {
    expect(look(check, change)).toMatch(expected);
  });

  test('takes braces that a feed wrote for what they are', () => {
    const sample = readSample('quiet-day');
    const document = { ...sample, dayInALine: 'How to write {{name}} in a template' };
    const email = { ...GOOD, html: `${GOOD.html}<p>${document.dayInALine}</p>` };
    const findings = listFindings(checkEmail({ document, email, seen: email }));
    expect(findings.find(({ check }) => check === 'rendering')?.level).toBe('passed');
  });
});

test('mail programs are told apart by what they do not show', () => {
  const html =
    '<style>@media (prefers-color-scheme: dark) {}</style><img src="data:image/png;base64,x">';
  const [apple, gmail, outlook] = listFindingsOf(html);
  expect(apple).toBe('');
  expect(gmail).toContain('prefers-color-scheme');
  expect(outlook).toContain('data: addresses');
  expect(listFindingsOf(`<style>${' '.repeat(9_000)}</style>`)[1]).toContain('it is dropped');
});

function listFindingsOf(html: string): readonly string[] {
  return checkClients(html, ['apple', 'gmail', 'outlook']).map(([, , warning]) => warning ?? '');
}
