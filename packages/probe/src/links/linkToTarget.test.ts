import fc from 'fast-check';
import { makeLink } from '../__testUtils__/makeLink.ts';
import { linkToTarget } from './linkToTarget.ts';

const config = { deadlineMs: 3_000, providers: { 'gcp-prod-1': 'gcp' } };

it('probes the gateway as the Link says', () => {
  expect(linkToTarget(makeLink('gcp-prod-1'), config)).toEqual({
    target: {
      name: 'gcp-prod-1',
      provider: 'gcp',
      kind: 'http',
      host: 'gateway.gcp-prod-1.example',
      port: 4191,
      path: '/ready',
      expectStatus: [],
      freshConnections: true,
      intervalMs: 3_000,
      deadlineMs: 3_000,
      origin: 'links',
    },
  });
});

it.each([
  [
    'the first of several addresses',
    { gatewayAddress: '::1, b.example' },
    {},
    { host: '::1' },
  ],
  ['a shorter timeout', {}, { timeout: '500ms' }, { deadlineMs: 500 }],
  ['no timeout', {}, { timeout: undefined }, { deadlineMs: 3_000 }],
  [
    'a period that would be a load',
    {},
    { period: '1ms' },
    { intervalMs: 1_000 },
  ],
  ['a period of a day', {}, { period: '24h' }, { intervalMs: 300_000 }],
  ['a port that is a number', {}, { port: 4191 }, { port: 4191 }],
  [
    'an unknown cluster',
    { targetClusterName: 'new' },
    {},
    { provider: 'unknown' },
  ],
  [
    'a cluster with an odd name',
    { targetClusterName: 'constructor' },
    {},
    { provider: 'unknown' },
  ],
])('takes %s', (_, spec, probeSpec, expected) => {
  const link = makeLink('gcp-prod-1', { spec, probeSpec });
  expect(linkToTarget(link, config)).toMatchObject({ target: expected });
});

it.each([
  ['no address', { gatewayAddress: '' }, {}, /gatewayAddress/],
  ['an address that is none', { gatewayAddress: 'a b' }, {}, /gatewayAddress/],
  [
    'an address with a path',
    { gatewayAddress: 'a/../b' },
    {},
    /gatewayAddress/,
  ],
  [
    'a name that is none',
    { targetClusterName: 'a\nb' },
    {},
    /targetClusterName/,
  ],
  ['a port out of range', {}, { port: '70000' }, /port/],
  ['a path with a second request', {}, { path: '/ HTTP/1.1\r\nx: y' }, /path/],
  ['another address as path', {}, { path: 'http://elsewhere/' }, /path/],
  ['a period that is none', {}, { period: 'soon' }, /period/],
  ['no probeSpec', { probeSpec: undefined }, {}, /spec\.probeSpec/],
])('takes no Link with %s', (_, spec, probeSpec, reason) => {
  expect(linkToTarget(makeLink('b', { probeSpec, spec }), config)).toEqual({
    link: 'linkerd-multicluster/b',
    reason: expect.stringMatching(reason),
  });
});

it('takes whatever comes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      expect(linkToTarget(value, config)).toHaveProperty('reason');
      const spec = linkToTarget(
        makeLink('b', { spec: { probeSpec: value } }),
        config,
      );
      expect(spec).toHaveProperty('reason');
    }),
  );
});
