import { EntryFields } from './types';

/** Words that some reader of YAML takes for something else than a text. */
const RESERVED = new Set([
  'true',
  'false',
  'yes',
  'no',
  'on',
  'off',
  'y',
  'n',
  'null',
]);

/** To some readers a number without digits in front. */
const POWER = /^e[-+]?\d+$/i;

/** What begins with a digit could be a number or a date; names hold no quotes. */
function formatValue(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const isPlain =
    /^[A-Za-z][\w.-]*$/.test(value) &&
    !RESERVED.has(value.toLowerCase()) &&
    !POWER.test(value);
  return isPlain ? value : `'${value}'`;
}

/**
 * The keys of an entry with their values, in the order in which the gateway
 * documents them. Pair of the strict reading of the file.
 */
export function formatEntry(entry: EntryFields): string[] {
  const pairs: Array<[string, string | number]> =
    entry.kind === 'target'
      ? [
          ['hostName', entry.hostName],
          ['dnsName', entry.dnsName],
          ['environment', entry.environment],
          ['squad', entry.squad],
        ]
      : [
          ['service', entry.service],
          ['namespace', entry.namespace],
          ['cluster', entry.cluster],
          ['squad', entry.squad],
          ['port', entry.port],
        ];
  return pairs.map(([key, value]) => `${key}: ${formatValue(value)}`);
}
