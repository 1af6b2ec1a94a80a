import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

/** Shorter intervals would be a load on others without use to anybody. */
const LEAST_INTERVAL_MS = 1_000;

/**
 * Reads a length of time in milliseconds.
 *
 * @param where - the path of `config` itself, for what an error says
 */
export function readInterval(
  config: Config | undefined,
  options: { where: string; key: string; fallback: number },
): number {
  const { where, key, fallback } = options;
  if (!config?.has(key)) return fallback;
  let ms: number;
  try {
    ms = durationToMilliseconds(readDurationFromConfig(config, { key }));
  } catch {
    throw new InputError(
      `${where}.${key} is not a length of time; write one such as 10s, PT10S or { seconds: 10 }`,
    );
  }
  if (!(ms >= LEAST_INTERVAL_MS)) {
    throw new InputError(`${where}.${key} must be one second or more`);
  }
  return ms;
}
