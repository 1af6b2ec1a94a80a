import {
  LinkCell,
  LinkState,
} from '@ground-control/backstage-plugin-ground-control-common';
import { pairKey } from '../../latency/book/pairKey';
import { buildLinkCalls } from './buildLinkCalls';
import { FoundCall } from './types';

/** State of the link, its value and baseline, requests per second where they are counted. */
type Given = [LinkState, number | null, number | null, number?];

/** The names of the calls in the order in which they are built. */
function order(given: Record<string, Given>): string[] {
  const names = Object.keys(given);
  const found = names.map(
    (name): FoundCall => ({
      from: 'west',
      to: name,
      caller: { namespace: 'pay', name: 'ledger' },
      callerParty: null,
      squadRef: null,
      calleeName: name,
      calleeParty: null,
      isNamed: true,
      sources: ['entry'],
      traffic:
        given[name][3] === undefined
          ? null
          : { requestsPerSecond: given[name][3], errors: null, p95Ms: null },
    }),
  );
  const cells = new Map(
    names.map(name => {
      const [state, valueMs, baselineMs] = given[name];
      return [
        pairKey('west', name),
        { state, valueMs, baselineMs } as LinkCell,
      ];
    }),
  );
  const sight = { all: true, services: new Set(''), squads: new Set('') };
  return buildLinkCalls(found, { cells, sight }).map(call => call.calleeName);
}

describe('buildLinkCalls', () => {
  it.each<[string, Record<string, Given>, string[]]>([
    [
      'what requests wait for beyond the baseline, not how many they are',
      {
        often: ['high', 50, 30, 40],
        long: ['high', 230, 30, 10],
      },
      ['long', 'often'],
    ],
    [
      'that also where the link is but elevated',
      { high: ['high', 60, 30, 1], elevated: ['elevated', 40, 30, 50] },
      ['elevated', 'high'],
    ],
    [
      'links that are down first, by requests',
      {
        slow: ['high', 500, 30, 90],
        'down-rare': ['down', null, 30, 1],
        'down-often': ['down', null, 30, 5],
      },
      ['down-often', 'down-rare', 'slow'],
    ],
    [
      'bad links before others',
      {
        normal: ['normal', 34, 30, 1_000],
        stale: ['stale', 900, 30, 1_000],
        lossy: ['high', 30, 30, 1],
      },
      ['lossy', 'stale', 'normal'],
    ],
    [
      'nothing gained where it is faster than usual',
      { faster: ['normal', 10, 30, 50], usual: ['normal', 30, 30, 60] },
      ['usual', 'faster'],
    ],
    [
      'requests where no baseline is known',
      { rare: ['high', 90, null, 1], often: ['high', 40, null, 2] },
      ['often', 'rare'],
    ],
    [
      'the worse state, then the name, where no requests are counted',
      {
        b: ['elevated', 90, 30],
        a: ['elevated', 40, 30],
        z: ['high', 90, 30],
      },
      ['z', 'a', 'b'],
    ],
  ])('orders by %s', (_, given, expected) => {
    expect(order(given)).toEqual(expected);
  });
});
