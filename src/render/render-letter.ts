import type { Email } from '../domain/email.ts';
import type { Letter } from '../domain/letter.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import { renderSlot } from '../domain/slots.ts';
import { chooseFurniture, renderPhrase, type Catalogue } from './catalogue.ts';
import { cleanLink, cleanText } from './clean-text.ts';
import type { TemplateKit } from './compile-templates.ts';
import { fillTemplates } from './fill-templates.ts';
import { composeFrameView } from './frame-view.ts';
import { renderDate } from './render-date.ts';
import { shortenText } from './shorten-text.ts';

/** Room for a headline in a subject after the word for a correction. */
const LONGEST_SUBJECT = 60;

/** The email of a letter in a language, from the templates of its kind, with slots for what differs from reader to reader. */
export function renderLetter(
  kit: TemplateKit,
  letter: Letter,
  context: {
    readonly newsletter: Pick<Newsletter, 'name' | 'language' | 'postalAddress'>;
    /** BCP 47; English where there is no catalogue for it. */
    readonly language: string;
  },
): Email {
  return fillTemplates(kit, composeLetterView(kit, letter, context));
}

function composeLetterView(
  kit: TemplateKit,
  letter: Letter,
  { newsletter, language }: Parameters<typeof renderLetter>[2],
) {
  const furniture = chooseFurniture(kit.catalogues, language);
  const name = cleanText(newsletter.name);
  const data = readData(letter);
  const values = {
    newsletter: name,
    address: renderSlot('readerAddress'),
    date: data.date && renderDate(data.date, furniture.language),
    headline: cleanText(data.headline),
    time: data.time,
  };
  const words = fillWords(furniture.words, values);
  const headline = shortenText(values.headline, 20, LONGEST_SUBJECT);
  const pattern = furniture.words[`${letter.kind}Subject`] ?? '';
  return {
    ...composeFrameView(newsletter, furniture, kit.logo),
    words,
    subject: renderPhrase(pattern, { ...values, headline }),
    title: words[`${letter.kind}Subject`] ?? '',
    preheader: words[`${letter.kind}Text`] ?? '',
    headline: values.headline,
    text: cleanText(data.text),
    url: cleanLink(data.url),
  };
}

interface LetterData {
  readonly date: string;
  readonly headline: string;
  readonly text: string;
  readonly url: string | null;
  readonly time: string;
}

const NOTHING: LetterData = { date: '', headline: '', text: '', url: null, time: '' };

function readData(letter: Letter): LetterData {
  switch (letter.kind) {
    case 'confirmation':
      return { ...NOTHING, url: letter.confirmUrl };
    case 'welcome': {
      const { sendTime: time, latest } = letter;
      return latest ? { ...latest, text: latest.summary, time } : { ...NOTHING, time };
    }
    case 'goodbye':
      return NOTHING;
    case 'correction':
      return { ...NOTHING, date: letter.date, headline: letter.headline, text: letter.text };
  }
}

function fillWords(words: Catalogue, values: Readonly<Record<string, string>>): Catalogue {
  return Object.fromEntries(
    Object.entries(words).map(([key, pattern]) => [key, renderPhrase(pattern, values)]),
  );
}
