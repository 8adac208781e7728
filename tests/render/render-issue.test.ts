import { beforeAll, describe, expect, test } from 'vitest';
import type { IssueDocument } from '../../src/domain/issue.ts';
import type { TemplateKit } from '../../src/render/compile-templates.ts';
import { renderIssue } from '../../src/render/render-issue.ts';
import { fillHtml, fillText } from '../../src/domain/slots.ts';
import { compileBroadsheet, readSample, withLead } from './sample-issues.ts';

let kit: TemplateKit;
beforeAll(async () => {
  kit = await compileBroadsheet();
});

function render(document: IssueDocument, language = 'en', isOlder = false) {
  const { subject, html, text } = renderIssue(kit, { document, language, isOlder });
  const slots = { unsubscribeUrl: 'https://news.example.org/unsubscribe/ada' };
  return { subject, html: fillHtml(html, slots), text: fillText(text, slots) };
}

const count = (text: string, part: string) => text.split(part).length - 1;

describe('hostile text', () => {
  const hostile =
    '</h3></td><script>alert(1)</script>{{words.why}}{{{subject}}}<mj-include path="/etc/passwd"/>"\'`';

  test('stays text wherever an issue prints text', () => {
    const base = readSample('full-morning');
    const source = { outlet: hostile, title: hostile, url: 'javascript:alert(1)' };
    const document: IssueDocument = {
      ...base,
      newsletter: { ...base.newsletter, name: hostile, postalAddress: hostile },
      dayInALine: hostile,
      openingNote: { article: 'note', text: hostile, author: hostile },
      lead: base.lead && {
        ...base.lead,
        headline: hostile,
        summary: hostile,
        whyItMatters: hostile,
        whatNext: hostile,
        whatChanged: hostile,
        reportsDiffer: {
          about: hostile,
          figures: [
            { figure: hostile, outlet: hostile },
            { figure: hostile, outlet: hostile },
          ],
        },
        sources: [source],
        image: { url: 'javascript:alert(1)', width: 1, height: 1, alt: hostile, credit: hostile },
      },
      sections: base.sections.map((section) => ({ ...section, name: hostile })),
      numberOfTheDay: { figure: hostile, sentence: hostile, source },
      quoteOfTheDay: { quote: hostile, speaker: hostile, source },
    };
    const { html, text } = render(document);
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<mj-');
    expect(html).not.toContain('javascript:');
    expect(html).toContain('{{words.why}}');
    expect(html).not.toContain('because you signed up for it.');
    expect(count(html, '<h1')).toBe(1);
    expect(text).toContain('<script>alert(1)</script>{{words.why}}');
    expect(text).not.toContain('javascript:');
  });

  test('cannot forge a slot, a line or a reading direction with control characters', () => {
    const { html, text, subject } = render(
      withLead({
        headline: 'Vote \u0002unsubscribeUrl\u0003\r\nBcc: ben@example.org \u202Egnorw\ud800',
      }),
    );
    expect(html).toContain('Vote unsubscribeUrl Bcc: ben@example.org gnorw\ufffd');
    expect(text).toContain('Vote unsubscribeUrl Bcc: ben@example.org gnorw');
    expect(subject).not.toMatch(/\p{Cc}/u);
  });

  test('is kept out of links: only web pages are linked', () => {
    const urls = ['javascript:alert(1)', 'data:text/html,x', ' JAVASCRIPT:x', 'file:///etc/passwd'];
    const sources = urls.map((url) => ({ outlet: 'Harbour Sentinel', title: 't', url }));
    const lone = { ...withLead({ sources }), sections: [], inBrief: [] };
    const { html } = render({ ...lone, quoteOfTheDay: null });
    const links = [...html.matchAll(/href="([^"]*)"/g)].map((link) => link[1]);
    expect(links).toEqual(['https://news.example.org/unsubscribe/ada']);
  });
});

describe('the bytes', () => {
  test('are the same for the same input, also with a kit that came back from JSON', () => {
    const document = readSample('full-morning');
    const tailored = { document, language: 'de', isOlder: false };
    const copy = JSON.parse(JSON.stringify(kit)) as TemplateKit;
    expect(renderIssue(copy, structuredClone(tailored))).toEqual(renderIssue(kit, tailored));
  });

  test('stay below 45 KB for 25 stories', () => {
    const base = readSample('full-morning');
    const extra = base.sections.flatMap((section) => section.stories).slice(0, 4);
    const [first, ...others] = base.sections;
    if (!first) throw new Error('the sample has sections');
    const sections = [{ ...first, stories: [...first.stories, ...extra] }, ...others];
    const { html } = render({ ...base, sections });
    expect(count(html, '<h3')).toBe(25);
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(45 * 1024);
  });
});

describe('the structure', () => {
  test('is one h1, an h2 per block and an h3 per story', () => {
    const document = readSample('full-morning');
    const { html } = render(document);
    expect(count(html, '<h1')).toBe(1);
    expect(count(html, '<h2')).toBe(1 + document.sections.length + 2);
    expect(count(html, '<h3')).toBe(document.counts.stories);
  });

  test('gives every layout table the presentation role', () => {
    const { html } = render(readSample('full-morning'));
    const tables = html.match(/<table[^>]*>/g) ?? [];
    expect(tables.length).toBeGreaterThan(5);
    expect(tables.filter((table) => !table.includes('role="presentation"'))).toEqual([]);
  });

  test('prints nothing under 14 pixels but the hidden preheader', () => {
    const { html } = render(readSample('long-headlines'));
    const shown = html.replace(/<div style="display:none.*?<\/div>/s, '');
    const sizes = [...shown.matchAll(/font(?:-size)?:(?:bold )?(\d+)px/g)].map((size) =>
      Number(size[1]),
    );
    expect(Math.min(...sizes.filter((size) => size > 0))).toBe(14);
  });

  test('loads nothing: no web font, no style sheet, no pixel', () => {
    const { html } = render(readSample('full-morning'));
    expect(html).not.toMatch(/<link|@import|@font-face|<img|url\(/);
  });

  test('leaves out what has nothing to say', () => {
    const { html, text } = render({ ...readSample('quiet-day'), inBrief: [], isQuiet: false });
    for (const part of [html, text])
      for (const label of ['Why it matters', 'In brief', 'Number of the day', 'quiet day'])
        expect(part).not.toContain(label);
  });

  test('holds without any story', () => {
    const { html, text, subject } = render({
      ...readSample('quiet-day'),
      lead: null,
      sections: [],
      inBrief: [],
    });
    expect(subject).toBe('Harbour Morning');
    expect(html).toContain('caught up');
    expect(text).toContain('caught up');
  });
});

describe('the named sources', () => {
  test('are three, linked, with the number of the others and of independent reports', () => {
    const { html, text } = render(readSample('full-morning'));
    expect(html).toMatch(
      />Harbour Sentinel<\/a>, <a[^>]*>The Ledger<\/a>, <a[^>]*>Coast Radio<\/a> \+3/,
    );
    expect(html).toContain('2 independent reports');
    expect(text).toContain('Harbour Sentinel [1], The Ledger [2], Coast Radio [3] +3');
    expect(text).toMatch(/^\[1\] https:\/\/harbourtimes\.example\/\S+$/m);
  });

  test('carry marks in words', () => {
    const { html } = render(readSample('full-morning'));
    for (const mark of ['New', 'Update', 'Single source'])
      expect(html).toContain(`>${mark}</span>`);
  });
});

describe('what the sources support', () => {
  test('figures that differ stand in one line, each with its outlet', () => {
    const reportsDiffer = {
      about: 'dead',
      figures: [
        { figure: '17', outlet: 'Harbour Times' },
        { figure: 'at least 19', outlet: 'The Ledger' },
      ],
    };
    const { html, text } = render(withLead({ reportsDiffer }));
    const line = '17 dead (Harbour Times), at least 19 (The Ledger)';
    expect(text).toContain(`Reports differ: ${line}\n`);
    expect(html).toContain(line);
    expect(render(withLead({ reportsDiffer }), 'ar').text).toContain('(Harbour Times)، ');
  });

  test('what comes next follows why it matters', () => {
    const { text } = render(withLead({ whyItMatters: 'It is.', whatNext: 'It will be.' }));
    expect(text).toContain('Why it matters: It is.\nWhat’s next: It will be.\n');
  });

  test('a quotation stands in the quotation marks of the reader’s language, with speaker and source', () => {
    const document = { ...readSample('quiet-day'), sections: [], inBrief: [] };
    const quote = document.quoteOfTheDay?.quote ?? '';
    expect(render(document).text).toMatch(
      /Quote of the day\n-+\n\n“We counted .*\n.*storm\.”\nLight/,
    );
    expect(render(document, 'de').html).toContain(`„${quote}“`);
    expect(render({ ...document, quoteOfTheDay: null }).text).not.toContain('Quote of the day');
  });
});

describe('the languages', () => {
  test('set the date as the reader writes it', () => {
    const document = readSample('full-morning');
    const dates = ['en', 'de-AT', 'fr', 'es', 'tr', 'az', 'ar', 'pt'].map(
      (language) => render(document, language).text.split('\n')[1],
    );
    expect(dates).toEqual([
      'Monday, 24 November 2025',
      'Montag, 24. November 2025',
      'lundi 24 novembre 2025',
      'lunes, 24 de noviembre de 2025',
      '24 Kasım 2025 Pazartesi',
      '24 Noyabr 2025, Bazar ertəsi',
      'الاثنين، 24 نوفمبر 2025',
      'Monday, 24 November 2025',
    ]);
  });

  test('turn the whole mail for a right-to-left issue', () => {
    const { html } = render(readSample('right-to-left'), 'ar');
    expect(html).toMatch(/^<!doctype html> <html lang="ar" dir="rtl"/);
    expect(html).not.toMatch(/align="left"|text-align:left|direction:ltr/);
  });

  test('name the language of the stories when the furniture has another', () => {
    const { html } = render(readSample('right-to-left'), 'en');
    expect(html).toContain('<html lang="en" dir="ltr"');
    expect(html).toContain('<div lang="ar" dir="rtl" align="right">');
    expect(html).toContain('text-align:left');
    expect(render(readSample('full-morning')).html).not.toContain('align="right"');
  });

  test('say that an issue is yesterday’s, and that the day was quiet', () => {
    const { html } = render(readSample('quiet-day'), 'de', true);
    expect(html).toContain('Die Ausgabe von gestern. Ein ruhiger Tag');
  });
});

describe('the text part', () => {
  test('has at most 72 columns but for links, two for a wide character', () => {
    for (const name of ['full-morning', 'long-headlines', 'right-to-left']) {
      const lines = render(readSample(name)).text.split('\n');
      const wide = lines.filter((line) => columns(line) > 72 && !/^\[\d+\] https?:\S+$/.test(line));
      expect(wide).toEqual([]);
    }
  });

  test('loses no word of a long headline', () => {
    const { headline } = readSample('long-headlines').lead ?? { headline: '' };
    expect(render(readSample('long-headlines')).text.replaceAll('\n', '')).toContain(headline);
  });
});

function columns(line: string): number {
  return [...line].reduce(
    (sum, character) => sum + (/[\p{Script=Han}\p{Script=Hiragana}]/u.test(character) ? 2 : 1),
    0,
  );
}

describe('what a model wrote', () => {
  const METHODS: Readonly<Record<string, RegExp>> = {
    en: /A language model reworded 1 story; its figures, names and quotations were checked/,
    de: /1 Meldung hat ein Sprachmodell neu formuliert/,
    fr: /Un modèle de langage a reformulé 1 sujet/,
    es: /Un modelo de lenguaje reformuló 1 noticia/,
    tr: /1 haberi bir dil modeli yeniden yazdı/,
    az: /1 xəbəri dil modeli yenidən yazıb/,
    ar: /أعاد نموذج لغوي صياغة خبر واحد/,
  };

  test.each(Object.keys(METHODS))('is said at the foot of both parts in %s', (language) => {
    const { html, text } = render(withLead({ writtenByModel: ['summary'] }), language);
    const method = METHODS[language] ?? /never/;
    expect(html).toMatch(method);
    expect(text.replaceAll('\n', ' ')).toMatch(method);
  });

  test('is counted in stories, and no sentence claims to be the sources’ own', () => {
    const base = withLead({ writtenByModel: ['headline', 'summary'] });
    const [first, ...rest] = base.inBrief;
    const inBrief = first ? [{ ...first, writtenByModel: ['headline'] as const }, ...rest] : [];
    const { html } = render({ ...base, inBrief });
    expect(html).toContain('A language model reworded 2 stories; their figures');
    expect(html).not.toContain('every sentence about the news is theirs');
  });

  test('is not mentioned where it wrote nothing', () => {
    const { html } = render(readSample('full-morning'));
    expect(html).toContain('every sentence about the news is theirs');
    expect(html).not.toContain('language model');
  });
});

test('the footer says it when an editor rewrote a story, in every language', () => {
  const [base, rewritten] = [withLead({}), withLead({ isRewritten: true })];
  for (const [language, words] of Object.entries(kit.catalogues)) {
    const edited = words['methodEdited'] ?? 'nothing';
    expect(render(rewritten, language).text.replace(/\s+/g, ' ')).toContain(edited);
    expect(render(base, language).text.replace(/\s+/g, ' ')).not.toContain(edited);
  }
});
