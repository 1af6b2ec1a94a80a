import { isOn } from '../isOn.ts';
import type { Control } from '../types.ts';
import { findLink } from './find.ts';

export const mirrorFault: Control = {
  name: 'mirror-fault',
  arguments: ['from', 'to', 'service', 'switch'],
  options: {},
  description:
    'A service that a cluster exports can not be mirrored in another (on), or again (off); the Link says why',
  example: 'mirror-fault aws-prod-1 az-prod-1 ledger-api on',
  async run(target, values) {
    const { from, to, links } = findLink(target, values);
    const isBroken = isOn(values.switch);
    links.setBroken(from, to, values.service, isBroken);
    return {
      message: `${from} ${isBroken ? "can't mirror" : 'mirrors'} ${
        values.service
      } of ${to} ${isBroken ? 'any more' : 'again'}`,
    };
  },
};
