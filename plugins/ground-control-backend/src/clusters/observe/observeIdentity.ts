import { z } from 'zod';
import { nameField } from './fields';

const schema = z.object({ data: z.object({ clusterName: nameField }) });

/** What a ConfigMap `cluster-identity` says that the cluster is. */
export function observeIdentity(object: unknown): string | undefined {
  const parsed = schema.safeParse(object);
  return parsed.success
    ? parsed.data.data.clusterName.trim() || undefined
    : undefined;
}
