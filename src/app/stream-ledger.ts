import type { DeliveryState } from '../domain/delivery.ts';
import type { Issue } from '../domain/issue.ts';
import { streamLedger as streamStored, type LedgerRow } from '../store/ledger.ts';
import type { App } from './app.ts';

/** The ledger of an issue row by row, by address; with `state` only those in it. */
export function streamLedger(
  app: App,
  issue: Issue,
  state?: DeliveryState,
): AsyncGenerator<LedgerRow> {
  return streamStored(app.store, issue.id, state);
}
