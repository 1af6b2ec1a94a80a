import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readInterval } from '../../lib/readInterval';
import { DEFAULT_TIMINGS, WatchTimings } from '../watch';

const WHERE = 'groundControl.clusterSettings';
const MIB = 1024 * 1024;
const KEYS = [
  'askInterval',
  'askTimeout',
  'responseTimeout',
  'absentInterval',
  'maxObjectSize',
  'tellAfter',
  'stuckAfter',
  'tellUnreadAfter',
];
/** What passes sooner isn't told to anybody. */
const TELL_AFTER_MS = 20_000;
const STUCK_AFTER_MS = 10 * 60_000;
const UNREAD_AFTER_MS = 5 * 60_000;

/** How clusters are read. */
export interface ClusterSettings {
  timings: WatchTimings;
  /** When people are told of what isn't well, in milliseconds. */
  notices: { flapMs: number; stuckMs: number; unreadMs: number };
}

function readMaxObjectBytes(config: Config | undefined): number {
  const size = config?.getOptionalNumber('maxObjectSize');
  if (size === undefined) return DEFAULT_TIMINGS.limits.maxObjectBytes;
  if (!(size >= 0.1 && size <= 64)) {
    throw new InputError(
      `${WHERE}.maxObjectSize is a number of MiB from 0.1 to 64`,
    );
  }
  return Math.round(size * MIB);
}

/**
 * Reads `groundControl.clusterSettings`; everything has a default.
 *
 * @throws InputError that names the place
 */
export function readClusterSettings(rootConfig: Config): ClusterSettings {
  const config = rootConfig.getOptionalConfig(WHERE);
  const unknown = config?.keys().find(key => !KEYS.includes(key));
  if (unknown !== undefined) {
    throw new InputError(
      `${WHERE} has ${unknown}, which is not known; there are ${KEYS.join(
        ', ',
      )}`,
    );
  }
  const read = (key: string, fallback: number) =>
    readInterval(config, { where: WHERE, key, fallback });
  const { limits } = DEFAULT_TIMINGS;
  return {
    notices: {
      flapMs: read('tellAfter', TELL_AFTER_MS),
      stuckMs: read('stuckAfter', STUCK_AFTER_MS),
      unreadMs: read('tellUnreadAfter', UNREAD_AFTER_MS),
    },
    timings: {
      ...DEFAULT_TIMINGS,
      askIntervalMs: read('askInterval', DEFAULT_TIMINGS.askIntervalMs),
      askTimeoutMs: read('askTimeout', DEFAULT_TIMINGS.askTimeoutMs),
      absentMs: read('absentInterval', DEFAULT_TIMINGS.absentMs),
      limits: {
        ...limits,
        responseTimeoutMs: read('responseTimeout', limits.responseTimeoutMs),
        maxObjectBytes: readMaxObjectBytes(config),
      },
    },
  };
}
