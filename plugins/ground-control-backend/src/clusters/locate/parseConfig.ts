import { InputError } from '@backstage/errors';
import { z } from 'zod';

/**
 * Checks a piece of config. What an error says is where, and what to write
 * there; never what stands there, which may be a secret.
 *
 * @param where - the path of the piece in the config
 * @throws InputError
 */
export function parseConfig<S extends z.ZodTypeAny>(
  schema: S,
  options: { where: string; value: unknown },
): z.output<S> {
  const parsed = schema.safeParse(options.value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue.path.reduce<string>(
    (path, key) =>
      typeof key === 'number' ? `${path}[${key}]` : `${path}.${key}`,
    options.where,
  );
  switch (issue.code) {
    case 'unrecognized_keys':
      throw new InputError(
        `${where} has ${issue.keys.join(
          ', ',
        )}, which is not known; check its spelling`,
      );
    case 'invalid_type':
      throw new InputError(
        issue.received === 'undefined'
          ? `${where} is missing`
          : `${where} must be of type ${issue.expected}`,
      );
    default:
      throw new InputError(`${where} ${issue.message}`);
  }
}
