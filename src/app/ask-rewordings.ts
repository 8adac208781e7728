import type { Settings } from '../config.ts';
import { addTime, MINUTE, SECOND } from '../domain/instant.ts';
import type { Rewording, RewordingTask } from '../domain/rewording.ts';
import { openClient, type ModelClient } from '../model/open-client.ts';
import { workThrough } from '../model/work-through.ts';
import { hashRewording, writeRewording } from '../model/write-rewording.ts';
import {
  findModelRest,
  listModelAnswers,
  saveModelAnswer,
  saveModelRest,
} from '../store/model-answers.ts';
import type { App } from './app.ts';
import { openModelLine } from './open-model-line.ts';

type ModelSettings = NonNullable<Settings['model']>;

/** How long a model that failed three times in a row is left alone. */
const REST = 10 * MINUTE;

/** The answers to these tasks by the hash of their question: those kept from before, and what the model says to the others within `issueMs`. */
export async function askRewordings(
  app: App,
  model: ModelSettings,
  wish: { readonly tasks: readonly RewordingTask[]; readonly issueMs: number },
): Promise<Readonly<Record<string, Rewording>>> {
  const questions = wish.tasks.map((task) => ({ task, hash: hashRewording(task, model.writer) }));
  const hashes = questions.map(({ hash }) => hash);
  const kept = (await listModelAnswers(app.store, hashes)) as ReadonlyMap<string, Rewording>;
  const answers = new Map(kept);
  const missing = questions.filter(({ hash }) => !kept.has(hash));
  if (missing.length > 0 && wish.issueMs > 0)
    await askMissing(app, model, { missing, issueMs: wish.issueMs, answers });
  return Object.fromEntries(answers);
}

interface Missing {
  readonly missing: readonly { readonly task: RewordingTask; readonly hash: string }[];
  readonly issueMs: number;
  /** Where the answers go. */
  readonly answers: Map<string, Rewording>;
}

async function askMissing(app: App, model: ModelSettings, wish: Missing): Promise<void> {
  const rest = await findModelRest(app.store, model.url);
  if (rest !== null && rest > app.now())
    return app.log.info('model.resting', { until: rest, unasked: wish.missing.length });
  const line = openModelLine(app, model);
  const client = openClient(line, { ...model, ...toMilliseconds(model, wish.issueMs) });
  try {
    await workThrough(wish.missing, async ({ task, hash }) => {
      const asked = await client.ask(writeRewording(task, model.writer));
      if ('problem' in asked)
        return app.log.info('model.failed', { story: task.story, reason: asked.problem });
      wish.answers.set(hash, asked.answer);
      const kept = { model: model.writer, answer: asked.answer, now: app.now() };
      await saveModelAnswer(app.store, hash, kept);
    });
  } finally {
    await line.close();
  }
  await settleModel(app, model, client);
}

function toMilliseconds(model: ModelSettings, issueMs: number) {
  return { requestMs: model.requestSeconds * SECOND, issueMs };
}

async function settleModel(app: App, model: ModelSettings, client: ModelClient): Promise<void> {
  app.log.info('model.asked', client.spent());
  if (!client.hasGivenUp()) return;
  await saveModelRest(app.store, model.url, addTime(app.now(), REST));
  app.log.warn('model.given_up', { restSeconds: REST / SECOND });
}
