import type { KubeObject, ResourceType } from '../../types.ts';

export interface FieldRequirement {
  field: string;
  equal: boolean;
  value: string;
}

const OF_ALL = ['metadata.name', 'metadata.namespace'];
const OF_KINDS: Record<string, string[]> = {
  pods: ['status.phase', 'spec.nodeName'],
  secrets: ['type'],
  namespaces: ['status.phase'],
  events: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'reason',
    'type',
    'reportingComponent',
  ],
};

/** Splits at commas, and takes the backslash from what it escapes. */
function splitTerms(text: string): string[] {
  return text.match(/(?:\\.|[^,\\])+/g) ?? [];
}

/**
 * Parses what `kubectl --field-selector` takes: `a=b`, `a==b` and `a!=b`,
 * joined by commas. Each kind knows only some fields.
 *
 * @throws an Error that says what isn't a selector
 */
export function parseFieldSelector(
  text: string,
  type: ResourceType,
): FieldRequirement[] {
  const known = [...OF_ALL, ...((!type.group && OF_KINDS[type.plural]) || [])];
  return splitTerms(text).map(term => {
    const match = /^([^=!]+)(!=|==|=)(.*)$/s.exec(term);
    if (!match) {
      throw new Error(
        `invalid selector: '${text}'; can't understand '${term}'`,
      );
    }
    const [, field, operator, value] = match;
    if (!known.includes(field)) {
      throw new Error(`field label not supported: ${field}`);
    }
    return {
      field,
      equal: operator !== '!=',
      value: value.replace(/\\(.)/gs, '$1'),
    };
  });
}

export function formatFieldSelector(requirements: FieldRequirement[]): string {
  return requirements
    .map(
      ({ field, equal, value }) =>
        `${field}${equal ? '=' : '!='}${value.replace(/[\\,=]/g, '\\$&')}`,
    )
    .join(',');
}

function readField(object: KubeObject, field: string): string {
  let value: unknown = object;
  for (const part of field.split('.')) {
    value = (value as Record<string, unknown> | undefined)?.[part];
  }
  return value === undefined ? '' : String(value);
}

export function matchesFields(
  requirements: readonly FieldRequirement[],
  object: KubeObject,
): boolean {
  return requirements.every(
    ({ field, equal, value }) => (readField(object, field) === value) === equal,
  );
}
