import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { App } from '../app/app.ts';
import { isSigned, takesWebhooks } from '../app/prove-webhook.ts';
import { chooseProvider, receiveWebhook } from '../app/receive-webhook.ts';
import { describeFault } from './describe-fault.ts';
import { isSameToken } from './is-same-token.ts';
import { parseJsonText } from './parse-json-text.ts';

const MOST_BYTES = 2_000_000;

/** `POST /webhooks/:provider`: bounces and complaints from a mail provider that shows the webhook token or signs. Errors are `{error: sentence}`. */
export function createWebhookApp(app: App): Hono {
  const hooks = new Hono();
  const token = app.settings.bounces.webhookToken.reveal();
  hooks.onError((error, context) => {
    const { status, message } = describeFault(app, error);
    return context.json({ error: message }, status);
  });
  const tooLarge = { error: `A webhook is at most ${MOST_BYTES / 1_000_000} MB.` };
  const limit = bodyLimit({
    maxSize: MOST_BYTES,
    onError: (context) => context.json(tooLarge, 413),
  });
  hooks.post('/:provider', limit, async (context) => {
    if (!takesWebhooks(app))
      return context.json(
        { error: 'Webhooks are off. Set DAYBRIEF_WEBHOOK_TOKEN to allow them.' },
        404,
      );
    const provider = chooseProvider(context.req.param('provider'));
    const text = await context.req.text();
    const body = parseJsonText(text);
    const header = (name: string) => context.req.header(name);
    if (
      !listTokens(context).some((shown) => token !== '' && isSameToken(shown, token)) &&
      !(await isSigned(app, { provider, text, body, header }))
    )
      return context.json(
        { error: 'Show the webhook token: ?token=TOKEN, or as Bearer or Basic password.' },
        401,
      );
    if (body === undefined) return context.json({ error: 'The body is not JSON.' }, 400);
    return context.json(await receiveWebhook(app, provider, body));
  });
  return hooks;
}

/** What a request shows: providers can put a token into the address, a header, or a name and password. */
function listTokens(context: Context): readonly string[] {
  const header = context.req.header('authorization') ?? '';
  const bearer = /^Bearer +(\S+) *$/i.exec(header)?.[1] ?? '';
  const basic = /^Basic +(\S+) *$/i.exec(header)?.[1] ?? '';
  const password = Buffer.from(basic, 'base64')
    .toString()
    .replace(/^[^:]*:/, '');
  return [context.req.query('token') ?? '', bearer, password];
}
