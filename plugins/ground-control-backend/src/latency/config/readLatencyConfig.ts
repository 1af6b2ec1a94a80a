import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { LatencySource } from '@ground-control/backstage-plugin-ground-control-node';
import { parseConfig } from '../../clusters/locate/parseConfig';
import { readInterval } from '../../lib/readInterval';
import {
  DEFAULT_THRESHOLDS,
  Thresholds,
  ThresholdsByClass,
} from '../decide/thresholds';
import { DAY_MS, FIVE_MS } from '../times';
import { createSources } from './createSources';
import { sourcesSchema, ThresholdsConfig, thresholdsSchema } from './schema';

const WHERE = 'groundControl.latency';
const KEYS = ['sources', 'thresholds', 'baselineAfter', 'keep'];

/** How links are measured and judged. */
export interface LatencySettings {
  sources: LatencySource[];
  thresholds: ThresholdsByClass;
  baselineMs: number;
  keep: { fivesMs: number; hoursMs: number };
}

type Levels = Pick<ThresholdsConfig, 'elevated' | 'high'>;

function over(base: Thresholds, ...all: Array<Levels | undefined>): Thresholds {
  return all.reduce<Thresholds>(
    (thresholds, levels) => ({
      elevated: { ...thresholds.elevated, ...levels?.elevated },
      high: { ...thresholds.high, ...levels?.high },
    }),
    base,
  );
}

function readThresholds(config: Config | undefined): ThresholdsByClass {
  const own = parseConfig(thresholdsSchema, {
    where: `${WHERE}.thresholds`,
    value: config?.getOptional('thresholds') ?? {},
  });
  const of = (levels: Levels | undefined) => {
    const found = over(DEFAULT_THRESHOLDS, own, levels);
    const { elevated, high } = found;
    if (
      high.times < elevated.times ||
      high.plusMs < elevated.plusMs ||
      high.loss < elevated.loss
    ) {
      throw new InputError(
        `${WHERE}.thresholds: high may not begin below elevated`,
      );
    }
    return found;
  };
  return {
    sameRegion: of(own.sameRegion),
    sameProvider: of(own.sameProvider),
    crossProvider: of(own.crossProvider),
  };
}

/**
 * Reads `groundControl.latency`; without it nothing is measured.
 *
 * @throws InputError that names the place and no secret
 */
export function readLatencyConfig(rootConfig: Config): LatencySettings {
  const config = rootConfig.getOptionalConfig(WHERE);
  const unknown = config?.keys().find(key => !KEYS.includes(key));
  if (unknown !== undefined) {
    throw new InputError(
      `${WHERE} has ${unknown}, which is not known; there are ${KEYS.join(
        ', ',
      )}`,
    );
  }
  const sources = parseConfig(sourcesSchema, {
    where: `${WHERE}.sources`,
    value: config?.getOptional('sources') ?? [],
  });
  const keep = config?.getOptionalConfig('keep');
  const fivesMs = readInterval(keep, {
    where: `${WHERE}.keep`,
    key: 'fiveMinutes',
    fallback: 8 * DAY_MS,
  });
  const hoursMs = readInterval(keep, {
    where: `${WHERE}.keep`,
    key: 'hours',
    fallback: 90 * DAY_MS,
  });
  if (fivesMs < 8 * DAY_MS || hoursMs < fivesMs) {
    throw new InputError(
      `${WHERE}.keep: fiveMinutes must be 8 days or more, since baselines look back for 7, and hours no less than that`,
    );
  }
  const baselineMs = readInterval(config, {
    where: WHERE,
    key: 'baselineAfter',
    fallback: DAY_MS,
  });
  if (baselineMs < FIVE_MS) {
    throw new InputError(`${WHERE}.baselineAfter must be five minutes or more`);
  }
  return {
    sources: createSources(sources, {
      where: `${WHERE}.sources`,
      configs: config?.getOptionalConfigArray('sources') ?? [],
    }),
    thresholds: readThresholds(config),
    baselineMs,
    keep: { fivesMs, hoursMs },
  };
}
