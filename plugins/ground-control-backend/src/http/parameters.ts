import {
  DEFAULT_NAMESPACE,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  ActivityKind,
  parseServicePath,
  ReleaseId,
} from '@ground-control/backstage-plugin-ground-control-common';
import { z } from 'zod';
import { Cursor, parseCursor } from '../releases';

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

const text = (longest: number) =>
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

/** The path of one cluster. */
export const clusterPath = z.object({ name: text(LONGEST_NAME) });

/** A service in a query: both parts or none. */
export const serviceQuery = {
  namespace: text(LONGEST_NAME).optional(),
  service: text(LONGEST_NAME).optional(),
};
