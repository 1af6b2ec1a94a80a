import {
  AccessWish,
  LinkCell,
  LinkState,
} from '@ground-control/backstage-plugin-ground-control-common';
import { FollowedCluster } from '../../../requests/following/types';
import { part } from '../../entries/decide/part';
import {
  buildEntryFacts,
  EntryRows,
} from '../../entries/reading/buildEntryFacts';
import {
  ClusterIngress,
  ClusterLink,
  ClusterMirrored,
  ExportedService,
} from '../../store';
import { decideAccessFollowing } from './decideAccessFollowing';
import { AccessFollowFacts } from './types';

const SECOND = 1_000;
const COMMITTED = Date.parse('2026-03-02T12:00:00.000Z');
const HEARD = { links: true, services: true, ingresses: true };
const DEAF = { links: false, services: false, ingresses: false };

/** What is seen at one time; all is heard of, and linked to east, by default. */
interface Seen {
  exported?: boolean | string;
  /** Clusters that mirror it, and why those that can't. */
  mirrored?: Record<string, 'mirrored' | string>;
  ingress?: Partial<ClusterIngress>;
  links?: Record<string, LinkState>;
  deaf?: string[];
  /** Not configured any more. */
  absent?: string[];
  linked?: string[];
}

function buildRows(wish: AccessWish, seen: Seen): EntryRows {
  const { exported, mirrored = {}, ingress, links = {}, deaf = [] } = seen;
  const { absent = [], linked = ['west', 'north'] } = seen;
  const namespace = wish.namespace ?? 'gateway';
  const names = ['east', 'west', 'north'].filter(x => !absent.includes(x));
  return {
    heard: new Map(
      names.map(name => [name, deaf.includes(name) ? DEAF : HEARD]),
    ),
    links: linked.map(cluster => ({ cluster, target: 'east' } as ClusterLink)),
    exported: exported
      ? [
          {
            cluster: 'east',
            namespace,
            service: wish.name,
            ports: [80],
            externalName: exported === true ? `${wish.name}.example` : exported,
            managedByGateway: true,
          } as ExportedService,
        ]
      : [],
    mirrored: Object.entries(mirrored).map(
      ([cluster, state]): ClusterMirrored => ({
        cluster,
        namespace,
        name: `${wish.name}-east`,
        target: 'east',
        service: wish.name,
        serviceNamespace: namespace,
        state: state === 'mirrored' ? 'mirrored' : 'failing',
        reason: null,
        message: state === 'mirrored' ? null : state,
      }),
    ),
    ingresses: ingress
      ? [
          {
            cluster: 'east',
            namespace,
            name: wish.name,
            service: wish.name,
            port: 3000,
            hosts: ['api.east.bank.example'],
            managedByGateway: true,
            certificate: 'ready',
            certificateMessage: null,
            ...ingress,
          },
        ]
      : [],
    cells: linked.map(
      from =>
        ({ from, to: 'east', state: links[from] ?? 'normal' } as LinkCell),
    ),
  };
}

/** A request whose commit is on the branch, and what is seen of it over time. */
class Timeline {
  #before: FollowedCluster[] = [];
  readonly codes: string[] = [];
  end: ReturnType<typeof decideAccessFollowing>['end'];
  readonly #wish: AccessWish;

  constructor(wish: Partial<AccessWish> = {}) {
    this.#wish = {
      kind: 'target',
      change: 'add',
      service: { namespace: 'payments', name: 'fx-api' },
      name: 'credit',
      cluster: 'east',
      from: ['west', 'north'],
      dnsName: 'credit.example',
      ...wish,
    };
  }

  get states() {
    return this.#before.map(({ state }) => state);
  }

  get reasons() {
    return this.#before.map(({ reason }) => reason);
  }

  get ended() {
    return this.end && `${this.end.type} ${this.end.code}`;
  }

  at(
    seconds: number,
    seen: Seen,
    more: Partial<Pick<AccessFollowFacts, 'commit' | 'file'>> = {},
  ): this {
    const wish = this.#wish;
    const decision = decideAccessFollowing({
      request: {
        number: 1,
        revision: '4f2c1aa'.padEnd(40, '0'),
        since: COMMITTED,
        deadline_at: null,
      },
      wish,
      subject: {
        kind: wish.kind,
        id: 'x',
        name: wish.name,
        cluster: wish.cluster,
        namespace: wish.namespace ?? 'gateway',
        dnsName: wish.dnsName ?? null,
        port: wish.port ?? null,
        squad: null,
        line: null,
        declared: part('yes', 'declared'),
      },
      commit: 'on-branch',
      file: 'as-asked',
      ...more,
      facts: buildEntryFacts(buildRows(wish, seen)),
      before: this.#before,
      now: COMMITTED + seconds * SECOND,
      deadlineMs: 900 * SECOND,
    });
    this.#before = decision.clusters;
    this.codes.push(
      ...decision.steps.map(
        ({ code, cluster }) => `${seconds} ${cluster} ${code}`,
      ),
    );
    this.end ??= decision.end;
    return this;
  }
}

const both = { west: 'mirrored', north: 'mirrored' };
const api: Partial<AccessWish> = {
  kind: 'ingress',
  name: 'api',
  namespace: 'pay',
  port: 3000,
  dnsName: undefined,
};

describe('decideAccessFollowing of a target that is added', () => {
  it('ends when each cluster that calls it has it, and tells each step once', () => {
    const line = new Timeline()
      .at(1, {})
      .at(2, { exported: true })
      .at(3, { exported: true, mirrored: { west: 'mirrored' } })
      .at(4, { exported: true, mirrored: { west: 'mirrored' } });
    expect(line.states).toEqual(['running', 'waiting']);
    expect(line.reasons).toEqual([undefined, 'not mirrored']);
    expect(line.end).toBeUndefined();
    line.at(5, { exported: true, mirrored: both });
    expect(line.codes).toEqual([
      '3 west cluster-running',
      '5 north cluster-running',
    ]);
    expect(line.end).toEqual({
      type: 'succeed',
      code: 'answers',
      message: 'It can be called from west, north',
    });
  });

  it('is not there while its link is down, and is over one that is slow', () => {
    const line = new Timeline().at(1, {
      exported: true,
      mirrored: both,
      links: { west: 'down', north: 'high' },
    });
    expect(line.states).toEqual(['arrived', 'running']);
    expect(line.reasons).toEqual(['the link is down', undefined]);
    line.at(2, { exported: true, mirrored: both, links: { north: 'high' } });
    expect(line.end?.message).toBe(
      'It can be called from west, north; over a link that isn’t well: north',
    );
    expect(line.codes).toEqual([
      '1 west cluster-arrived',
      '1 north cluster-running',
      '2 west cluster-running',
    ]);
  });

  it.each<LinkState>(['stale', 'never-sampled'])(
    'is not held up by a link that is %s, and never said to answer over it',
    state => {
      const line = new Timeline().at(1, {
        exported: true,
        mirrored: { west: 'mirrored' },
        links: { west: state },
      });
      expect(line.states).toEqual(['arrived', 'waiting']);
      expect(line.reasons).toEqual([
        'nothing measures the link',
        'not mirrored',
      ]);
      expect(line.end).toBeUndefined();
      line.at(2, { exported: true, mirrored: both, links: { west: state } });
      expect(line.codes).toEqual([
        '1 west cluster-arrived',
        '2 north cluster-running',
      ]);
      expect(line.end).toEqual({
        type: 'succeed',
        code: 'mirrored-unmeasured',
        message:
          'It is mirrored in west, north. Whether it answers isn’t known, as nothing measures the link from west',
      });
    },
  );

  it('answers where that was seen before its link was no longer measured', () => {
    const there = { exported: true, mirrored: { west: 'mirrored' } };
    const line = new Timeline().at(1, there);
    line.at(2, { exported: true, mirrored: both, links: { west: 'stale' } });
    expect(line.ended).toBe('succeed answers');
  });

  it('answers where its link comes to be measured while others wait', () => {
    const there = { exported: true, mirrored: { west: 'mirrored' } };
    const line = new Timeline().at(1, {
      ...there,
      links: { west: 'never-sampled' },
    });
    line.at(2, { exported: true, mirrored: both });
    expect(line.ended).toBe('succeed answers');
  });

  it('waits no longer for what was mirrored over a link that isn’t measured, when it falls silent', () => {
    const links = { west: 'stale' as const };
    const line = new Timeline()
      .at(1, { exported: true, mirrored: { west: 'mirrored' }, links })
      .at(2, { exported: true, mirrored: both, links, deaf: ['west'] });
    expect(line.ended).toBe('succeed mirrored-unmeasured');
  });

  it('says of one that was seen in no cluster to answer where it is replaced', () => {
    const links = { west: 'stale' as const };
    const line = new Timeline()
      .at(1, { exported: true, mirrored: { west: 'mirrored' }, links })
      .at(2, { deaf: ['east'] }, { file: 'otherwise' });
    expect(line.end?.message).toMatch(/not seen to answer in west, north$/);
  });

  it('doesn’t take what isn’t known for what isn’t there', () => {
    const there = { exported: true, mirrored: { west: 'mirrored' } };
    const line = new Timeline()
      .at(1, there)
      .at(2, { ...there, deaf: ['west', 'north'] });
    expect(line.states).toEqual(['running', 'waiting']);
    expect(line.reasons).toEqual([undefined, 'not heard of: north']);
    line.at(3, { deaf: ['east'] });
    expect(line.states).toEqual(['running', 'waiting']);
    expect(line.reasons).toEqual([undefined, 'not heard of: east']);
    line.at(900, { deaf: ['east'] });
    expect(line.end).toEqual({
      type: 'fail',
      code: 'deadline',
      message: 'In time it did not come to answer. north: not heard of: east',
    });
  });

  it('keeps what was seen of a cluster that falls silent', () => {
    const seen = {
      exported: true,
      mirrored: both,
      links: { west: 'down' as const },
    };
    const line = new Timeline({ from: ['west'] }).at(1, seen);
    line.at(2, { ...seen, deaf: ['west'] });
    expect(line.states).toEqual(['arrived']);
    expect(line.reasons).toEqual(['not heard of: west']);
    expect(line.codes).toEqual(['1 west cluster-arrived']);
  });

  it('says where Linkerd fails, and takes that back', () => {
    const line = new Timeline({ from: ['west'] })
      .at(1, { exported: true, mirrored: { west: 'over\nquota' } })
      .at(2, { exported: true, mirrored: { west: 'over\nquota' } });
    expect(line.states).toEqual(['failed']);
    expect(line.reasons).toEqual(['not mirrored: over quota']);
    line.at(3, { exported: true, mirrored: both });
    expect(line.codes).toEqual([
      '1 west cluster-failed',
      '3 west cluster-running',
    ]);
    expect(line.ended).toBe('succeed answers');
  });

  it.each<[Seen, string, string]>([
    [{}, 'waiting', 'east doesn’t export it'],
    [{ exported: true, linked: [] }, 'waiting', 'not linked to east'],
    [
      { exported: 'other.example', mirrored: both },
      'arrived',
      'leads to other.example',
    ],
    [{ exported: 'other.example' }, 'waiting', 'leads to other.example'],
  ])('names what is missing: %j', (seen, state, reason) => {
    const line = new Timeline({ from: ['west'] }).at(899, seen);
    expect(line.states).toEqual([state]);
    expect(line.reasons).toEqual([reason.replace('’', "'")]);
    expect(line.end).toBeUndefined();
    line.at(900, seen);
    expect(line.end?.message).toBe(
      `In time it did not come to answer. west: ${reason.replace('’', "'")}`,
    );
  });

  it('is replaced where somebody takes the entry out again before', () => {
    const line = new Timeline()
      .at(1, { exported: true, mirrored: { west: 'mirrored' } })
      .at(2, {}, { file: 'otherwise' });
    expect(line.end).toEqual({
      type: 'succeed',
      code: 'replaced',
      message:
        'Before it answered everywhere, a later commit changed the entry or took it out. It was not seen to answer in north',
    });
  });

  it('answered, whatever comes later', () => {
    const line = new Timeline();
    line.at(1, { exported: true, mirrored: both }, { file: 'otherwise' });
    expect(line.ended).toBe('succeed answers');
  });

  it('is not on a branch that lost its commit, unless the file says the same', () => {
    const lost = { commit: 'lost', file: 'otherwise' } as const;
    const line = new Timeline();
    line.at(1, {}, lost).at(899, {}, lost);
    expect(line.end).toBeUndefined();
    line.at(900, {}, lost);
    expect(line.end).toMatchObject({
      type: 'fail',
      code: 'not-on-branch',
      message: expect.stringMatching(/4f2c1aa000 is no longer/),
    });
    const other = new Timeline();
    other.at(1, { exported: true, mirrored: both }, { commit: 'lost' });
    expect(other.ended).toBe('succeed answers');
  });

  it('waits past its time while the branch is read anew', () => {
    const unknown = { commit: 'unknown', file: 'unknown' } as const;
    const seen = { exported: true, mirrored: both };
    expect(new Timeline().at(901, seen, unknown).end).toBeUndefined();
  });

  it.each([
    [['east'], []],
    [['west', 'north'], []],
    [['west'], ['waiting']],
  ])('asks nobody who isn’t watched: %j', (absent, states) => {
    const line = new Timeline().at(1, { exported: true, absent });
    expect(line.states).toEqual(states);
    expect(line.ended).toBe(
      states.length === 0 ? 'succeed no-clusters' : undefined,
    );
  });
});

describe('decideAccessFollowing of an ingress that is added', () => {
  it('asks of one that is called from outside for Ingress and certificate', () => {
    const line = new Timeline({ ...api, from: [] })
      .at(1, {})
      .at(2, { ingress: { certificate: 'missing' } })
      .at(3, { ingress: { certificate: 'unknown' } })
      .at(4, { ingress: { port: 4000 } });
    expect(line.states).toEqual(['arrived']);
    expect(line.reasons).toEqual(['leads to port 4000']);
    line.at(5, { ingress: {} });
    expect(line.codes).toEqual([
      '2 east cluster-arrived',
      '5 east cluster-running',
    ]);
    expect(line.end).toMatchObject({
      code: 'ingress-there',
      message: 'Its Ingress and its certificate are there, at east',
    });
  });

  it('asks of one that clusters call for the mirrored service', () => {
    const line = new Timeline({ ...api, from: ['west'] }).at(1, {});
    expect(line.states).toEqual(['waiting']);
    line.at(2, { ingress: {} });
    expect(line.states).toEqual(['arrived']);
    expect(line.reasons).toEqual(['not mirrored']);
    line.at(3, { ingress: {}, mirrored: { west: 'mirrored' } });
    expect(line.ended).toBe('succeed answers');
  });
});

describe('decideAccessFollowing of a removal', () => {
  const removed = { change: 'remove', dnsName: undefined } as const;

  it('waits until a target is neither exported nor mirrored', () => {
    const line = new Timeline(removed)
      .at(1, { exported: true, mirrored: both })
      .at(2, { mirrored: { west: 'mirrored' } });
    expect(line.states).toEqual(['waiting', 'running']);
    expect(line.reasons).toEqual(['still mirrored in west', undefined]);
    line.at(3, { deaf: ['west'] });
    expect(line.states).toEqual(['waiting', 'running']);
    line.at(4, {});
    expect(line.end).toEqual({
      type: 'succeed',
      code: 'gone',
      message: 'It is gone: west, north',
    });
  });

  it('looks everywhere where no cluster is named', () => {
    const line = new Timeline({ ...removed, from: [] })
      .at(1, { exported: true })
      .at(2, { mirrored: { north: 'mirrored' } });
    expect(line.reasons).toEqual(['still mirrored in north']);
    expect(line.at(3, {}).ended).toBe('succeed gone');
    expect(line.codes).toEqual(['3 east cluster-running']);
  });

  it('waits until an Ingress is gone, and for no mirrored service', () => {
    const line = new Timeline({ ...api, ...removed, from: ['west'] })
      .at(1, { ingress: {}, mirrored: both })
      .at(2, { mirrored: both, deaf: ['east'] });
    expect(line.states).toEqual(['waiting']);
    expect(line.at(3, { mirrored: both }).ended).toBe('succeed gone');
  });

  it('runs out of time, or is declared again', () => {
    const seen = { exported: true };
    const late = new Timeline({ ...removed, from: ['west'] }).at(900, seen);
    expect(late.end?.message).toBe(
      'In time it did not go. west: east still exports it',
    );
    const again = new Timeline(removed).at(1, seen, { file: 'otherwise' });
    expect(again.end).toMatchObject({
      code: 'replaced',
      message: expect.stringMatching(/declared the entry again.*west, north$/),
    });
  });
});
