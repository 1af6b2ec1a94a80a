import type { KubeObject } from '../../types.ts';
import { StatusError } from '../http/StatusError.ts';
import type { Target } from '../http/parseTarget.ts';
import { apiVersionOf } from '../typeNames.ts';

const NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

function isMapOfStrings(value: unknown): boolean {
  return (
    value === undefined ||
    (typeof value === 'object' &&
      value !== null &&
      Object.values(value).every(item => typeof item === 'string'))
  );
}

/**
 * An object from outside, once it is what the URL says.
 *
 * @throws StatusError, as Kubernetes would
 */
export function checkObject(body: unknown, target: Target): KubeObject {
  const { type, namespace } = target;
  const object = body as KubeObject | undefined;
  const expected = apiVersionOf(type);
  if (object?.apiVersion !== expected || object.kind !== type.kind) {
    throw StatusError.badRequest(
      `the API version and kind in the data (${object?.apiVersion}, ${object?.kind}) do not match the expected ones (${expected}, ${type.kind})`,
    );
  }
  const metadata = { ...object.metadata };
  if (target.name !== undefined && (metadata.name ?? '') !== target.name) {
    throw StatusError.badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${target.name})`,
    );
  }
  if (metadata.namespace && metadata.namespace !== namespace) {
    throw StatusError.badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  if (typeof metadata.name !== 'string' || !NAME.test(metadata.name)) {
    throw StatusError.invalid(
      type,
      String(metadata.name ?? ''),
      'metadata.name',
      `Invalid value: ${JSON.stringify(
        metadata.name ?? '',
      )}: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character`,
    );
  }
  for (const field of ['labels', 'annotations'] as const) {
    if (!isMapOfStrings(metadata[field])) {
      throw StatusError.badRequest(
        `metadata.${field} must be a map of strings`,
      );
    }
  }
  metadata.namespace = namespace;
  return { ...object, metadata };
}
