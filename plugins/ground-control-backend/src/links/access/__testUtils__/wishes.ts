import { AccessWish } from '@ground-control/backstage-plugin-ground-control-common';
import { SERVICE } from '../../../requests/__testUtils__/RequestsFixture';

/** The gateway's file as a test begins with it. */
export const FILE = `# Ours.
targets:
  # The bureau.
  - hostName: credit-bureau
    dnsName: credit-bureau.azurewebsites.net
    environment: az-1
    squad: squad-ledger # dee
ingress:
  - service: fx-api
    namespace: payments
    cluster: gcp-1
    squad: squad-fx
    port: 8080
`;

/** Of a resource outside of the mesh, over a link that is normal. */
export const TARGET: AccessWish = {
  kind: 'target',
  change: 'add',
  service: SERVICE,
  name: 'rates',
  cluster: 'az-1',
  from: ['aws-1'],
  dnsName: 'rates.example.com',
};

/** Of another squad's service, over two links of which one is slow. */
export const INGRESS: AccessWish = {
  kind: 'ingress',
  change: 'add',
  service: SERVICE,
  name: 'fx-api',
  namespace: 'payments',
  cluster: 'az-1',
  from: ['aws-1', 'gcp-1'],
  port: 8080,
};

/** Of a target that the file has. */
export const REMOVE: AccessWish = {
  kind: 'target',
  change: 'remove',
  service: SERVICE,
  name: 'credit-bureau',
  cluster: 'az-1',
  from: [],
};

/** Of an ingress that the file has. */
export const REMOVE_INGRESS: AccessWish = {
  kind: 'ingress',
  change: 'remove',
  service: SERVICE,
  name: 'fx-api',
  namespace: 'payments',
  cluster: 'gcp-1',
  from: [],
};
