import { isServerFault, type SendResult } from '../domain/delivery.ts';
import { findServerPauseReason } from '../domain/send-watch.ts';
import type { RouteRun, Sending } from './sending.ts';

/** True when a result ends the use of a way out: always when it cannot be used, and while there are others already when it only takes nothing now. */
export function isRouteFault(sending: Sending, route: RouteRun, result: SendResult): boolean {
  if (result.outcome === 'unavailable') return true;
  const hasOthers = sending.routes.some((other) => other !== route && other.fault === null);
  return hasOthers && isServerFault(result);
}

/** Uses a way out no more in this run; when it was the last one, the run stops. */
export function stopRoute(sending: Sending, route: RouteRun, result: SendResult): void {
  const { app, issue, routes } = sending;
  if (route.fault === null && routes.length > 1) {
    const { stage, code } = result;
    app.log.error('transport.stopped', { issue: issue.id, transport: route.name, stage, code });
  }
  route.fault ??= result;
  if (routes.every(({ fault }) => fault !== null))
    sending.problem ??= routes.flatMap(describeFault).join(' ');
}

/** Why a way out is not used any more, one sentence; none while it is. */
export function describeFault({ name, fault }: RouteRun): readonly string[] {
  return fault
    ? [`The mail server ${name} cannot be used: ${fault.reply.replace(/\.?$/, '.')}`]
    : [];
}

/** Why a person must look before the issue goes on: no way out is left, and none may be back by itself. Null while that is not so. */
export function findStopReason({ routes }: Sending): string | null {
  const reasons = routes.map(({ fault }) => (fault ? findServerPauseReason(fault) : null));
  return reasons.every((reason) => reason !== null) ? reasons.join('; ') : null;
}
