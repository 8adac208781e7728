import { askMeaning } from './ask-meaning.ts';
import type { App } from './app.ts';
import { clusterMorning } from './cluster-morning.ts';
import { composeMorning, type ComposedMorning } from './compose-morning.ts';
import type { MorningInputs } from './morning-inputs.ts';
import { openModelTalk } from './open-model-talk.ts';
import { polishIssue } from './polish-issue.ts';

/**
 * Makes a morning of these inputs, with whatever the model of the settings may do; `inputs` come back with the model's
 * share, from which `composeMorning` makes the same morning again without asking.
 */
export async function makeMorning(
  app: App,
  given: MorningInputs,
): Promise<{ readonly inputs: MorningInputs; readonly morning: ComposedMorning }> {
  const talk = openModelTalk(app, given);
  try {
    const grouped = await clusterMorning(given);
    const meaning =
      talk && (await askMeaning(app, talk, { grouped, background: given.background }));
    const inputs = { ...given, meaning };
    const morning = await composeMorning(inputs, grouped);
    if (!talk) return { inputs, morning };
    const draft = { document: morning.document, articles: inputs.articles };
    const { document, share } = await polishIssue(app, draft, talk);
    return { inputs: { ...inputs, modelShare: share }, morning: { ...morning, document } };
  } finally {
    await talk?.close();
  }
}
