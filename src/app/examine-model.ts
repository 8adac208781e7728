import { SECOND } from '../domain/instant.ts';
import { embedTexts } from '../model/embed-texts.ts';
import { openClient } from '../model/open-client.ts';
import { probeWriter } from '../model/probe-writer.ts';
import type { App } from './app.ts';
import { openModelLine } from './open-model-line.ts';
import type { SetupFinding } from './setup-finding.ts';

const LIMITS = {
  requestMs: 5 * SECOND,
  issueMs: 5 * SECOND,
  mostRequests: 4,
  mostTokens: 1_000,
};

/** Asks the language model one short thing, for five seconds at most; nothing to find where none is set. */
export async function examineModel(app: App): Promise<readonly SetupFinding[]> {
  const { model } = app.settings;
  if (!model) return [];
  if (model.may.length === 0) {
    const message = `${model.url} is set, but it may do nothing.`;
    return [warn(message, 'Name in model.may of daybrief.yaml what it may do, or take it out.')];
  }
  const line = openModelLine(app, model);
  const client = openClient(line, LIMITS);
  try {
    const isEmbedding = model.may.includes('embeddings');
    const isWriting = model.may.some((task) => task !== 'embeddings');
    const answers = await Promise.all([
      isWriting ? probeWriter(client, model.writer) : null,
      isEmbedding ? embedTexts(client, ['a short text'], model.embedder) : null,
    ]);
    const names = [isWriting ? model.writer : '', isEmbedding ? model.embedder : ''];
    return answers.flatMap((answer, place) =>
      answer ? describe(model.url, names[place], answer) : [],
    );
  } finally {
    await line.close();
  }
}

function describe(url: string, name: string | undefined, answer: object): SetupFinding {
  const who = `${name ?? ''} at ${new URL(url).host}`;
  if (!('problem' in answer))
    return { level: 'ok', check: 'model', message: `${who} answers`, fix: '' };
  return warn(
    `${who}: ${String(answer.problem)}. Issues are built without it.`,
    'Check model.url, its key and the names of the models; a model on this machine may only need longer for its first answer.',
  );
}

function warn(message: string, fix: string): SetupFinding {
  return { level: 'warning', check: 'model', message, fix };
}
