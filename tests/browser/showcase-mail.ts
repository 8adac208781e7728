import type { IssueDocument } from '../../src/domain/issue.ts';
import type { Design } from '../../src/domain/newsletter.ts';
import { fillHtml, fillText } from '../../src/domain/slots.ts';
import { compileTemplates, type TemplateKit } from '../../src/render/compile-templates.ts';
import { chooseLook, readTemplates } from '../../src/render/read-templates.ts';
import { renderIssue } from '../../src/render/render-issue.ts';
import { readSample, TEMPLATES } from '../render/sample-issues.ts';

export const LOOKS = ['broadsheet', 'wire', 'large-print'] as const;
export type LookName = (typeof LOOKS)[number];

/** Every link a reader may have. */
const SLOTS = {
  readerAddress: 'ada@example.org',
  usefulUrl: 'https://news.example.org/feedback/ada/yes',
  notUsefulUrl: 'https://news.example.org/feedback/ada/no',
  archiveUrl: 'https://news.example.org/issues/2025-11-24',
  preferencesUrl: 'https://news.example.org/preferences/ada',
  unsubscribeUrl: 'https://news.example.org/unsubscribe/ada',
};

/** A morning with every block there is. */
export function makeShowcase(): IssueDocument {
  const base = readSample('full-morning');
  if (!base.lead) throw new Error('the sample has a lead');
  return {
    ...base,
    openingNote: {
      article: 'note',
      text: 'Good morning. The ferry runs again from today; the early boat leaves ten minutes sooner than it used to.',
      author: 'Cleo, city desk',
    },
    lead: {
      ...base.lead,
      whatChanged: 'The council had put the vote off twice since the spring.',
      reportsDiffer: {
        about: 'million',
        figures: [
          { figure: '640', outlet: 'Harbour Sentinel' },
          { figure: '710', outlet: 'The Ledger' },
        ],
      },
      image: {
        url: 'https://pictures.example/barrier.jpg',
        width: 1072,
        height: 603,
        alt: 'The mouth of the Ellery at low tide, where the barrier is to stand',
        credit: 'Ben Marsh / Harbour Sentinel',
      },
    },
    numberOfTheDay: {
      figure: '412,000',
      sentence: 'Passengers on the harbour ferries fell to 412,000 from 430,000 a year before.',
      source: {
        outlet: 'The Ledger',
        title: 'Fewer passengers on the ferries',
        url: 'https://ledger.example/2025/11/24/ferries',
      },
    },
  };
}

const kits = new Map<string, Promise<TemplateKit>>();

/** The shipped templates in a look; a design only for who brings one. */
export async function compileLook(look: LookName, design?: Design): Promise<TemplateKit> {
  const sources = await readTemplates(TEMPLATES);
  if (design) return await compileTemplates(sources, chooseLook(sources, look), { design });
  const kit = kits.get(look) ?? compileTemplates(sources, chooseLook(sources, look));
  kits.set(look, kit);
  return await kit;
}

/** HTML and text of a document as ada reads them. */
export function printMail(kit: TemplateKit, document: IssueDocument, language = 'en') {
  const { html, text, subject } = renderIssue(kit, { document, language, isOlder: false });
  return { subject, html: fillHtml(html, SLOTS), text: fillText(text, SLOTS) };
}

/** What is left of a mail in a program that knows no dark scheme and turns the colours itself. */
export function removeDarkScheme(html: string): string {
  return html
    .replace(/<meta name="(?:supported-)?color-schemes?"[^>]*>/g, '')
    .replace(/:root \{[^}]*\}/, '')
    .replaceAll('(prefers-color-scheme: dark)', '(width: 0)');
}
