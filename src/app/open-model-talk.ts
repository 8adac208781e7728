import type { Settings } from '../config.ts';
import { addTime, MINUTE, SECOND } from '../domain/instant.ts';
import type { LocalDate } from '../domain/local-time.ts';
import { openClient, type ModelClient, type Question } from '../model/open-client.ts';
import { findModelRest, saveModelRest } from '../store/model-answers.ts';
import { listNewsletters } from '../store/newsletters.ts';
import type { App } from './app.ts';
import { findModelTime } from './find-model-time.ts';
import { openModelLine } from './open-model-line.ts';

type ModelSettings = NonNullable<Settings['model']>;

/** How long a model that failed three times in a row is left alone. */
const REST = 10 * MINUTE;

/** All that is asked of a model for one issue: one time, one budget and one count of failures, whatever the questions are about. */
export interface ModelTalk {
  readonly model: ModelSettings;
  /** The answer; null where there is none, and `subject` and the reason are in the log. */
  ask<Answer>(
    question: Question<Answer>,
    subject: Readonly<Record<string, string>>,
  ): Promise<Answer | null>;
  /** Must be called when all is asked. */
  close(): Promise<void>;
}

type Line = ReturnType<typeof openModelLine>;

/** A talk with the model of the settings about an issue; null where it may do nothing. Its time begins with the first question. */
export function openModelTalk(
  app: App,
  issue: { readonly newsletter: { readonly slug: string }; readonly date: LocalDate },
): ModelTalk | null {
  const { model } = app.settings;
  if (!model || model.may.length === 0) return null;
  let opening: Promise<{ line: Line; client: ModelClient } | null> | null = null;
  return {
    model,
    async ask(question, subject) {
      opening ??= openLine(app, model, issue);
      const asked = await (await opening)?.client.ask(question);
      if (!asked) return null;
      if ('answer' in asked) return asked.answer;
      app.log.info('model.failed', { ...subject, reason: asked.problem });
      return null;
    },
    async close() {
      const open = await opening;
      if (!open) return;
      await open.line.close();
      await settleModel(app, model, open.client);
    },
  };
}

/** Nothing is opened while the model rests, or when the issue has no time for it. */
async function openLine(
  app: App,
  model: ModelSettings,
  issue: Parameters<typeof findModelTime>[1],
) {
  const rest = await findModelRest(app.store, model.url);
  if (rest !== null && rest > app.now()) {
    app.log.info('model.resting', { until: rest });
    return null;
  }
  const wish = { mostSeconds: model.issueSeconds, now: app.now() };
  const issueMs = findModelTime(await listNewsletters(app.store), issue, wish);
  if (issueMs <= 0) return null;
  const line = openModelLine(app, model);
  const requestMs = model.requestSeconds * SECOND;
  return { line, client: openClient(line, { ...model, requestMs, issueMs }) };
}

async function settleModel(app: App, model: ModelSettings, client: ModelClient): Promise<void> {
  app.log.info('model.asked', client.spent());
  if (!client.hasGivenUp()) return;
  await saveModelRest(app.store, model.url, addTime(app.now(), REST));
  app.log.warn('model.given_up', { restSeconds: REST / SECOND });
}
