import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { App } from '../app/app.ts';
import { pushArticle } from '../app/push-article.ts';
import { describeFault } from './describe-fault.ts';
import { isSameToken } from './is-same-token.ts';
import { parseJsonText } from './parse-json-text.ts';

const MOST_BYTES = 1_000_000;

/** The way in for programs: `POST /articles` with the push token stores one article. Errors are `{error: sentence}`. */
export function createPushApp(app: App): Hono {
  const api = new Hono();
  const token = app.settings.pushToken.reveal();
  api.onError((error, context) => {
    const { status, message } = describeFault(app, error);
    return context.json({ error: message }, status);
  });
  api.use('*', async (context, next) => {
    if (token === '')
      return context.json({ error: 'Pushing is off. Set DAYBRIEF_PUSH_TOKEN to allow it.' }, 404);
    if (!isAuthorized(context.req.header('authorization') ?? '', token)) {
      context.header('WWW-Authenticate', 'Bearer');
      return context.json({ error: 'Show the push token: Authorization: Bearer TOKEN.' }, 401);
    }
    return await next();
  });
  const tooLarge = { error: `An article is at most ${MOST_BYTES / 1_000_000} MB of JSON.` };
  const limit = bodyLimit({
    maxSize: MOST_BYTES,
    onError: (context) => context.json(tooLarge, 413),
  });
  api.post('/articles', limit, async (context) => {
    const written = parseJsonText(await context.req.text());
    if (written === undefined)
      return context.json({ error: 'The body is not JSON. Send one article as an object.' }, 400);
    const { key, isNew } = await pushArticle(app, written);
    return context.json({ key }, isNew ? 201 : 200);
  });
  return api;
}

function isAuthorized(header: string, token: string): boolean {
  return isSameToken(/^Bearer +(.+?) *$/i.exec(header)?.[1] ?? '', token);
}
