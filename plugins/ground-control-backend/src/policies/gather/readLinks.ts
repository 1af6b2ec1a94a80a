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
    /** Else nothing is read: where no rule asks, only people want to know. */
    wanted: boolean;
  },
): Promise<ServiceCalls> {
  const { wanted, ...of } = options;
  return wanted
    ? readServiceCalls(knex, of)
    : { clusters: [], calls: [], unread: [], trafficMissing: null };
}
