import { z } from 'zod';
import { lenient, nameField, readConditions } from './fields';
import { ObservedNode } from './types';

const schema = z.object({
  metadata: z.object({ name: nameField }),
  status: lenient(z.object({ conditions: z.unknown() })),
});

export function observeNode(object: unknown): ObservedNode | undefined {
  const parsed = schema.safeParse(object);
  if (!parsed.success) return undefined;
  const ready = readConditions(parsed.data.status?.conditions).get('Ready');
  return { ready: ready?.status === 'True' };
}
