import {
  DEFAULT_NAMESPACE,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { PolicyLevelRules } from '@ground-control/backstage-plugin-ground-control-common';
import { z } from 'zod';
import { text } from './parameters';

const NAME = 255;
const LONGEST_PATTERN = 1_000;
const LONGEST_REASON = 500;

const body = <T extends z.ZodRawShape>(shape: T) => z.object(shape).strict();

const name = text(NAME).refine(value => value !== '', 'may not be empty');
const service = body({ namespace: text(NAME), name });

/** An entity ref of a Group, in lower case. */
export const squad = text(NAME * 2).transform((value, context): string => {
  try {
    const ref = parseEntityRef(value, {
      defaultKind: 'group',
      defaultNamespace: DEFAULT_NAMESPACE,
    });
    return stringifyEntityRef(ref);
  } catch {
    context.addIssue({
      code: 'custom',
      message: 'must be a Group, such as group:default/squad-ledger',
    });
    return z.NEVER;
  }
});

const subject = z.discriminatedUnion('level', [
  body({ level: z.literal('defaults') }),
  body({ level: z.literal('squad'), squad }),
  body({ level: z.literal('service'), service }),
]);

/** What they say is judged as the file is, so that faults are told alike. */
const rules = z
  .record(z.unknown())
  .nullable()
  .transform(value => value as PolicyLevelRules | null);

const place = { service, environment: name };

const change = z.discriminatedUnion('kind', [
  body({ kind: z.literal('rules'), subject, rules }),
  body({
    ...place,
    kind: z.literal('branch-restriction'),
    branchRegex: text(LONGEST_PATTERN).nullable(),
  }),
  body({
    ...place,
    kind: z.literal('auto-release'),
    branch: text(LONGEST_PATTERN).nullable(),
  }),
]);

/** POST /v1/policies/preview */
export const policyPreviewBody = body({ change });

/** POST /v1/policies/changes */
export const policyChangeBody = body({
  change,
  object: z
    .string()
    .regex(/^[0-9a-f]{40,64}$/, 'must be what the policies’ answer gave')
    .nullable(),
  reason: text(LONGEST_REASON).optional(),
});
