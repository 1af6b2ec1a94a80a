import { YamlError, readYaml } from '../clusters/repository/readYaml.ts';
import type { EgressTarget, GatewayEntries, IngressEntry } from './types.ts';

type Fields<T> = [keyof T & string, 'text' | 'number'][];

const TARGET: Fields<EgressTarget> = [
  ['hostName', 'text'],
  ['dnsName', 'text'],
  ['environment', 'text'],
  ['squad', 'text'],
];
const INGRESS: Fields<IngressEntry> = [
  ['service', 'text'],
  ['namespace', 'text'],
  ['cluster', 'text'],
  ['squad', 'text'],
  ['port', 'number'],
];

function formatList<T>(name: string, fields: Fields<T>, entries: T[]): string {
  if (entries.length === 0) {
    return `${name}: []\n`;
  }
  const lines = entries.flatMap(entry =>
    fields.map(
      ([field], index) =>
        `${index === 0 ? '  - ' : '    '}${field}: ${entry[field]}\n`,
    ),
  );
  return `${name}:\n${lines.join('')}`;
}

/** The entries of the gateway as squads write them. */
export function formatGatewayEntries(entries: GatewayEntries): string {
  return (
    formatList('targets', TARGET, entries.targets) +
    formatList('ingress', INGRESS, entries.ingress)
  );
}

function parseList<T>(value: unknown, fields: Fields<T>): T[] | undefined {
  const list = value ?? [];
  if (!Array.isArray(list)) {
    return undefined;
  }
  const isEntry = (entry: unknown) =>
    typeof entry === 'object' &&
    entry !== null &&
    fields.every(([field, kind]) =>
      kind === 'number'
        ? Number.isInteger((entry as Record<string, unknown>)[field])
        : typeof (entry as Record<string, unknown>)[field] === 'string',
    );
  return list.every(isEntry)
    ? list.map(
        entry =>
          Object.fromEntries(
            fields.map(([field]) => [field, entry[field]]),
          ) as T,
      )
    : undefined;
}

/** What somebody wrote; nothing where the gateway couldn't use it. */
export function parseGatewayEntries(text: string): GatewayEntries | undefined {
  let value: unknown;
  try {
    [value] = readYaml(text);
  } catch (error) {
    if (error instanceof YamlError) {
      return undefined;
    }
    throw error;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { targets, ingress } = value as Record<string, unknown>;
  const parsed = {
    targets: parseList(targets, TARGET),
    ingress: parseList(ingress, INGRESS),
  };
  return parsed.targets && parsed.ingress
    ? (parsed as GatewayEntries)
    : undefined;
}
