import { planRewordings } from '../compose/plan-rewordings.ts';
import type { IssueDocument, RewordableField } from '../domain/issue.ts';
import { listNewsletters } from '../store/newsletters.ts';
import type { App } from './app.ts';
import { askRewordings } from './ask-rewordings.ts';
import { findModelTime } from './find-model-time.ts';
import { replayModel, type ComposedDraft, type ModelShare } from './replay-model.ts';

const FIELDS: Readonly<Record<string, RewordableField>> = {
  headlines: 'headline',
  summaries: 'summary',
  why: 'whyItMatters',
};

/**
 * Lets the language model of the settings, if there is one, write texts of a draft anew. Whatever the model does, the issue
 * comes back in time, with the sources' own sentences wherever a text is missing or not borne out by them.
 */
export async function polishIssue(
  app: App,
  draft: ComposedDraft,
): Promise<{ readonly document: IssueDocument; readonly share: ModelShare | null }> {
  const untouched = { document: draft.document, share: null };
  try {
    const share = await askForShare(app, draft);
    if (!share) return untouched;
    const { document, refused } = replayModel(draft, share);
    for (const { story, field, fault } of refused)
      app.log.info('model.refused', { story, field, reason: fault });
    return { document, share };
  } catch (error) {
    // A fault of ours that an odd answer brings to light must not cost the readers their issue.
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    app.log.error('model.broke', { why });
    return untouched;
  }
}

async function askForShare(app: App, draft: ComposedDraft): Promise<ModelShare | null> {
  const { model } = app.settings;
  const fields = (model?.may ?? []).flatMap((task) => FIELDS[task] ?? []);
  if (!model || fields.length === 0) return null;
  const articles = new Map(draft.articles.map((article) => [article.key, article]));
  const tasks = planRewordings(draft.document, { fields, articles });
  const issueMs = findModelTime(await listNewsletters(app.store), draft.document, {
    mostSeconds: model.issueSeconds,
    now: app.now(),
  });
  const answers = await askRewordings(app, model, { tasks, issueMs });
  return { model: model.writer, fields, answers };
}
