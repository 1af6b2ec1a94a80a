import { z } from 'zod';

// Only what is used; the rest of a Link may be as it likes.
const text = z.string().max(2_000);

/** A Link as the API answers it; each is judged on its own. */
export const linkSchema = z.object({
  metadata: z.object({ name: text, namespace: text }),
  spec: z.object({
    targetClusterName: text,
    gatewayAddress: text,
    probeSpec: z.object({
      path: text,
      port: z.union([text, z.number().transform(String)]),
      period: text,
      timeout: text.optional(),
    }),
  }),
});
export type Link = z.output<typeof linkSchema>;

/** A page of a list. */
export const linkPage = z.object({
  metadata: z.object({ continue: z.string().optional() }).optional(),
  items: z.array(z.unknown()),
});

/** The versions of the kind's group that the API serves. */
export const groupVersions = z.object({
  versions: z.array(z.object({ version: z.string().max(60) })),
  preferredVersion: z.object({ version: z.string().max(60) }).optional(),
});
