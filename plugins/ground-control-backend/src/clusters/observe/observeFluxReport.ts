import { z } from 'zod';
import { lenient, nameField, readConditions } from './fields';
import { ObservedFluxReport } from './types';

const schema = z.object({
  spec: z.object({
    distribution: lenient(z.object({ version: lenient(nameField) })),
    components: lenient(z.array(z.object({ ready: z.boolean() })).max(50)),
  }),
  status: lenient(z.object({ conditions: z.unknown() })),
});

/** What the Flux Operator reports of Flux. */
export function observeFluxReport(
  object: unknown,
): ObservedFluxReport | undefined {
  const parsed = schema.safeParse(object);
  if (!parsed.success) return undefined;
  const { spec, status } = parsed.data;
  const ready = readConditions(status?.conditions).get('Ready');
  const components = spec.components ?? [];
  return {
    ready:
      ready?.status !== 'False' &&
      components.length > 0 &&
      components.every(component => component.ready),
    ...(spec.distribution?.version && { version: spec.distribution.version }),
  };
}
