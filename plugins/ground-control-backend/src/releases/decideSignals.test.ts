import { Change } from '../lib/ChangeHub';
import { decideSignals } from './decideSignals';

const a = { namespace: '', name: 'a' };
const b = { namespace: '', name: 'b' };

describe('decideSignals', () => {
  it.each<[string, Change[], string[], unknown]>([
    ['nothing', [], [], undefined],
    [
      'what a cluster reports',
      [{ kind: 'clusters', ofConnection: false }],
      ['clusters'],
      undefined,
    ],
    [
      'how a cluster is watched',
      [
        { kind: 'services', services: [a] },
        { kind: 'clusters', ofConnection: true },
      ],
      ['clusters'],
      'all',
    ],
    [
      'services of several changes',
      [
        { kind: 'services', services: [a] },
        { kind: 'cluster-services', services: [b] },
        { kind: 'requests' },
      ],
      ['clusters', 'requests'],
      [a, b],
    ],
    [
      'all services among them',
      [
        { kind: 'services', services: [a] },
        { kind: 'services', services: 'all' },
        { kind: 'services', services: [b] },
      ],
      [],
      'all',
    ],
  ])('%s', (_, changes, kinds, services) => {
    const decided = decideSignals(changes);
    expect([...decided.kinds]).toEqual(kinds);
    expect(decided.services).toEqual(services);
  });
});
