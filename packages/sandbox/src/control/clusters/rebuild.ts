import { DEFAULT_TIMINGS } from '../../clusters/timings.ts';
import { ControlError } from '../types.ts';
import type { Control } from '../types.ts';
import { findCluster } from './find.ts';

export const rebuild: Control = {
  name: 'rebuild',
  arguments: ['cluster'],
  options: {
    seconds: {
      type: 'string',
      value: 'N',
      description: 'How long it takes until everything is Ready',
      default: String(DEFAULT_TIMINGS.rebuild / 1000),
      example: '--seconds 300',
    },
  },
  description:
    'A cluster is thrown away and bootstrapped anew: its API refuses, answers, Flux gets ready, applies the first revision, and everything gets Ready',
  example: 'rebuild gcp-prod-1',
  async run(target, values) {
    const cluster = findCluster(target, values.cluster);
    const seconds = Number(values.seconds ?? DEFAULT_TIMINGS.rebuild / 1000);
    if (!Number.isFinite(seconds) || seconds < 5 || seconds > 7200) {
      throw new ControlError('seconds wants a number from 5 to 7200');
    }
    await cluster.rebuild(seconds * 1000);
    return {
      message: `${cluster.name} is thrown away, and all will be Ready in about ${seconds} s`,
    };
  },
};
