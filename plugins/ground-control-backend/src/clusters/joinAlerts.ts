import { EventsService } from '@backstage/plugin-events-node';
import { Knex } from 'knex';
import { z } from 'zod';
import { wantLook } from './store/wantLook';

/** The topic that the events module publishes under. */
const TOPIC = 'ground-control.flux-alert';

const alertSchema = z.object({
  // PostgreSQL can't keep the character NUL in any text, nor ask for it.
  cluster: z
    .string()
    .max(1024)
    .regex(/^[^\0]*$/),
});

/**
 * Looks sooner at a cluster whose Flux sent an alert. Whatever else the alert
 * may say isn't read: what stands in a cluster is what the cluster answers.
 */
export async function joinAlerts(options: {
  events: EventsService;
  knex: Knex;
  /** The clock; the system's by default. */
  now?(): number;
}): Promise<void> {
  const { events, knex, now = Date.now } = options;
  await events.subscribe({
    id: 'ground-control-alerts',
    topics: [TOPIC],
    async onEvent({ eventPayload }) {
      const alert = alertSchema.safeParse(eventPayload);
      if (alert.success) await wantLook(knex, alert.data.cluster, now());
    },
  });
}
