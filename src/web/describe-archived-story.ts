import type { ArchivedReport } from '../app/read-archived-story.ts';
import type { ToldBefore } from '../app/list-told-before.ts';
import type { Correction } from '../domain/correction.ts';
import type { Issue, IssueStory } from '../domain/issue.ts';
import { localDateAt, localTimeAt } from '../domain/local-time.ts';
import { renderPhrase } from '../render/catalogue.ts';
import { cleanLink, cleanText } from '../render/clean-text.ts';
import type { TemplateKit } from '../render/compile-templates.ts';
import { composeStoryView } from '../render/compose-web-view.ts';
import { renderDate } from '../render/render-date.ts';
import type { PageView } from '../render/render-page.ts';
import { chooseWebFurniture } from '../render/web-words.ts';
import type { ArchiveVisit } from './archive-visit.ts';
import { describeFrame, locatePicture } from './describe-archive.ts';
import { describeCorrections } from './describe-corrections.ts';

/** A story of an issue with all that is told of it. */
export interface StoryPage {
  readonly issue: Issue;
  readonly story: IssueStory;
  readonly corrections: readonly Correction[];
  readonly kit: TemplateKit;
  readonly reports: readonly ArchivedReport[];
  readonly told: readonly ToldBefore[];
}

/** The page of one story: what its mail said, who reported it and when, what joined the reports, and what was told of it before. */
export function describeStory(visit: ArchiveVisit, page: StoryPage): PageView {
  const { issue, story } = page;
  const { newsletter } = visit.place;
  const { view, story: printed } = composeStoryView(page.kit, issue.document, story);
  const { language, words } = chooseWebFurniture(newsletter.language);
  const theme = newsletter.themes.find(({ slug }) => slug === story.theme);
  const path = `/issues/${issue.date}/${story.id}`;
  const frame = { path, title: story.headline, description: story.summary || story.headline };
  const origin = visit.origin;
  return {
    ...describeFrame(visit, { ...frame, type: 'article' }),
    words: { ...words, method: view.words['method'] ?? '' },
    hash: issue.contentHash ?? '',
    publishedAt: issue.frozenAt ?? '',
    headline: printed.headline,
    summary: printed.summary,
    corrections: describeCorrections(visit, issue, page.corrections).map((one) => ({
      ...one,
      headline: '',
    })),
    date: renderDate(issue.date, language),
    marks: printed.marks.map((text) => ({ text })),
    independent: printed.independent,
    details: listDetails(view.words, printed),
    picture: locatePicture(visit, story, origin),
    pictureUrl: locatePicture(visit, story),
    pictureAlt: printed.image?.alt ?? '',
    pictureCredit: printed.image?.credit ?? '',
    isMerged: page.reports.some((report) => report.words.length > 0),
    reports: page.reports.map((report) => describeReport(visit, report)),
    told: page.told.map(({ date, id, headline }) => ({
      url: `${visit.base}/issues/${date}/${id}`,
      headline: cleanText(headline),
      date: renderDate(date, language),
    })),
    issueUrl: `${visit.base}/issues/${issue.date}`,
    themeUrl: theme ? `${visit.base}/themes/${theme.slug}` : '',
    moreOf: renderPhrase(words['moreOf'] ?? '', { theme: cleanText(theme?.name) }),
  };
}

/** What a story says beside its summary, each with the words its mail puts before it. */
export function listDetails(
  words: Readonly<Record<string, string>>,
  story: Readonly<Record<'whyItMatters' | 'whatNext' | 'whatChanged' | 'reportsDiffer', string>>,
): readonly { readonly label: string; readonly text: string }[] {
  const keys = ['whyItMatters', 'whatNext', 'whatChanged', 'reportsDiffer'] as const;
  return keys
    .filter((key) => story[key] !== '')
    .map((key) => ({ label: words[key] ?? '', text: story[key] }));
}

function describeReport(visit: ArchiveVisit, report: ArchivedReport): PageView {
  const { newsletter } = visit.place;
  const { words, language } = chooseWebFurniture(newsletter.language);
  const { publishedAt } = report;
  const day = publishedAt && renderDate(localDateAt(newsletter.zone, publishedAt), language);
  const comma = language === 'ar' ? '،' : ',';
  const shared = report.words.map(cleanText).join(`${comma} `);
  return {
    title: cleanText(report.title),
    url: cleanLink(report.url),
    outlet: cleanText(report.outlet),
    publishedAt: publishedAt ?? '',
    time: publishedAt ? `${day}${comma} ${localTimeAt(newsletter.zone, publishedAt)}` : '',
    note: report.copyOf
      ? renderPhrase(words['sameTextAs'] ?? '', { outlet: cleanText(report.copyOf) })
      : shared && renderPhrase(words['shared'] ?? '', { words: shared }),
  };
}
