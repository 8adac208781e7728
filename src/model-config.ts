import { makeSecret, type Secret } from './domain/secret.ts';
import { findNumberFault, setting, splitList, type Setting } from './setting.ts';

/** What a language model may be asked for. */
type ModelTask = 'headlines' | 'summaries' | 'why' | 'embeddings';

/** The optional language model: where it is, what it may do, and what it may cost one issue. */
export interface ModelSettings {
  /** Base address, without a slash at its end. */
  readonly url: string;
  readonly key: Secret;
  readonly may: readonly ModelTask[];
  /** The model that writes. */
  readonly writer: string;
  /** The model that makes vectors of texts. */
  readonly embedder: string;
  /** The cosine from which two stories are one to it. */
  readonly alike: number;
  readonly requestSeconds: number;
  readonly issueSeconds: number;
  readonly mostRequests: number;
  readonly mostTokens: number;
}

const TASKS: readonly string[] = ['headlines', 'summaries', 'why', 'embeddings'];

/** The rows of the settings' table that are about the model; in daybrief.yaml they stand below `model:`. */
export const MODEL_SETTINGS: readonly Setting[] = [
  setting('model.url', 'DAYBRIEF_MODEL_URL', {
    meaning:
      'OpenAI-compatible endpoint of a language model, such as `http://127.0.0.1:11434/v1`; empty: none is asked',
    findFault: findUrlFault,
  }),
  setting('model.key', 'DAYBRIEF_MODEL_KEY', {
    meaning: 'its key, where it wants one',
    isSecret: true,
    findFault: (value) =>
      /^[\x21-\x7e]*$/.test(value) ? null : 'it may hold no spaces and no unusual characters',
  }),
  setting('model.may', 'DAYBRIEF_MODEL_MAY', {
    meaning:
      'what it may do: write `headlines`, `summaries` and `why` anew, tell by `embeddings` which stories are one',
    findFault: (value) =>
      splitList(value).every((task) => TASKS.includes(task))
        ? null
        : `it may be any of ${TASKS.join(', ')}`,
  }),
  setting('model.writer', 'DAYBRIEF_MODEL_WRITER', { meaning: 'name of the model that writes' }),
  setting('model.embedder', 'DAYBRIEF_MODEL_EMBEDDER', {
    meaning: 'name of the model that makes embeddings',
  }),
  setting('model.alike', 'DAYBRIEF_MODEL_ALIKE', {
    fallback: '0.85',
    meaning:
      'how close two stories must be to it (cosine) to be one; each model has a scale of its own',
    findFault: (value) =>
      /^(0\.[5-9]\d{0,3}|1)$/.test(value) ? null : 'it must be a number from 0.5 to 1',
  }),
  setting('model.request_seconds', 'DAYBRIEF_MODEL_REQUEST_SECONDS', {
    fallback: '20',
    meaning: 'seconds one answer may take',
    findFault: (value) => findNumberFault(value, 1, 600),
  }),
  setting('model.issue_seconds', 'DAYBRIEF_MODEL_ISSUE_SECONDS', {
    fallback: '60',
    meaning: 'seconds an issue waits for all answers together, and never past its freeze',
    findFault: (value) => findNumberFault(value, 1, 1_800),
  }),
  setting('model.most_requests', 'DAYBRIEF_MODEL_MOST_REQUESTS', {
    fallback: '50',
    meaning: 'requests one issue may cost at most',
    findFault: (value) => findNumberFault(value, 1, 10_000),
  }),
  setting('model.most_tokens', 'DAYBRIEF_MODEL_MOST_TOKENS', {
    fallback: '100000',
    meaning: 'tokens one issue may cost at most, questions and answers together',
    findFault: (value) => findNumberFault(value, 1, 100_000_000),
  }),
];

function findUrlFault(value: string): string | null {
  if (value === '') return null;
  const url = /^https?:\/\//.test(value) && URL.canParse(value) ? new URL(value) : null;
  if (!url) return 'it must be an http or https URL';
  if (url.username || url.password) return 'no name or password may be in it; a key goes into .env';
  return url.search || url.hash ? 'it must end with its path' : null;
}

/** What is wrong with the settings of the model taken together, one sentence each. */
export function listModelFaults(values: Readonly<Record<string, string>>): readonly string[] {
  const may = splitList(values['model.may'] ?? '');
  const lacks = (key: string): boolean => (values[key] ?? '') === '';
  return [
    may.length > 0 && lacks('model.url')
      ? 'DAYBRIEF_MODEL_MAY (model.may) allows a model that is not named: set DAYBRIEF_MODEL_URL (model.url)'
      : null,
    may.some((task) => task !== 'embeddings') && lacks('model.writer')
      ? 'DAYBRIEF_MODEL_WRITER (model.writer) must name the model that writes'
      : null,
    may.includes('embeddings') && lacks('model.embedder')
      ? 'DAYBRIEF_MODEL_EMBEDDER (model.embedder) must name the model that makes embeddings'
      : null,
  ].filter((fault) => fault !== null);
}

/** The settings of the model out of checked values; null when none is named. */
export function toModelSettings(values: Readonly<Record<string, string>>): ModelSettings | null {
  if ((values['model.url'] ?? '') === '') return null;
  const value = (key: string): string => values[`model.${key}`] ?? '';
  return {
    url: completeUrl(value('url')),
    key: makeSecret(value('key')),
    may: splitList(value('may')) as readonly ModelTask[],
    writer: value('writer'),
    embedder: value('embedder'),
    alike: Number(value('alike')),
    requestSeconds: Number(value('request_seconds')),
    issueSeconds: Number(value('issue_seconds')),
    mostRequests: Number(value('most_requests')),
    mostTokens: Number(value('most_tokens')),
  };
}

/** People paste the bare address, or that of one of its calls. */
function completeUrl(url: string): string {
  const base = url.replace(/\/+$/, '').replace(/\/(chat\/completions|embeddings)$/, '');
  return base !== '' && new URL(base).pathname === '/' ? `${base}/v1` : base;
}
