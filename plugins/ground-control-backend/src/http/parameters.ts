import {
  DEFAULT_NAMESPACE,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  ActivityKind,
  parseServicePath,
  ReleaseId,
  RequestQuery,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { z } from 'zod';
import {
  Cursor,
  parseCursor,
  parseProblemCursor,
  ProblemCursor,
} from '../releases';
import {
  CandidateCursor,
  parseCandidateCursor,
  parseRequestCursor,
  parseRequestId,
  RequestCursor,
} from '../requests/reading';

/** `mine`, `all`, or entity refs of Groups in lower case. */
export type SquadsQuery = 'mine' | 'all' | string[];

const MOST_LISTED = 100;
const LONGEST_TEXT = 200;
const LONGEST_NAME = 1024;
const DEFAULT_LIMIT = 50;
const MOST_ITEMS = 200;

/** PostgreSQL can't keep this character in any text. */
const NO_NUL = (text: string) => !text.includes('\0');
const NO_NUL_MESSAGE = 'may not contain the character NUL';

export const text = (longest: number) =>
  z
    .string({ invalid_type_error: 'may be given once only' })
    .max(longest, `may be at most ${longest} characters`)
    .refine(NO_NUL, NO_NUL_MESSAGE);

/** Gives a fault of a parser as a fault of the parameter. */
function transform<T>(read: (value: string) => T) {
  return (value: string, context: z.RefinementCtx): T => {
    try {
      return read(value);
    } catch (error) {
      context.addIssue({
        code: z.ZodIssueCode.custom,
        message: error instanceof Error ? error.message : String(error),
      });
      return z.NEVER;
    }
  };
}

function parseList(value: string): string[] {
  const items = [...new Set(value.split(',').filter(Boolean))];
  if (items.length === 0) throw new Error('may not be empty');
  if (items.length > MOST_LISTED) {
    throw new Error(`may name at most ${MOST_LISTED}`);
  }
  return items;
}

function parseRef(defaultKind: string) {
  return (value: string): string =>
    stringifyEntityRef(
      parseEntityRef(value, {
        defaultKind,
        defaultNamespace: DEFAULT_NAMESPACE,
      }),
    );
}

const list = text(MOST_LISTED * 300).transform(transform(parseList));

export const squads = text(MOST_LISTED * 300)
  .transform(
    transform((value): SquadsQuery => {
      if (value === 'mine' || value === 'all') return value;
      return parseList(value).map(parseRef('group'));
    }),
  )
  .default('all');

export const entity = text(LONGEST_NAME)
  .transform(transform(parseRef('component')))
  .optional();

const KINDS: [ActivityKind, ...ActivityKind[]] = [
  'release',
  'policy',
  'manifest',
  'other',
];

export const kinds = list.pipe(z.array(z.enum(KINDS))).optional();

export const environments = list.optional();

export const environment = text(LONGEST_NAME).optional();

export const searchText = text(LONGEST_TEXT)
  .transform(value => value.trim())
  .optional();

export const commitQuery = text(512).refine(
  value => value.trim() !== '',
  'give a commit or an artifact id',
);

export const before = text(LONGEST_NAME * 2)
  .transform(transform((value): Cursor => parseCursor(value)))
  .optional();

export const limit = z
  .string({ invalid_type_error: 'may be given once only' })
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number)
  .pipe(
    z
      .number()
      .min(1, `must be 1 to ${MOST_ITEMS}`)
      .max(MOST_ITEMS, `must be 1 to ${MOST_ITEMS}`),
  )
  .default(String(DEFAULT_LIMIT));

/** `<environment>@<position>`. */
export const releaseId = text(LONGEST_NAME).transform(
  transform((value): ReleaseId => {
    const match = /^(.+)@([1-9]\d{0,9})$/s.exec(value);
    if (!match || Number(match[2]) > 0x7fffffff) {
      throw new Error('must be <environment>@<position>, such as prod@1200');
    }
    return { environment: match[1], position: Number(match[2]) };
  }),
);

/** The path of one service. */
export const servicePath = z
  .object({ namespace: text(LONGEST_NAME), service: text(LONGEST_NAME) })
  .transform(path => parseServicePath(path.namespace, path.service));

/** A name in a path that is judged by who is asked for it. */
export const name = text(LONGEST_NAME);

/** The path of one cluster. */
export const clusterPath = z.object({ name: text(LONGEST_NAME) });

export const requiredEnvironment = text(LONGEST_NAME).refine(
  value => value !== '',
  'may not be empty',
);

/** `REQ-418`, as its number. */
export const requestId = text(LONGEST_NAME).transform(
  transform((value): number => {
    const number = parseRequestId(value);
    if (number === undefined) {
      throw new Error('must be REQ- and a number, such as REQ-418');
    }
    return number;
  }),
);

/** The path of one request. */
export const requestPath = z.object({ id: requestId });

const STATUSES: [
  NonNullable<RequestQuery['status']>,
  ...NonNullable<RequestQuery['status']>[],
] = ['waiting', 'others', 'mine', 'decided', 'all'];

export const requestStatus = z.enum(STATUSES).default('all');

export const requestsBefore = text(LONGEST_NAME)
  .transform(transform((value): RequestCursor => parseRequestCursor(value)))
  .optional();

export const candidatesBefore = text(LONGEST_NAME)
  .transform(transform((value): CandidateCursor => parseCandidateCursor(value)))
  .optional();

export const problemsBefore = text(LONGEST_NAME)
  .transform(transform((value): ProblemCursor => parseProblemCursor(value)))
  .optional();

/** Entity ref, or `system:` and what acted. */
export const actor = text(LONGEST_NAME).optional();

export const actions = list.optional();

/** A day, or a moment with its time zone, as milliseconds since 1970. */
export const moment = text(40)
  .transform(
    transform((value): number => {
      const at = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(value)
        ? Date.parse(value)
        : NaN;
      if (Number.isNaN(at)) {
        throw new Error(
          'must be ISO 8601 with a time zone, such as 2026-03-02T10:00:00Z',
        );
      }
      return at;
    }),
  )
  .optional();

/** Of an entry of the audit trail. */
export const sequence = z
  .string({ invalid_type_error: 'may be given once only' })
  .regex(/^[1-9]\d{0,9}$/, 'must be a whole number from 1')
  .transform(Number)
  .pipe(z.number().max(0x7fffffff, 'is larger than any there can be'))
  .optional();

/** A service in a query: both parts or none. */
export const serviceQuery = {
  namespace: text(LONGEST_NAME).optional(),
  service: text(LONGEST_NAME).optional(),
};

/** The service that a query names, if any. */
export function toService(query: {
  namespace?: string;
  service?: string;
}): ServiceRef | undefined {
  const { namespace, service } = query;
  if ((namespace === undefined) !== (service === undefined)) {
    throw new InputError(
      'Invalid request: namespace and service are given together or not at all',
    );
  }
  return service === undefined
    ? undefined
    : parseServicePath(namespace ?? '', service);
}
