import { SECOND } from '../domain/instant.ts';
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

const FIX =
  'Check model.url, its key and the name of the model; one on this machine may only need longer for its first answer.';

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
    const asked = await probeWriter(client, model.writer);
    const who = `${model.writer} at ${new URL(model.url).host}`;
    if ('answer' in asked)
      return [{ level: 'ok', check: 'model', message: `${who} answers`, fix: '' }];
    return [warn(`${who}: ${asked.problem}. Issues are built without it.`, FIX)];
  } finally {
    await line.close();
  }
}

function warn(message: string, fix: string): SetupFinding {
  return { level: 'warning', check: 'model', message, fix };
}
