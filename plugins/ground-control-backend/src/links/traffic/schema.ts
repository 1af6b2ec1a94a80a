import { z } from 'zod';
import { common, label, name, query } from '../../latency/config/schema';

const prometheus = z
  .object({
    type: z.literal('prometheus'),
    name: name.default('default'),
    cluster: name.optional(),
    sourceLabel: label.optional(),
    selector: query.optional(),
    ...common,
  })
  .strict();

const scrape = z
  .object({ type: z.literal('scrape'), cluster: name, ...common })
  .strict();

export const trafficSchema = z.array(
  z.discriminatedUnion('type', [scrape, prometheus]),
);

export type TrafficConfig = z.infer<typeof trafficSchema>[number];
