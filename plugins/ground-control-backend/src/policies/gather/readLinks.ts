import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { readServiceCalls } from '../../links/calls/readServiceCalls';
import { ServiceCalls } from '../../links/calls/types';

/** Reads over which links a service calls from an environment, and how they are. */
export async function readLinks(
  knex: Knex,
  options: {
    repository: string;
    service: ServiceRef;
    environment: string;
    now: Date;
    /** Else nothing is read: most environments don't ask for it. */
    asked: boolean;
  },
): Promise<ServiceCalls> {
  const { asked, ...of } = options;
  return asked
    ? readServiceCalls(knex, of)
    : { clusters: [], calls: [], unread: [], trafficMissing: null };
}
