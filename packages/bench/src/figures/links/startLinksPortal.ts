import type { Portal } from '../../lib/Portal.ts';
import { READING_ALONE } from '../../lib/readingAlone.ts';
import type { Context } from '../../types.ts';
import { nameCluster } from './world.ts';

export const READ_EVERY_S = 15;

/** A portal with next to nothing but links. */
export function startLinksPortal(
  context: Context,
  options: {
    name: string;
    /** Where the metrics of each cluster's probe are. */
    addresses: string[];
    config?: Record<string, unknown>;
  },
): Promise<Portal> {
  const { name, addresses, config } = options;
  return context.startPortal({
    name,
    sandbox: {
      services: 20,
      releases: 100,
      'no-artifacts': true,
      'no-clusters': true,
    },
    config: {
      ...READING_ALONE,
      ...config,
      'groundControl.latency.sources': addresses.map((url, i) => ({
        type: 'scrape',
        cluster: nameCluster(i),
        url,
        interval: { seconds: READ_EVERY_S },
      })),
    },
  });
}
