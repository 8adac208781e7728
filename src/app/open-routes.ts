import { startPace } from '../domain/send-pace.ts';
import { NO_QUOTA } from '../domain/send-quota.ts';
import { makeSecret } from '../domain/secret.ts';
import type { App } from './app.ts';
import { openDomainLanes } from './open-domain-lanes.ts';
import type { Route } from './open-mail.ts';
import type { RouteRun, SendOptions } from './sending.ts';

/** The ways out of a run. `countPace` tells how many messages a second it hands over. */
export function openRoutes(
  app: App,
  options: SendOptions,
  countPace: () => number,
): readonly RouteRun[] {
  const domains = new Set<string>();
  return (options.routes ?? [openOnlyRoute(app, options)]).map((route) => ({
    ...route,
    pace: startPace(route.limits.quota.second),
    lanes: openDomainLanes(route.limits.perDomain, { domains, log: app.log, countPace }),
    fault: null,
  }));
}

/** The only way out is under the first limits there are. */
function openOnlyRoute({ settings }: App, { openTransport: open }: SendOptions): Route {
  const [first] = settings.mail.transports;
  const limits = first ?? {
    name: '',
    url: makeSecret(''),
    weight: 1,
    quota: NO_QUOTA,
    perDomain: new Map(),
  };
  return { name: open().describe(), limits, open };
}
