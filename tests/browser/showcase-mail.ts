import { composeProofNotice } from '../../src/app/queue-proof.ts';
import { SAMPLE_LETTERS } from '../../src/app/sample-letters.ts';
import type { Email } from '../../src/domain/email.ts';
import type { IssueDocument } from '../../src/domain/issue.ts';
import type { Design } from '../../src/domain/newsletter.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { fillHtml, fillText } from '../../src/domain/slots.ts';
import { compileTemplates, type TemplateKit } from '../../src/render/compile-templates.ts';
import { chooseLook, readTemplates } from '../../src/render/read-templates.ts';
import { renderIssue } from '../../src/render/render-issue.ts';
import { renderLetter } from '../../src/render/render-letter.ts';
import { renderNotice } from '../../src/render/render-notice.ts';
import { renderProof } from '../../src/render/render-proof.ts';
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

/** Every mail that is not an issue: the letters, a notice, and the proof, which is one below a bar. */
export const OTHER_MAILS = [
  'confirmation',
  'welcome',
  'goodbye',
  'correction',
  'notice',
  'proof',
] as const;
export type OtherMail = (typeof OTHER_MAILS)[number];

const NOTICE: Notice = {
  subject: 'The Harwick Morning, 2025-11-24: the send is paused',
  heading: 'The send paused itself',
  paragraphs: [
    'The reason: 3 of the first 10 mails failed, the last with “550 5.7.1 message content rejected”.',
    'Nobody else is mailed until you let it go on.',
  ],
  commands: [
    { about: 'How it stands:', command: 'daybrief status harwick-morning/2025-11-24' },
    { about: 'Let it go on:', command: 'daybrief resume harwick-morning/2025-11-24' },
  ],
};

/** HTML and text of another mail, as ada reads it. */
export async function printOther(look: LookName, name: OtherMail, language = 'en') {
  const sources = await readTemplates(TEMPLATES, name);
  const kit = await compileTemplates(sources, chooseLook(sources, look));
  const email = await renderOther(kit, { look, name, language });
  const { readerAddress, unsubscribeUrl } = SLOTS;
  const isLeft = name === 'welcome' || name === 'correction';
  const slots = isLeft ? { readerAddress, unsubscribeUrl } : { readerAddress };
  const { subject, html, text } = email;
  return { subject, html: fillHtml(html, slots), text: fillText(text, slots) };
}

async function renderOther(
  kit: TemplateKit,
  { look, name, language }: { look: LookName; name: OtherMail; language: string },
): Promise<Email> {
  const document = makeShowcase();
  const { newsletter } = document;
  if (name === 'notice') return renderNotice(kit, NOTICE, newsletter);
  if (name === 'proof') {
    const morning = { freeze: '2025-11-24T06:30:00.000Z', slot: '2025-11-24T07:00:00.000Z' };
    const zoned = { ...newsletter, zone: 'Etc/UTC' };
    const notice = composeProofNotice(zoned, document, { morning, readers: 1_204, warning: null });
    const told = { document, language, isOlder: false };
    return renderProof(kit, notice, {
      issue: renderIssue(await compileLook(look), told),
      newsletter,
    });
  }
  const letter = SAMPLE_LETTERS.find(({ kind }) => kind === name);
  if (!letter) throw new Error(`there is no sample of the letter ${name}`);
  return renderLetter(kit, letter, { newsletter, language });
}

/** What is left of a mail in a program that knows no dark scheme and turns the colours itself. */
export function removeDarkScheme(html: string): string {
  return html
    .replace(/<meta name="(?:supported-)?color-schemes?"[^>]*>/g, '')
    .replace(/:root \{[^}]*\}/, '')
    .replaceAll('(prefers-color-scheme: dark)', '(width: 0)');
}
