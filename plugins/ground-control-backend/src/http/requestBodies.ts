import { z } from 'zod';
import { text } from './parameters';

const NAME = 255;
const LONGEST_TEXT = 2_000;
const MOST_WISHES = 20;
const MOST_POSITION = 0x7fffffff;
const LEAST_OVERRIDE = 20;

/** Bodies name nobody: who asks or decides is known from the credentials. */
const body = <T extends z.ZodRawShape>(shape: T) => z.object(shape).strict();

const name = text(NAME).refine(value => value !== '', 'may not be empty');
const place = {
  service: body({ namespace: text(NAME), name }),
  environment: name,
};

const wish = z.discriminatedUnion('intent', [
  body({
    ...place,
    intent: z.literal('release-artifact'),
    artifactId: text(512),
  }),
  body({
    ...place,
    intent: z.literal('release-branch'),
    branch: text(1_024),
    artifactId: text(512).optional(),
  }),
  body({
    ...place,
    intent: z.literal('promote'),
    artifactId: text(512).optional(),
  }),
  body({
    ...place,
    intent: z.literal('rollback'),
    position: z.number().int().min(1).max(MOST_POSITION),
    revision: z
      .string()
      .regex(/^[0-9a-f]{40,64}$/, 'must be a whole commit id')
      .optional(),
  }),
]);

const wishes = z.array(wish).min(1).max(MOST_WISHES);

/** Why something is asked for. */
export const reason = text(LONGEST_TEXT).optional();

/** What a form is known by, so that sending it again changes nothing. */
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,100}$/, 'must be 1 to 100 printable characters');

const evidence = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be what the request’s detail gave');

const accepted = z
  .array(body({ policy: text(NAME), reason: text(LONGEST_TEXT) }))
  .max(50)
  .optional();

/** POST /v1/requests/preview */
export const previewBody = body({ wishes });

/** POST /v1/requests */
export const askBody = body({
  wishes,
  reason,
  idempotencyKey,
  pauseAutoReleaseHours: z.number().int().min(1).max(168).optional(),
});

/** POST /v1/requests/{id}/decision */
export const decisionBody = body({
  decision: z.enum(['approve', 'reject']),
  evidence,
  comment: text(LONGEST_TEXT).optional(),
  accepted,
});

/** POST /v1/requests/{id}/override */
export const overrideBody = body({
  evidence,
  reason: text(LONGEST_TEXT).refine(
    value => value.trim().length >= LEAST_OVERRIDE,
    `say why in ${LEAST_OVERRIDE} characters or more; it stands in the audit trail`,
  ),
  accepted,
});

/** POST /v1/requests/{id}/cancel */
export const cancelBody = body({});

/** POST /v1/requests/{id}/remind */
export const remindBody = body({});

/** POST /v1/requests/{id}/repeat */
export const repeatBody = body({ idempotencyKey });
