import { beforeAll, describe, expect, test } from 'vitest';
import type { IssueDocument } from '../../src/domain/issue.ts';
import { fillHtml } from '../../src/domain/slots.ts';
import { compileTemplates } from '../../src/render/compile-templates.ts';
import { dressLook } from '../../src/render/dress-look.ts';
import { listLookFaults, measureContrast } from '../../src/render/list-look-faults.ts';
import {
  chooseLook,
  readTemplates,
  type TemplateSources,
} from '../../src/render/read-templates.ts';
import { renderIssue } from '../../src/render/render-issue.ts';
import { compileLook, LOOKS, makeShowcase } from '../browser/showcase-mail.ts';
import { readSample, TEMPLATES } from './sample-issues.ts';

let sources: TemplateSources;
beforeAll(async () => {
  sources = await readTemplates(TEMPLATES);
});

const tailor = (document: IssueDocument, look?: string) => ({
  document,
  language: 'en',
  isOlder: false,
  ...(look && { look }),
});

describe.each(LOOKS)('the look %s', (name) => {
  test('is readable in light and in dark', () => {
    expect(listLookFaults(dressLook(chooseLook(sources, name)).values)).toEqual([]);
  });

  test('stays readable when a mail program inverts every colour and turns the hue back', () => {
    const { values } = chooseLook(sources, name);
    for (const scheme of [
      ['ink', 'muted', 'accent', 'link', 'paper'],
      ['darkInk', 'darkMuted', 'darkAccent', 'darkLink', 'darkPaper'],
    ]) {
      const [paper = '', ...texts] = scheme.map((key) => invert(values[key] ?? '')).reverse();
      for (const text of texts) expect(measureContrast(text, paper)).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('has bars that stand out from light and from dark paper', () => {
    const { values } = chooseLook(sources, name);
    for (const bar of ['meter', 'meterBefore'])
      for (const paper of ['paper', 'darkPaper'])
        expect(measureContrast(values[bar] ?? '', values[paper] ?? '')).toBeGreaterThanOrEqual(3);
  });

  test('names the same values as the others', () => {
    const keys = Object.keys(chooseLook(sources, 'broadsheet').values).sort();
    expect(Object.keys(chooseLook(sources, name).values).sort()).toEqual(keys);
  });

  test('prints 25 stories in at most 45 KB', async () => {
    const base = makeShowcase();
    const extra = base.sections.flatMap((section) => section.stories).slice(0, 4);
    const [first, ...others] = base.sections;
    const sections = first ? [{ ...first, stories: [...first.stories, ...extra] }, ...others] : [];
    const { html } = renderIssue(await compileLook(name), tailor({ ...base, sections }));
    expect(html.split('<h3').length - 1).toBe(25);
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(45 * 1024);
  });
});

describe('a design', () => {
  test('puts its own colours and fonts over the look, and what shares the accent follows it', () => {
    const { values } = dressLook(chooseLook(sources, 'wire'), {
      values: { accent: '#7a0019', sans: 'Verdana,sans-serif' },
    });
    const { accent, link, bar, meter, ink, textFont } = values;
    expect({ accent, link, bar, meter, textFont }).toEqual({
      accent: '#7a0019',
      link: '#7a0019',
      bar: '#7a0019',
      meter: '#7a0019',
      textFont: 'Verdana,sans-serif',
    });
    expect(ink).toBe(chooseLook(sources, 'wire').values['ink']);
  });

  test('that is too faint is told with its contrast, in light and in dark', () => {
    const look = chooseLook(sources, 'wire');
    expect(listLookFaults(dressLook(look, { values: { accent: '#ff6600' } }).values)).toEqual([
      'accent #ff6600 on paper #ffffff has a contrast of 2.9 and needs 7',
      'link #ff6600 on paper #ffffff has a contrast of 2.9 and needs 4.5',
    ]);
    expect(listLookFaults({ ...look.values, darkInk: 'white' })[0]).toContain('dark_ink white on');
  });

  test('may bring a logo, which says the name when pictures are off', async () => {
    const logo = { url: 'https://example.org/logo.png', width: 180, alt: 'The "Morning"' };
    const kit = await compileLook('wire', { values: {}, logo, charts: true });
    const { html } = renderIssue(kit, tailor(readSample('quiet-day')));
    expect(html).toMatch(/<h1[^>]*><img[^>]*src="https:\/\/example\.org\/logo\.png"/);
    expect(html).toContain('alt="The &quot;Morning&quot;" width="180"');
  });

  test('may do without charts', async () => {
    const draw = async (charts: boolean) => {
      const kit = await compileLook('wire', { values: {}, logo: null, charts });
      return renderIssue(kit, tailor(makeShowcase())).html;
    };
    expect(await draw(true)).toContain('role="img" aria-label="from 430,000 to 412,000"');
    expect(await draw(false)).not.toContain('role="img"');
  });
});

test('a reader’s own look is printed from the same kit; one that is gone is the newsletter’s', async () => {
  const others = [chooseLook(sources, 'large-print')];
  const kit = await compileTemplates(sources, chooseLook(sources, 'broadsheet'), { others });
  const print = (look?: string) => renderIssue(kit, tailor(readSample('quiet-day'), look)).html;
  expect(print()).toContain('font-size:17px');
  expect(print('large-print')).toContain('font-size:21px');
  expect(print('large-print')).toBe(
    renderIssue(await compileLook('large-print'), tailor(readSample('quiet-day'))).html,
  );
  for (const gone of ['loud', 'constructor', '']) expect(print(gone)).toBe(print());
});

describe('the opening note', () => {
  test('stands before the stories with its author, in both parts', async () => {
    const { html, text } = renderIssue(await compileLook('wire'), tailor(makeShowcase()));
    const order = ['Monday, 24 November', 'The ferry runs again', 'Cleo, city desk', 'The big one'];
    for (const part of [fillHtml(html, {}), text]) {
      const places = order.map((words) => part.lastIndexOf(words));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(places).not.toContain(-1);
    }
  });
});

describe('text as the worst feeds send it', () => {
  test('what is no text at all is left out', async () => {
    const broken = { toString: 'x' } as unknown as string;
    const base = readSample('quiet-day');
    const document: IssueDocument = {
      ...base,
      dayInALine: broken,
      lead: base.lead && { ...base.lead, summary: broken, whyItMatters: broken },
      sections: base.sections.map((section) => ({ ...section, name: broken })),
    };
    const { html, text } = renderIssue(await compileLook('broadsheet'), tailor(document));
    expect(html + text).not.toMatch(/\[object|toString|undefined/);
    expect(html).not.toContain('Why it matters');
  });

  test('a text of the other direction stands by itself', async () => {
    const base = readSample('quiet-day');
    const hebrew = 'שער הגאות אושר (2026)';
    const lead = base.lead && {
      ...base.lead,
      headline: hebrew,
      summary: hebrew,
      whyItMatters: hebrew,
    };
    const { html } = renderIssue(await compileLook('broadsheet'), tailor({ ...base, lead }));
    expect(html).toMatch(new RegExp(`<a [^>]*dir="auto"[^>]*>${escape(hebrew)}</a>`));
    expect(html).toMatch(new RegExp(`<p dir="auto"[^>]*>${escape(hebrew)}</p>`));
    expect(html).toContain(`<bdi>${hebrew}</bdi>`);
  });
});

function escape(text: string): string {
  return text.replace(/[()]/g, '\\$&');
}

/** As the CSS filters invert(1) hue-rotate(180deg) do it. */
function invert(colour: string): string {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => 255 - parseInt(colour.slice(at, at + 2), 16));
  const turned = [
    -0.574 * r + 1.43 * g + 0.144 * b,
    0.426 * r + 0.43 * g + 0.144 * b,
    0.426 * r + 1.43 * g - 0.856 * b,
  ];
  const hex = turned.map((value) =>
    Math.round(Math.min(255, Math.max(0, value)))
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${hex.join('')}`;
}
