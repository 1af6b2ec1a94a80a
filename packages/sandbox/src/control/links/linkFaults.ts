import { WELL } from '../../wan/types.ts';
import type { DirectionFault } from '../../wan/types.ts';
import type { Control } from '../types.ts';
import { findLink, numberWithin } from './find.ts';

const LONGEST_MS = 60_000;

interface FaultControl {
  name: string;
  /** What is to be given beside the two ends. */
  value?: string;
  description: string;
  example: string;
  fault(value: string): Partial<DirectionFault>;
  /** What is so now, after the names of the two ends. */
  done(value: string): string;
}

function faultControl(options: FaultControl): Control {
  const { name, value, description, example } = options;
  return {
    name,
    arguments: ['from', 'to', ...(value ? [value] : [])],
    options: {},
    description,
    example: `${name} ${example}`,
    async run(target, values) {
      const { from, to, links } = findLink(target, values);
      const given = value ? values[value] : '';
      await links.setFault(from, to, options.fault(given));
      return { message: `From ${from} to ${to} ${options.done(given)}` };
    },
  };
}

/** What the way from a cluster to another's gateway does; never the way back. */
export const linkFaults: Control[] = [
  faultControl({
    name: 'link-down',
    description:
      'The gateway of a cluster refuses connections from one other cluster, until link-heal',
    example: 'aws-prod-1 az-prod-1',
    fault: () => ({ mode: 'down' }),
    done: () => 'connections are refused now',
  }),
  faultControl({
    name: 'link-hang',
    description:
      'The gateway of a cluster takes connections from one other cluster and never answers, until link-heal',
    example: 'aws-prod-1 az-prod-1',
    fault: () => ({ mode: 'hang' }),
    done: () => 'nothing is answered any more',
  }),
  faultControl({
    name: 'link-lossy',
    value: 'share',
    description:
      'A share of what a cluster asks of the gateway of another is lost, 0 to 1, until link-heal',
    example: 'aws-prod-1 az-prod-1 0.2',
    fault: share => ({ loss: numberWithin('share', share, [0, 1]) }),
    done: share => `a share of ${share} is lost now`,
  }),
  faultControl({
    name: 'link-slow',
    value: 'addMs',
    description:
      'The way from a cluster to the gateway of another and back takes so many milliseconds more, until link-heal',
    example: 'aws-prod-1 az-prod-1 200',
    fault: addMs => ({ addMs: numberWithin('addMs', addMs, [0, LONGEST_MS]) }),
    done: addMs => `and back takes ${addMs} ms more now`,
  }),
  faultControl({
    name: 'link-heal',
    description:
      'The way from a cluster to the gateway of another is well again',
    example: 'aws-prod-1 az-prod-1',
    fault: () => WELL,
    done: () => 'all is well again',
  }),
];
