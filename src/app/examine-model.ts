import { SECOND } from '../domain/instant.ts';
import { openClient, type Asked, type ModelClient } from '../model/open-client.ts';
import { probeWriter } from '../model/probe-writer.ts';
import { writeEmbedding } from '../model/write-embedding.ts';
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
    const findings: SetupFinding[] = [];
    for (const { name, ask } of listProbes(model)) {
      const asked = await ask(client);
      findings.push(describe(`${name} at ${new URL(model.url).host}`, asked));
    }
    return findings;
  } finally {
    await line.close();
  }
}

interface Probe {
  readonly name: string;
  readonly ask: (client: ModelClient) => Promise<Asked<unknown>>;
}

/** One for each kind of answer that issues will want. */
function listProbes({ may, writer, embedder }: NonNullable<App['settings']['model']>) {
  const probes: Probe[] = [];
  if (may.some((task) => task !== 'embeddings'))
    probes.push({ name: writer, ask: (client) => probeWriter(client, writer) });
  if (may.includes('embeddings'))
    probes.push({
      name: embedder,
      ask: (client) => client.ask(writeEmbedding(['a short text'], embedder)),
    });
  return probes;
}

function describe(who: string, asked: Asked<unknown>): SetupFinding {
  if ('answer' in asked) return { level: 'ok', check: 'model', message: `${who} answers`, fix: '' };
  return warn(`${who}: ${asked.problem}. Issues are built without it.`, FIX);
}

function warn(message: string, fix: string): SetupFinding {
  return { level: 'warning', check: 'model', message, fix };
}
