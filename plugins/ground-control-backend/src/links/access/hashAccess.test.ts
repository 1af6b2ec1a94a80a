import { AccessWish } from '@ground-control/backstage-plugin-ground-control-common';
import { INGRESS, REMOVE, TARGET } from './__testUtils__/wishes';
import { hashAccess } from './hashAccess';

const changed = (wish: AccessWish, more: Partial<AccessWish>) =>
  hashAccess({ ...wish, ...more });

describe('hashAccess', () => {
  it.each<[string, AccessWish, Partial<AccessWish>]>([
    ['the order of who calls', INGRESS, { from: ['gcp-1', 'aws-1'] }],
    [
      'who asks',
      TARGET,
      { service: { namespace: 'payments', name: 'fx-api' } },
    ],
    ['whose the entry is that goes', REMOVE, { squad: 'squad-fx' }],
  ])('is the same whatever is %s', (_, wish, more) => {
    expect(changed(wish, more)).toBe(hashAccess(wish));
  });

  it.each<[string, AccessWish, Partial<AccessWish>]>([
    ['change', REMOVE, { change: 'add' }],
    ['name', TARGET, { name: 'quotes' }],
    ['cluster', TARGET, { cluster: 'gcp-1' }],
    ['resource', TARGET, { dnsName: 'other.example.com' }],
    ['squad', TARGET, { squad: 'squad-fx' }],
    ['callers', TARGET, { from: ['aws-1', 'gcp-1'] }],
    ['namespace', INGRESS, { namespace: 'prod' }],
    ['port', INGRESS, { port: 9090 }],
  ])('is another one for another %s', (_, wish, more) => {
    expect(changed(wish, more)).not.toBe(hashAccess(wish));
  });
});
