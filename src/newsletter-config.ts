import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { designShape, toDesign } from './design-config.ts';
import { BriefingError } from './domain/briefing-error.ts';
import { USUAL_RULES } from './domain/editorial-rules.ts';
import { isHolidayText, parseCalendar } from './domain/holiday.ts';
import { isLocalTime, isZone, type Weekday } from './domain/local-time.ts';
import type { Newsletter } from './domain/newsletter.ts';
import { findAddressFault } from './domain/subscriber.ts';

/** A feed as daybrief.yaml names it for one newsletter. */
interface ConfiguredFeed {
  readonly url: string;
  readonly outlet: string | null;
  readonly weight: number;
  readonly language: string | null;
  readonly theme: string | null;
  readonly exclude: readonly string[];
  /** Whether nothing but its titles and links may be printed. */
  readonly headlineOnly: boolean;
  /** Whether the pages of its short articles are read. */
  readonly fetchPages: boolean;
}

/** A newsletter with its feeds, as daybrief.yaml describes them. */
export interface ConfiguredNewsletter {
  readonly newsletter: Newsletter;
  readonly feeds: readonly ConfiguredFeed[];
}

const DAY_NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const address = z.string().superRefine((text, context) => {
  const fault = findAddressFault(text);
  if (fault)
    context.addIssue({ code: 'custom', message: `"${text}" is not an e-mail address: ${fault}` });
});
const slug = z.string().regex(SLUG, 'use small letters, digits and single hyphens');

const themeShape = z.strictObject({
  slug,
  name: z.string().min(1),
  words: z.array(z.string().toLowerCase()).default([]),
  cap: z.number().int().min(1).max(10).default(4),
  weight: z.number().min(0.1).max(10).default(1),
});

const feedShape = z.strictObject({
  url: z.string().min(1),
  outlet: z.string().nullable().default(null),
  weight: z.number().min(0).max(10).default(1),
  language: z.string().nullable().default(null),
  theme: z.string().nullable().default(null),
  exclude: z.array(z.string()).default([]),
  headline_only: z.boolean().default(false),
  fetch_pages: z.boolean().default(true),
});

const languageCode = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'use a language code such as en or pt-BR');

const newsletterShape = z
  .strictObject({
    slug,
    name: z.string().min(1).max(80),
    language: languageCode.default('en'),
    languages: z.array(languageCode).default([]),
    sender: z.strictObject({ name: z.string().default(''), address }),
    zone: z
      .string()
      .refine(isZone, 'is not a time zone this machine knows; use a name such as Europe/Berlin'),
    send_time: z
      .string()
      .refine(isLocalTime, 'must be HH:MM in quotes, such as "07:00"')
      .default('07:00'),
    weekdays: z
      .array(z.enum(DAY_NAMES))
      .min(1)
      .default([...DAY_NAMES]),
    kind: z.enum(['daily', 'weekly']).default('daily'),
    deadline_minutes: z.number().int().min(5).max(1_380).default(240),
    missed_run: z.enum(['skip', 'roll']).default('roll'),
    look: z.string().default('broadsheet'),
    design: designShape.optional(),
    minimum_stories: z.number().int().min(1).default(3),
    minutes: z
      .union([z.literal(2), z.literal(4), z.literal(8)], 'must be 2, 4 or 8')
      .default(USUAL_RULES.minutes as 4),
    outlet_cap: z.number().int().min(1).max(25).default(USUAL_RULES.outletCap),
    exclude: z.array(z.string().min(1)).default([]),
    interests: z.record(z.string().min(1).toLowerCase(), z.number().min(-3).max(3)).default({}),
    postal_address: z.string().default(''),
    images: z.boolean().default(true),
    themes: z.array(themeShape).min(1),
    default_theme: slug.nullable().default(null),
    editors: z.array(address).default([]),
    reader_time: z.enum(['newsletter', 'own']).default('newsletter'),
    holidays: z.array(z.string().min(1)).default([]),
    feeds: z.array(feedShape).default([]),
  })
  .refine(
    ({ themes, default_theme }) =>
      default_theme === null || themes.some((theme) => theme.slug === default_theme),
    { path: ['default_theme'], message: 'must be the slug of one of the themes' },
  );

/** Reads the `newsletters:` part of daybrief.yaml; throws BriefingError that names every wrong place together. */
export function parseNewsletters(written: unknown, file: string): readonly ConfiguredNewsletter[] {
  const parsed = z.array(newsletterShape).safeParse(written ?? []);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (fault) =>
        `newsletters${fault.path.map((step) => (typeof step === 'number' ? `[${step + 1}]` : `.${String(step)}`)).join('')}: ${fault.message}`,
    );
    throw new BriefingError('invalid', `${file} cannot be used. ${faults.join('; ')}.`);
  }
  const slugs = parsed.data.map((item) => item.slug);
  const twice = slugs.find((item, index) => slugs.indexOf(item) !== index);
  if (twice) {
    throw new BriefingError(
      'invalid',
      `${file} names the newsletter "${twice}" twice. Give each its own slug.`,
    );
  }
  return parsed.data.map((item) => toConfigured(item, dirname(resolve(file))));
}

/** A feed's key as it is stored: the URL of a web feed or a mailbox as it is, a folder or file as a `file:` URL. */
export function resolveFeedUrl(url: string, folder: string): string {
  if (!/^[a-z][a-z0-9+.-]+:/i.test(url)) return pathToFileURL(resolve(folder, url)).href;
  if (!/^(https?|file|imaps|push):/i.test(url) || !URL.canParse(url)) {
    throw new BriefingError(
      'invalid',
      `"${url}" is not a feed address. Give an http or https URL, the path of a folder of wire texts, or a mailbox as imaps://user@host/Folder.`,
    );
  }
  if (/^imaps:/i.test(url) && new URL(url).password !== '') {
    throw new BriefingError(
      'invalid',
      `The address of ${new URL(url).host} has a password in it, which would be shown. Leave it out; it goes into DAYBRIEF_IMAP_PASSWORD.`,
    );
  }
  return new URL(url).href;
}

function toConfigured(item: z.infer<typeof newsletterShape>, folder: string): ConfiguredNewsletter {
  const {
    feeds,
    send_time,
    deadline_minutes,
    missed_run,
    minimum_stories,
    postal_address,
    images,
    default_theme,
    exclude,
    languages,
    interests,
    minutes,
    outlet_cap,
    design,
    reader_time,
    holidays,
    ...same
  } = item;
  return {
    newsletter: {
      ...same,
      ...(design && { design: toDesign(design) }),
      sendTime: send_time,
      weekdays: item.weekdays.map((day) => (DAY_NAMES.indexOf(day) + 1) as Weekday),
      deadlineMinutes: deadline_minutes,
      missedRun: missed_run,
      minimumStories: minimum_stories,
      postalAddress: postal_address,
      ...(images ? {} : { hasImages: false }),
      defaultTheme: default_theme,
      rules: { excludedWords: exclude, languages, interests, minutes, outletCap: outlet_cap },
      readerTime: reader_time,
      holidays: holidays.flatMap((text) => readHolidays(text, folder)),
      isPaused: false,
    },
    feeds: feeds.map(({ fetch_pages, headline_only, ...feed }) => ({
      ...feed,
      url: resolveFeedUrl(feed.url, folder),
      headlineOnly: headline_only,
      fetchPages: fetch_pages,
    })),
  };
}

/** A date as it is, or the days of a calendar file beside daybrief.yaml. */
function readHolidays(text: string, folder: string): readonly string[] {
  if (isHolidayText(text)) return [text];
  if (!/\.ics$/i.test(text)) {
    throw new BriefingError(
      'invalid',
      `The holiday "${text}" is no date. Write it as "2026-12-24", as "12-25" for every year, or name a calendar file that ends in .ics.`,
    );
  }
  const file = resolve(folder, text);
  if (!existsSync(file))
    throw new BriefingError('invalid', `There is no calendar file ${file}. Check the path.`);
  const { days, faults } = parseCalendar(readFileSync(file, 'utf8'));
  if (faults.length === 0) return days;
  throw new BriefingError(
    'invalid',
    `The calendar ${file} is not understood: ${faults.slice(0, 5).join('; ')}. Take these events out, or write their dates into "holidays:".`,
  );
}
