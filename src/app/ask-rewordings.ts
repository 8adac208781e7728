import type { Rewording, RewordingTask } from '../domain/rewording.ts';
import { workThrough } from '../model/work-through.ts';
import { hashRewording, writeRewording } from '../model/write-rewording.ts';
import { listModelAnswers, saveModelAnswer } from '../store/model-answers.ts';
import type { App } from './app.ts';
import type { ModelTalk } from './open-model-talk.ts';

/** The answers to these tasks by the hash of their question: those kept from before, and what the model says to the others. */
export async function askRewordings(
  app: App,
  talk: ModelTalk,
  tasks: readonly RewordingTask[],
): Promise<Readonly<Record<string, Rewording>>> {
  const { writer } = talk.model;
  const questions = tasks.map((task) => ({ task, hash: hashRewording(task, writer) }));
  const hashes = questions.map(({ hash }) => hash);
  const kept = (await listModelAnswers(app.store, hashes)) as ReadonlyMap<string, Rewording>;
  const answers = new Map(kept);
  const missing = questions.filter(({ hash }) => !kept.has(hash));
  await workThrough(missing, async ({ task, hash }) => {
    const answer = await talk.ask(writeRewording(task, writer), { story: task.story });
    if (!answer) return;
    answers.set(hash, answer);
    await saveModelAnswer(app.store, hash, { model: writer, answer, now: app.now() });
  });
  return Object.fromEntries(answers);
}
