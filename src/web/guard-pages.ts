import type { MiddlewareHandler } from 'hono';

/** Headers of every answer: nothing from elsewhere, nothing inline, nothing kept. A route may set a policy of its own. */
export function guardPages(policy: string): MiddlewareHandler {
  return async (context, next) => {
    context.header('Content-Security-Policy', policy);
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'no-referrer');
    context.header('Cache-Control', 'no-store');
    await next();
  };
}

/** Refuses a request that names another host than this machine: a foreign page whose name was pointed at 127.0.0.1 must not read mail here. */
export function refuseForeignHosts(): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header('host') ?? '';
    if (OWN_HOST.test(host)) return await next();
    return context.text('This page is for http://localhost and http://127.0.0.1 only.\n', 403);
  };
}

const OWN_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;
