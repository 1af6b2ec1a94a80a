import { InputError } from '@backstage/errors';
import { z } from 'zod';

/**
 * Parses parameters of a request.
 *
 * @throws InputError that names each parameter and what is wrong with it
 */
export function parse<T extends z.ZodTypeAny>(
  schema: T,
  input: unknown,
  whole = 'query',
): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) {
    return result.data;
  }
  const faults = result.error.issues.map(
    ({ path, message }) => `${path.join('.') || whole}: ${message}`,
  );
  throw new InputError(`Invalid request: ${faults.join('; ')}`);
}

/**
 * Parses the body of a request.
 *
 * @throws InputError that names each field and what is wrong with it
 */
export function parseBody<T extends z.ZodTypeAny>(
  schema: T,
  input: unknown,
): z.output<T> {
  return parse(schema, input, 'body');
}
