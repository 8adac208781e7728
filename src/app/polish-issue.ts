import { planRewordings } from '../compose/plan-rewordings.ts';
import type { IssueDocument, RewordableField } from '../domain/issue.ts';
import type { App } from './app.ts';
import { askRewordings } from './ask-rewordings.ts';
import type { ModelTalk } from './open-model-talk.ts';
import { replayModel, type ComposedDraft, type ModelShare } from './replay-model.ts';

const FIELDS: Readonly<Record<string, RewordableField>> = {
  headlines: 'headline',
  summaries: 'summary',
  why: 'whyItMatters',
};

/**
 * Lets a language model write texts of a draft anew. Whatever the model does, the issue
 * comes back in time, with the sources' own sentences wherever a text is missing or not borne out by them.
 */
export async function polishIssue(
  app: App,
  draft: ComposedDraft,
  talk: ModelTalk,
): Promise<{ readonly document: IssueDocument; readonly share: ModelShare | null }> {
  const untouched = { document: draft.document, share: null };
  try {
    const share = await askForShare(app, draft, talk);
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

async function askForShare(
  app: App,
  draft: ComposedDraft,
  talk: ModelTalk,
): Promise<ModelShare | null> {
  const { may, writer } = talk.model;
  const fields = may.flatMap((task) => FIELDS[task] ?? []);
  if (fields.length === 0) return null;
  const articles = new Map(draft.articles.map((article) => [article.key, article]));
  const tasks = planRewordings(draft.document, { fields, articles });
  const answers = await askRewordings(app, talk, tasks);
  return { model: writer, fields, answers };
}
