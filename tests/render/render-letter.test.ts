import { describe, expect, test } from 'vitest';
import type { Letter } from '../../src/domain/letter.ts';
import { fillHtml, fillText } from '../../src/domain/slots.ts';
import { compileTemplates } from '../../src/render/compile-templates.ts';
import { chooseLook, readTemplates } from '../../src/render/read-templates.ts';
import { renderLetter } from '../../src/render/render-letter.ts';
import { TEMPLATES } from './sample-issues.ts';

const LANGUAGES = ['en', 'de', 'fr', 'es', 'tr', 'az', 'ar'];
const SLOTS = { readerAddress: 'ada@example.org', unsubscribeUrl: '' };
const newsletter = { name: 'The Morning', language: 'en', postalAddress: '1 Quay Street' };

const LETTERS: readonly Letter[] = [
  { kind: 'confirmation', confirmUrl: 'https://brief.example.org/confirm/t0ken' },
  {
    kind: 'welcome',
    sendTime: '07:00',
    latest: {
      date: '2026-03-09',
      headline: 'Ferry runs aground',
      summary: 'All 214 passengers were brought ashore.',
      url: 'https://brief.example.org/issues/2026-03-09',
    },
  },
  { kind: 'goodbye' },
  {
    kind: 'correction',
    date: '2026-03-09',
    headline: 'Ferry runs aground off the northern cape',
    text: 'It was the southern cape.',
  },
];

async function render(letter: Letter, language = 'en') {
  const sources = await readTemplates(TEMPLATES, letter.kind);
  const kit = await compileTemplates(sources, chooseLook(sources, 'broadsheet'));
  const { subject, html, text } = renderLetter(kit, letter, { newsletter, language });
  return { subject, html: fillHtml(html, SLOTS), text: fillText(text, SLOTS) };
}

describe.each(LETTERS)('a $kind', (letter) => {
  test('is complete in every language, in both parts', async () => {
    const subjects = new Set<string>();
    for (const language of LANGUAGES) {
      const { subject, html, text } = await render(letter, language);
      subjects.add(subject);
      expect(html).toContain(`lang="${language}"`);
      expect(html).toContain(language === 'ar' ? 'dir="rtl"' : 'dir="ltr"');
      expect(html.match(/<h1/g)).toHaveLength(1);
      for (const part of [subject, html, text]) expect(part).not.toMatch(/\{\{|undefined|\u0002/);
      expect(text).toContain('1 Quay Street');
      for (const line of text.split('\n'))
        if (!line.includes('https://')) expect(line.length).toBeLessThanOrEqual(76);
    }
    expect(subjects.size).toBe(LANGUAGES.length);
  });

  test('is in English where there is no catalogue', async () => {
    expect(await render(letter, 'pt')).toEqual(await render(letter));
  });

  test('prints hostile words as words', async () => {
    const hostile = '</p><script>x</script>{{subject}}"\'\r\nBcc: x@example.org';
    const worst = JSON.parse(
      JSON.stringify(letter, (key, value: unknown) =>
        ['headline', 'summary', 'text'].includes(key) ? hostile : value,
      ),
    ) as Letter;
    const { subject, html } = await render(worst);
    expect(html).not.toContain('<script');
    expect(subject).not.toMatch(/\p{Cc}/u);
  });
});

test('only a page is linked, never a script', async () => {
  const { html, text } = await render({ kind: 'confirmation', confirmUrl: 'javascript:alert(1)' });
  expect(html + text).not.toContain('javascript:');
});

test('a reader’s address stands in their own letter', async () => {
  expect((await render({ kind: 'goodbye' })).text).toContain('ada@example.org');
});
