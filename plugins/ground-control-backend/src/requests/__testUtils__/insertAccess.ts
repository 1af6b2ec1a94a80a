import { AccessWish } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { AskedAccessRow } from '../store/readAskedAccess';
import { AccessRow } from '../types';
import { insertRequest } from './insertRequest';

/** fx-api of squad fx wishes to call ledger-api of squad ledger. */
export const ACCESS_WISH: AccessWish = {
  kind: 'ingress',
  change: 'add',
  service: { namespace: 'payments', name: 'fx-api' },
  name: 'ledger-api',
  namespace: 'payments',
  cluster: 'az-1',
  from: ['aws-1'],
  port: 8080,
  squad: 'squad-ledger',
};

function idOf({ cluster, kind, name, namespace }: AccessWish): string {
  return kind === 'target'
    ? `target:${cluster}/${name}`
    : `ingress:${cluster}/${namespace}/${name}`;
}

/**
 * Writes a request for access as asking leaves it, but for what a test says
 * otherwise: of a target it is the service's that asks, else ledger-api's.
 */
export async function insertAccess(
  knex: Knex,
  request: Partial<AccessRow> = {},
  asked: Omit<Partial<AskedAccessRow>, 'wish'> & {
    wish?: Partial<AccessWish>;
  } = {},
): Promise<number> {
  const { wish: change, ...rest } = asked;
  const wish = { ...ACCESS_WISH, ...change };
  const own = {
    namespace: wish.service.namespace,
    service: wish.service.name,
  };
  const number = await insertRequest(knex, {
    kind: 'access',
    intent: wish.change === 'add' ? 'access-add' : 'access-remove',
    subject: idOf(wish),
    for_namespace: own.namespace,
    for_service: own.service,
    artifact_id: '',
    requirement_reason: 'A lead of squad-ledger decides.',
    ...(wish.kind === 'target' && own),
    ...request,
  });
  await knex('access_requests').insert({
    number,
    path: 'backbone-gateway/shuttle.yaml',
    entry: '- service: ledger-api\n',
    address: `http://${wish.name}-${wish.cluster}.payments.svc.cluster.local`,
    ...rest,
    wish: JSON.stringify(wish),
  });
  return number;
}
