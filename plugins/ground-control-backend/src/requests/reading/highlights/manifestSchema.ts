import { z } from 'zod';

const nameSchema = z.object({ name: z.string() });
const quantities = z.record(z.union([z.string(), z.number()])).nullish();

const containerSchema = z.object({
  name: z.string(),
  image: z.string().nullish(),
  env: z
    .array(
      z
        .object({
          name: z.string(),
          valueFrom: z
            .object({ secretKeyRef: z.unknown() })
            .partial()
            .passthrough()
            .nullish(),
        })
        .passthrough(),
    )
    .nullish(),
  envFrom: z
    .array(
      z.object({
        configMapRef: nameSchema.nullish(),
        secretRef: nameSchema.nullish(),
      }),
    )
    .nullish(),
  resources: z.object({ requests: quantities, limits: quantities }).nullish(),
});

const podSchema = z.object({
  containers: z.array(containerSchema),
  initContainers: z.array(containerSchema).nullish(),
});

const templateSchema = z.object({ spec: podSchema });
const values = z.record(z.unknown()).nullish();

/** What of a manifest highlights are found in. */
export const manifestSchema = z.object({
  kind: z.string(),
  metadata: nameSchema.catch({ name: '' }),
  spec: z
    .object({
      replicas: z.number().nullish(),
      minReplicas: z.number().nullish(),
      maxReplicas: z.number().nullish(),
      template: templateSchema.nullish().catch(undefined),
      jobTemplate: z
        .object({ spec: z.object({ template: templateSchema }) })
        .nullish()
        .catch(undefined),
    })
    .nullish()
    .catch(undefined),
  data: values.catch(undefined),
  stringData: values.catch(undefined),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type Container = z.infer<typeof containerSchema>;
