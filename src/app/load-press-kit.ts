import { digestIssue } from '../compose/digest-issue.ts';
import type { IssueDigest } from '../domain/issue-digest.ts';
import type { Issue } from '../domain/issue.ts';
import type { Newsletter } from '../domain/newsletter.ts';
import type { TemplateKit } from '../render/compile-templates.ts';
import { listEarlierDocuments } from '../store/issues.ts';
import type { App } from './app.ts';
import { keepTemplateKit } from './load-template-kit.ts';
import { locatePicture } from './name-picture.ts';

/** All that the readers' mails of one issue are made with beside its document; frozen and hashed with it. */
export interface PressKit extends TemplateKit {
  /** What the issues before it told; left out in issues frozen before that was kept. */
  readonly history?: readonly IssueDigest[];
  /** Where the mails show the lead's picture from; null leaves it where it is. Left out in issues frozen before that was kept. */
  readonly picture?: string | null;
}

/** Further back than two weeks nobody is told what they missed. */
const MOST_EARLIER = 14;

/** The kit of an issue with the templates as they are on disk now. Throws BriefingError with file and line for a broken one. */
export async function loadPressKit(
  app: App,
  newsletter: Pick<Newsletter, 'look' | 'design'>,
  issue: Pick<Issue, 'newsletter' | 'date' | 'document'>,
): Promise<PressKit> {
  const kit = await keepTemplateKit(app, newsletter);
  const earlier = await listEarlierDocuments(app.store, issue, MOST_EARLIER);
  const picture = locatePicture(app, issue.document);
  return { ...kit, history: earlier.map(digestIssue), picture };
}
