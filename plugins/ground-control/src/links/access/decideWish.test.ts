import fc from 'fast-check';
import { listGatewayEntries } from '../../__testUtils__/fixtureLinkCalls';
import { formatAccessForm, parseAccessForm } from './accessForm';
import {
  AccessFields,
  decideRemoval,
  decideWish,
  EMPTY_FIELDS,
  OUTSIDE,
} from './decideWish';
import { listOwn, prefillService } from './prefillService';

const services = [
  { namespace: 'ledger', name: 'ledger-api', squad: 'group:default/ledger' },
  { namespace: '', name: 'pay', squad: 'group:default/pay' },
  { namespace: 'fx', name: 'fx-api' },
];
const service = { namespace: 'ledger', name: 'ledger-api' };

const ingress: AccessFields = {
  ...EMPTY_FIELDS,
  service: 'ledger/ledger-api',
  name: ' fx-api ',
  namespace: 'fx',
  port: '3000',
  cluster: 'gcp-prod-1',
  from: ['aws-prod-1', 'gcp-prod-1'],
};
const target: AccessFields = {
  ...ingress,
  kind: 'target',
  dnsName: 'fx.example.com',
};

describe('the wish that fields stand for', () => {
  it('is one for a service, called from where it doesn’t lie', () => {
    expect(decideWish(ingress, services)).toEqual({
      kind: 'ingress',
      change: 'add',
      service,
      name: 'fx-api',
      namespace: 'fx',
      port: 3000,
      cluster: 'gcp-prod-1',
      from: ['aws-prod-1'],
    });
  });

  it('is one for a resource, and says nothing that only services have', () => {
    expect(decideWish({ ...target, squad: 'pay' }, services)).toEqual({
      kind: 'target',
      change: 'add',
      service,
      name: 'fx-api',
      dnsName: 'fx.example.com',
      cluster: 'gcp-prod-1',
      from: ['aws-prod-1'],
      squad: 'pay',
    });
  });

  it('names no cluster where calls come from outside', () => {
    expect(
      decideWish({ ...ingress, from: [OUTSIDE] }, services),
    ).toHaveProperty('from', []);
  });

  it.each<[string, Partial<AccessFields>, AccessFields]>([
    ['service', { service: '' }, ingress],
    ['service', { service: 'ledger/ledger-ap' }, ingress],
    ['name', { name: ' ' }, ingress],
    ['namespace', { namespace: '' }, ingress],
    ['port', { port: '' }, ingress],
    ['port', { port: '80a' }, ingress],
    ['port', { port: '65536' }, ingress],
    ['port', { port: '1.5' }, ingress],
    ['dnsName', { dnsName: '' }, target],
    ['cluster', { cluster: '' }, ingress],
    ['from', { from: [] }, ingress],
    ['from', { from: ['gcp-prod-1'] }, ingress],
    ['from', { from: [OUTSIDE] }, target],
  ])('lacks its %s with %j', (missing, part, fields) => {
    expect(decideWish({ ...fields, ...part }, services)).toBe(missing);
  });

  it('takes a service at its word where none is listed', () => {
    expect(decideWish(ingress, undefined)).toMatchObject({ service });
    expect(decideWish({ ...ingress, service: 'a/b/c' }, undefined)).toBe(
      'service',
    );
  });
});

describe('the wish to remove an entry', () => {
  const { entries } = listGatewayEntries({ squad: 'all' }, 0, []);
  const [rates, bureau] = ['rates', 'credit-bureau'].map(
    name => entries.find(entry => entry.name === name)!,
  );

  it('names it, and the clusters that call it', () => {
    expect(decideRemoval(bureau, 'ledger/ledger-api', services)).toEqual({
      kind: 'target',
      change: 'remove',
      service,
      name: 'credit-bureau',
      cluster: 'az-prod-1',
      from: ['aws-prod-1'],
    });
    expect(decideRemoval(rates, 'pay', services)).toEqual({
      kind: 'ingress',
      change: 'remove',
      service: { namespace: '', name: 'pay' },
      name: 'rates',
      namespace: 'services',
      cluster: 'az-prod-1',
      from: [],
    });
  });

  it('lacks the entry, or who asks', () => {
    expect(decideRemoval(undefined, 'pay', services)).toBe('entry');
    expect(decideRemoval(rates, '', services)).toBe('service');
  });
});

describe('my service', () => {
  const choices = {
    squads: [],
    environments: [],
    mine: ['group:default/ledger', 'group:default/pay'],
    services,
  };

  it.each([
    ['mine', ['ledger/ledger-api', 'pay']],
    ['all', ['ledger/ledger-api', 'pay']],
    [['group:default/pay'], ['pay']],
    [['group:default/none'], []],
  ] as const)('of %s is one of %j', (squad, own) => {
    expect(listOwn(choices, squad as 'mine')).toEqual(own);
  });

  it('is the only one, or the one that is called', () => {
    const called = { kind: 'ingress', name: 'pay' } as never;
    expect(prefillService(['a/b'])).toBe('a/b');
    expect(prefillService(['a/b', 'pay'])).toBe('');
    expect(prefillService(['a/b', 'pay'], called)).toBe('pay');
    expect(prefillService([])).toBe('');
  });
});

it('finds the open form in the URL as it was written', () => {
  const text = fc.option(fc.string({ minLength: 1 }), { nil: undefined });
  fc.assert(
    fc.property(fc.record({ remove: text, service: text }), form => {
      const params = formatAccessForm(form, new URLSearchParams('squad=all'));
      const read = new URLSearchParams(params.toString());
      expect(parseAccessForm(read)).toEqual(form);
      expect(formatAccessForm(undefined, read).toString()).toBe('squad=all');
    }),
  );
  expect(parseAccessForm(new URLSearchParams('service=a'))).toBeUndefined();
});
