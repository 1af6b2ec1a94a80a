import { LifecycleService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { GitopsService } from './gitops';
import { GitopsServiceOptions } from './gitops/GitopsService';
import { WEBHOOK_TOPIC } from './gitops/webhookTopic';

/**
 * Joins what reads the config repository into the tables.
 *
 * @returns to be started
 */
export async function joinGitops(
  options: GitopsServiceOptions & {
    events: EventsService;
    lifecycle: LifecycleService;
  },
): Promise<GitopsService> {
  const { events, lifecycle } = options;
  const gitops = new GitopsService(options);
  lifecycle.addShutdownHook(() => gitops.stop());
  await events.subscribe({
    id: 'ground-control-webhook',
    topics: [WEBHOOK_TOPIC],
    // Whatever the payload says, the answer is to look for ourselves.
    onEvent: () => gitops.wantFetch(),
  });
  return gitops;
}
