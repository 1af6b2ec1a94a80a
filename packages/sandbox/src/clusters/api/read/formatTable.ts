import type { KubeObject, ResourceType } from '../../types.ts';
import { readJsonPath } from './readJsonPath.ts';

type IncludeObject = 'None' | 'Metadata' | 'Object';

/** How an answer is written: as objects, or as the rows of a table. */
export interface TableFormat {
  type: ResourceType;
  include: IncludeObject;
  now: Date;
}

/** Whether a request asks for a table first. */
export function wantsTable(accept: string | undefined): boolean {
  return /^[^,]*;as=Table/.test(accept ?? '');
}

export function parseIncludeObject(text: string | null): IncludeObject {
  return text === 'None' || text === 'Object' ? text : 'Metadata';
}

/** As kubectl shows an age: `45s`, `10m`, `3h`, `12d`. */
export function formatAge(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const steps: [number, string, number][] = [
    [120, 's', 1],
    [120 * 60, 'm', 60],
    [48 * 3600, 'h', 3600],
  ];
  const [, unit, size] = steps.find(([below]) => seconds < below) ?? [
    0,
    'd',
    86_400,
  ];
  return `${Math.floor(seconds / size)}${unit}`;
}

function formatRow(object: KubeObject, { type, include, now }: TableFormat) {
  const { metadata } = object;
  const age = now.getTime() - Date.parse(metadata.creationTimestamp ?? '');
  const cells = (type.columns ?? []).map(({ path }) => {
    const value = readJsonPath(object, path);
    return typeof value === 'number' ? value : String(value ?? '');
  });
  const row = { cells: [metadata.name, ...cells, formatAge(age)] };
  if (include === 'None') {
    return row;
  }
  const partial = {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
  };
  return { ...row, object: include === 'Object' ? object : partial };
}

export function formatTable(
  objects: KubeObject[],
  listMetadata: object,
  format: TableFormat,
): object {
  const columns = [
    { name: 'Name', type: 'string', format: 'name' },
    ...(format.type.columns ?? []).map(({ name }) => ({
      name,
      type: 'string',
      format: '',
    })),
    { name: 'Age', type: 'string', format: '' },
  ];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: listMetadata,
    columnDefinitions: columns.map(column => ({
      ...column,
      description: '',
      priority: 0,
    })),
    rows: objects.map(object => formatRow(object, format)),
  };
}
