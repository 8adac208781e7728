import { openTransport } from '../deliver/open-transport.ts';
import type { TransportSettings } from '../transport-config.ts';

/** A transport as logs, attempts and quotas name it: its own name, or where it leads. */
export function nameTransport({ name, url }: Pick<TransportSettings, 'name' | 'url'>): string {
  return name || openTransport(url.reveal()).describe();
}
