import type { IssueDocument, IssueStory } from '../domain/issue.ts';
import type { TemplateKit } from './compile-templates.ts';
import { composeIssueView, type IssueView } from './issue-view.ts';

/** One story of an issue as its mail words it: the view of an issue that has no other. */
export function composeStoryView(
  kit: TemplateKit,
  document: IssueDocument,
  story: IssueStory,
): { readonly view: IssueView; readonly story: NonNullable<IssueView['lead']> } {
  const { language } = document.newsletter;
  const alone = { ...document, lead: story, sections: [], inBrief: [] };
  const view = composeIssueView(kit, { document: alone, language, isOlder: false });
  if (!view.lead) throw new Error('a story was given');
  return { view, story: view.lead };
}

/** All of an issue as its mail words it. */
export function composeWholeView(kit: TemplateKit, document: IssueDocument): IssueView {
  const { language } = document.newsletter;
  return composeIssueView(kit, { document, language, isOlder: false });
}
