import { DEFAULTS } from '../world/options.ts';
import type { WorldOptions } from '../world/options.ts';
import type { CliOption, Values } from './types.ts';

export const DEFAULT_DIR = '.sandbox';

export const DIR_OPTION: CliOption = {
  type: 'string',
  value: 'DIR',
  description: 'Folder of the world',
  default: DEFAULT_DIR,
  example: '--dir .sandbox-small',
};

/** The options that shape a world, shared by `create` and `run`. */
export const WORLD_CLI_OPTIONS: Record<string, CliOption> = {
  dir: DIR_OPTION,
  seed: {
    type: 'string',
    value: 'N',
    description: 'Another number gives another company and history',
    default: String(DEFAULTS.seed),
    example: '--seed 42',
  },
  squads: {
    type: 'string',
    value: 'N',
    description: 'Squads',
    default: String(DEFAULTS.squads),
    example: '--squads 3',
  },
  services: {
    type: 'string',
    value: 'N',
    description: 'Services',
    default: String(DEFAULTS.services),
    example: '--services 5000',
  },
  clusters: {
    type: 'string',
    value: 'N',
    description: 'Clusters, one of them named platform; 0 for none',
    default: String(DEFAULTS.clusters),
    example: '--clusters 12',
  },
  environments: {
    type: 'string',
    value: 'LIST',
    description: 'Environments in the order of promotion',
    default: DEFAULTS.environments.join(','),
    example: '--environments dev,prod',
  },
  days: {
    type: 'string',
    value: 'N',
    description:
      'Days of full history; the first release of each service lies before',
    default: String(DEFAULTS.days),
    example: '--days 14',
  },
  releases: {
    type: 'string',
    value: 'N',
    description: 'About how many releases in all',
    default: '100 a day for 450 services, so 9000',
    example: '--releases 100000',
  },
  end: {
    type: 'string',
    value: 'TIME',
    description: 'Where history ends (ISO 8601)',
    default: 'the start of this hour',
    example: '--end 2026-06-01T12:00:00Z',
  },
  'no-artifacts': {
    type: 'boolean',
    description: 'Leave the artifact store empty, for very long histories',
    default: 'artifacts are written',
    example: '--no-artifacts',
  },
};

function numberOf(values: Values, name: string): number | undefined {
  const text = values[name];
  if (text === undefined) {
    return undefined;
  }
  if (typeof text !== 'string' || !/^\d+$/.test(text)) {
    throw new Error(`--${name} wants a whole number, not "${text}"`);
  }
  return Number(text);
}

function endOf(values: Values): number | undefined {
  if (values.end === undefined) {
    return undefined;
  }
  const milliseconds = Date.parse(String(values.end));
  if (Number.isNaN(milliseconds)) {
    throw new Error(
      `--end wants a time such as 2026-06-01T12:00:00Z, not "${values.end}"`,
    );
  }
  return Math.floor(milliseconds / 1000);
}

/** What was given of the options that shape a world; nothing is filled in. */
export function readWorldOptions(values: Values): Partial<WorldOptions> {
  const given: Partial<WorldOptions> = {
    seed: numberOf(values, 'seed'),
    squads: numberOf(values, 'squads'),
    services: numberOf(values, 'services'),
    clusters: numberOf(values, 'clusters'),
    days: numberOf(values, 'days'),
    releases: numberOf(values, 'releases'),
    end: endOf(values),
    environments:
      values.environments === undefined
        ? undefined
        : String(values.environments).split(','),
    artifacts: values['no-artifacts'] ? false : undefined,
  };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
}

export function dirOf(values: Values): string {
  return values.dir === undefined ? DEFAULT_DIR : String(values.dir);
}
