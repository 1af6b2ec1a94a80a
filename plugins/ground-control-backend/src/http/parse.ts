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
): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) {
    return result.data;
  }
  const faults = result.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'query'}: ${message}`,
  );
  throw new InputError(`Invalid request: ${faults.join('; ')}`);
}
