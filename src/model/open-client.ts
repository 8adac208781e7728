import { setTimeout as wait } from 'node:timers/promises';
import type { LineReply, ModelCall, ModelLine } from './model-line.ts';

/** What asking for one issue may cost, in all. */
export interface ModelLimits {
  readonly requestMs: number;
  readonly issueMs: number;
  readonly mostRequests: number;
  /** Questions and answers together. */
  readonly mostTokens: number;
}

/** One thing to ask. */
export interface Question<Answer> {
  readonly call: ModelCall;
  /** The request; where a server knows only the oldest ones, with `plain` in place of it. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly plain: Readonly<Record<string, unknown>>;
  /** A guess of what question and answer cost. */
  readonly tokens: number;
  /** The answer in a reply that is valid JSON; null when it holds none. */
  readonly read: (reply: unknown) => Answer | null;
}

/** An answer, or the reason why there is none. */
export type Asked<Answer> = { readonly answer: Answer } | { readonly problem: string };

/** Asks the model for one issue, within its limits; never throws for what a server does. */
export interface ModelClient {
  ask<Answer>(question: Question<Answer>): Promise<Asked<Answer>>;
  /** True after three failures in a row: nothing is asked any more. */
  hasGivenUp(): boolean;
  /** What was spent so far. */
  spent(): { readonly requests: number; readonly tokens: number };
}

const MOST_FAILURES = 3;
/** Room for 32 vectors of 3,000 numbers. */
const MOST_BYTES = 4_000_000;
const USUAL_WAIT_SECONDS = 1;
/** "I do not know this part of your request." */
const NOT_UNDERSTOOD = [400, 422];

interface Spending {
  requests: number;
  tokens: number;
  failures: number;
  isPlain: boolean;
}

/** A client for one issue; its time runs from here on. */
export function openClient(line: ModelLine, limits: ModelLimits): ModelClient {
  const end = performance.now() + limits.issueMs;
  const spending: Spending = { requests: 0, tokens: 0, failures: 0, isPlain: false };
  const context = { line, limits, end, spending };
  return {
    async ask(question) {
      const asked = await askTwice(context, question);
      const isOurs = 'problem' in asked && OUR_REASONS.includes(asked.problem);
      if (!isOurs) spending.failures = 'problem' in asked ? spending.failures + 1 : 0;
      return asked;
    },
    hasGivenUp: () => spending.failures >= MOST_FAILURES,
    spent: () => ({ requests: spending.requests, tokens: spending.tokens }),
  };
}

interface Context {
  readonly line: ModelLine;
  readonly limits: ModelLimits;
  /** On the clock of `performance.now()`. */
  readonly end: number;
  readonly spending: Spending;
}

const NO_TIME = 'no time left';
const NO_REQUESTS = 'requests used up';
const NO_TOKENS = 'tokens used up';
const GAVE_UP = 'too many failures';
/** Reasons that say nothing against the server. */
const OUR_REASONS: readonly string[] = [NO_TIME, NO_REQUESTS, NO_TOKENS, GAVE_UP];

/** Once, and once more where that may help and there is time. */
async function askTwice<Answer>(
  context: Context,
  question: Question<Answer>,
): Promise<Asked<Answer>> {
  const first = await askOnce(context, question);
  const seconds = findWait(first, context.spending);
  if (seconds === null || seconds * 1000 >= timeLeft(context)) return readReply(first, question);
  await wait(seconds * 1000);
  return readReply(await askOnce(context, question), question);
}

/** Seconds after which to ask again; null when asking again is of no use. */
function findWait(reply: LineReply, spending: Spending): number | null {
  if ('problem' in reply) return reply.problem === 'connection lost' ? 0 : null;
  if (NOT_UNDERSTOOD.includes(reply.status) && !spending.isPlain) {
    spending.isPlain = true;
    return 0;
  }
  const isBusy = reply.status === 429 || reply.status >= 500;
  return isBusy ? (reply.retryAfterSeconds ?? USUAL_WAIT_SECONDS) : null;
}

async function askOnce(context: Context, question: Question<unknown>): Promise<LineReply> {
  const { line, limits, spending } = context;
  const refusal = findRefusal(context, question.tokens);
  if (refusal !== null) return { problem: refusal };
  spending.requests += 1;
  spending.tokens += question.tokens;
  const left = timeLeft(context);
  const milliseconds = Math.ceil(Math.min(limits.requestMs, left));
  const signal = AbortSignal.timeout(milliseconds);
  const body = JSON.stringify(spending.isPlain ? question.plain : question.body);
  const reply = await line.post(question.call, body, { signal, maxBytes: MOST_BYTES });
  if ('problem' in reply && signal.aborted)
    return { problem: left <= limits.requestMs ? NO_TIME : 'timed out' };
  if ('text' in reply) spending.tokens += Math.max(0, readUsage(reply.text) - question.tokens);
  return reply;
}

/** What a server says it counted; it may only be more than our guess. */
function readUsage(text: string): number {
  return Number(/"total_tokens"\s*:\s*(\d{1,15})\b/.exec(text)?.[1] ?? 0);
}

function findRefusal({ limits, spending, end }: Context, tokens: number): string | null {
  if (spending.failures >= MOST_FAILURES) return GAVE_UP;
  if (performance.now() >= end) return NO_TIME;
  if (spending.requests >= limits.mostRequests) return NO_REQUESTS;
  return spending.tokens + tokens > limits.mostTokens ? NO_TOKENS : null;
}

function timeLeft({ end }: Context): number {
  return Math.max(0, end - performance.now());
}

function readReply<Answer>(reply: LineReply, question: Question<Answer>): Asked<Answer> {
  if ('problem' in reply) return reply;
  if (reply.status < 200 || reply.status > 299) return { problem: `status ${reply.status}` };
  try {
    const answer = question.read(JSON.parse(reply.text));
    return answer === null ? { problem: 'no usable answer' } : { answer };
  } catch {
    return { problem: 'no JSON' };
  }
}
