import type { Asked, ModelClient } from './open-client.ts';
import { readCompletion } from './read-completion.ts';

/** Whether a model that is to write answers as it will have to, with a JSON object; costs a few tokens. */
export async function probeWriter(client: ModelClient, model: string): Promise<Asked<true>> {
  const content = 'Answer with exactly this JSON object: {"ready":"yes"}';
  const body = { model, messages: [{ role: 'user', content }] };
  return await client.ask({
    call: 'chat/completions',
    body,
    plain: body,
    tokens: 100,
    read: (reply) => (readCompletion(reply) ? true : null),
  });
}
