import { chooseBody } from '../cluster/choose-body.ts';
import type { NearStories } from '../cluster/find-near-stories.ts';
import type { MeaningShare } from '../cluster/merge-by-meaning.ts';
import type { Candidate } from '../domain/article.ts';
import { hashEmbedding, writeEmbedding, type Embedding } from '../model/write-embedding.ts';
import { listModelAnswers, saveModelAnswer } from '../store/model-answers.ts';
import type { App } from './app.ts';
import { findNearAside } from './cluster-aside.ts';
import type { MorningStories } from './cluster-morning.ts';
import type { MorningInputs } from './morning-inputs.ts';
import type { ModelTalk } from './open-model-talk.ts';

/** Stories that are asked about: the pairs nearest in words come first. */
const MOST_STORIES = 200;
const TEXTS_AT_ONCE = 32;
/** Characters of a lead that tell its event: the headline and the first sentences. */
const MOST_CHARACTERS = 400;

/**
 * How close in meaning the stories are that are near each other in words, as the model of the settings sees it; null where
 * it may not be asked, and where nothing came of it. Whatever the model does, the stories are then as they were.
 */
export async function askMeaning(
  app: App,
  talk: ModelTalk,
  morning: { readonly grouped: MorningStories; readonly background: MorningInputs['background'] },
): Promise<MeaningShare | null> {
  const { may, embedder, alike } = talk.model;
  if (!may.includes('embeddings')) return null;
  try {
    const { stories, articles, candidates } = morning.grouped;
    const near = await findNearAside(candidates, { stories, background: morning.background });
    const texts = listTexts(near, articles);
    const vectors = await askVectors(app, talk, [...texts.values()]);
    const pairs = near.flatMap(({ a, b }) => {
      const [first, second] = [a, b].map((lead) => vectors.get(texts.get(lead) ?? ''));
      return first && second ? [{ a, b, closeness: measureCosine(first, second) }] : [];
    });
    return pairs.length > 0 ? { model: embedder, least: alike, pairs } : null;
  } catch (error) {
    // A fault of ours that an odd answer brings to light must not cost the readers their issue.
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    app.log.error('model.broke', { why });
    return null;
  }
}

/** What is asked about each lead. */
function listTexts(
  near: readonly NearStories[],
  articles: ReadonlyMap<string, Candidate>,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const lead of near.flatMap(({ a, b }) => [a, b])) {
    const article = articles.get(lead);
    if (!article || texts.size === MOST_STORIES) continue;
    texts.set(lead, `${article.title}\n${chooseBody(article)}`.slice(0, MOST_CHARACTERS).trim());
  }
  return texts;
}

/** The vectors by text, kept ones and new ones; the first answer that is none ends the asking. */
async function askVectors(
  app: App,
  talk: ModelTalk,
  texts: readonly string[],
): Promise<ReadonlyMap<string, Embedding>> {
  const { embedder } = talk.model;
  const hashOf = new Map(texts.map((text) => [text, hashEmbedding(text, embedder)]));
  const kept = await listModelAnswers(app.store, [...hashOf.values()]);
  const vectors = new Map<string, Embedding>();
  for (const [text, hash] of hashOf)
    if (kept.has(hash)) vectors.set(text, kept.get(hash) as Embedding);
  const missing = [...hashOf].filter(([text]) => !vectors.has(text));
  for (let start = 0; start < missing.length; start += TEXTS_AT_ONCE) {
    const batch = missing.slice(start, start + TEXTS_AT_ONCE);
    const question = writeEmbedding(
      batch.map(([text]) => text),
      embedder,
    );
    const answers = await talk.ask(question, { task: 'embeddings' });
    if (!answers) break;
    for (const [place, [text, hash]] of batch.entries()) {
      vectors.set(text, answers[place]!);
      const answer = answers[place];
      await saveModelAnswer(app.store, hash, { model: embedder, answer, now: app.now() });
    }
  }
  return vectors;
}

/** Of vectors of length 1; two lengths mean two models behind one name, and say nothing. */
function measureCosine(a: Embedding, b: Embedding): number {
  if (a.length !== b.length) return 0;
  return a.reduce((sum, one, place) => sum + one * b[place]!, 0);
}
