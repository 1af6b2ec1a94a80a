import type { KubeObject, ResourceType } from '../../types.ts';
import { StatusError } from '../http/StatusError.ts';
import type { Target } from '../http/parseTarget.ts';
import { matchesFields, parseFieldSelector } from './parseFieldSelector.ts';
import { matchesLabels, parseLabelSelector } from './parseLabelSelector.ts';

/** Which objects of a kind a list or watch is about. */
export interface Selection {
  type: ResourceType;
  namespace?: string;
  /** Without selectors it is every object of the kind and namespace. */
  hasSelectors: boolean;
  matches(object: KubeObject): boolean;
}

function parse<T>(read: () => T, prefix = ''): T {
  try {
    return read();
  } catch (error) {
    throw StatusError.badRequest(`${prefix}${(error as Error).message}`);
  }
}

export function parseSelection(
  { type, namespace, name }: Target,
  query: URLSearchParams,
): Selection {
  const labels = query.get('labelSelector') ?? '';
  const fields = query.get('fieldSelector') ?? '';
  const byLabel = parse(
    () => parseLabelSelector(labels),
    'unable to parse requirement: ',
  );
  const byField = parse(() => parseFieldSelector(fields, type));
  return {
    type,
    namespace,
    hasSelectors: byLabel.length > 0 || byField.length > 0,
    matches: object =>
      (namespace === undefined || object.metadata.namespace === namespace) &&
      (name === undefined || object.metadata.name === name) &&
      matchesLabels(byLabel, object.metadata.labels) &&
      matchesFields(byField, object),
  };
}
