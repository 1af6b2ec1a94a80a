import type { Control } from '../types.ts';
import { findCluster } from '../clusters/find.ts';
import { numberWithin } from './find.ts';

export const trustRoot: Control = {
  name: 'trust-root',
  arguments: ['cluster'],
  options: {
    days: {
      type: 'string',
      value: 'N',
      description:
        'How long the root is valid from now; below 0 it has expired',
      default: '3250',
      example: '--days 20',
    },
    keep: {
      type: 'boolean',
      description: 'The root of the others is trusted as well',
      default: 'it is replaced',
      example: '--keep',
    },
    shared: {
      type: 'boolean',
      description: 'The cluster has the root of the others again, and no other',
      default: 'it gets a root of its own',
      example: '--shared',
    },
  },
  description:
    'A cluster trusts another root than the others, also after a restart, until --shared',
  example: 'trust-root gcp-prod-1 --days 20',
  async run(target, values) {
    const { name } = findCluster(target, values.cluster);
    const { links } = target.clusters!;
    if (values.shared === 'true') {
      links.setTrustRoot(name, 'shared');
      return { message: `${name} trusts the root of the others` };
    }
    const days = numberWithin('days', values.days ?? '3250', [-399, 36_500]);
    const keep = values.keep === 'true';
    links.setTrustRoot(name, { days, keep });
    return {
      message: `${name} trusts a root of its own for ${days} days${
        keep ? ', and that of the others' : ''
      }`,
    };
  },
};
