import fc from 'fast-check';
import {
  commitAt,
  deployment,
  fluxEvent,
  gitRepository,
  helmRelease,
  kustomization,
  pod,
} from '../__testUtils__/objects';
import {
  certificate,
  exportedService,
  ingress,
  link,
  mirroredService,
  trustRoots,
} from '../../links/__testUtils__/objects';
import { formatRevision, parseRevision } from './parseRevision';
import { observePod } from './observePod';
import { podKind, watchedKinds } from './watchedKinds';

const commit = fc
  .array(fc.constantFrom(...'0123456789abcdef'), {
    minLength: 40,
    maxLength: 40,
  })
  .map(letters => letters.join(''));
const branch = fc
  .string({ minLength: 1, maxLength: 60 })
  .filter(text => !/\p{Cc}/u.test(text));

const kindOf = (id: string) => watchedKinds.find(kind => kind.id === id)!;

describe('parseRevision', () => {
  it('reads every form of every branch and tag', () => {
    fc.assert(
      fc.property(branch, commit, (name, sha) => {
        expect(parseRevision(formatRevision(name, sha))).toBe(sha);
        expect(parseRevision(`refs/heads/${name}@sha1:${sha}`)).toBe(sha);
        expect(parseRevision(`${name}/${sha}`)).toBe(sha);
        expect(parseRevision(`sha1:${sha}`)).toBe(sha);
        expect(parseRevision(sha.toUpperCase())).toBe(sha);
      }),
    );
  });

  it('reads nothing else', () => {
    fc.assert(
      fc.property(commit, fc.anything(), (sha, value) => {
        expect(parseRevision(`master@sha1:${sha.slice(1)}`)).toBeUndefined();
        expect(parseRevision(`master@sha1:${sha}0`)).toBeUndefined();
        expect(parseRevision(`master@md5:${sha}`)).toBeUndefined();
        expect(parseRevision(`master\n@sha1:${sha}`)).toBeUndefined();
        expect(
          parseRevision(`${'x'.repeat(2_000)}@sha1:${sha}`),
        ).toBeUndefined();
        expect(parseRevision([value])).toBeUndefined();
      }),
    );
  });
});

describe('watched kinds', () => {
  const objects: Record<string, object> = {
    nodes: {
      metadata: { name: 'n' },
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    },
    configMaps: { data: { clusterName: 'aws-prod-1' } },
    deployments: deployment(),
    statefulSets: deployment(),
    daemonSets: deployment(),
    gitRepositories: gitRepository({ at: 7 }),
    kustomizations: kustomization({ applied: 7, firstAppliedAt: '2026-01-01' }),
    helmReleases: helmRelease(),
    fluxReports: {
      spec: {
        distribution: { version: 'v2.6.0' },
        components: [{ ready: true }],
      },
    },
    routingWeights: {
      spec: {
        clusterName: 'aws-prod-1',
        dryRun: false,
        annotations: [{ key: 'a/weight', value: '100' }],
      },
    },
    events: fluxEvent({ at: '2026-03-02T09:00:00Z', position: 7 }),
    links: link({ failing: { 'a/b': { reason: 'Error', message: 'why' } } }),
    mirroredServices: mirroredService(),
    exportedServices: exportedService(),
    ingresses: ingress(),
    certificates: certificate({ ready: false }),
    trustRoots: trustRoots('none'),
  };

  it('ask for no Secrets', () => {
    expect(watchedKinds.map(kind => kind.resource)).not.toContain('secrets');
    expect(
      watchedKinds.filter(kind => kind.needed).map(kind => kind.id),
    ).toEqual(['deployments', 'gitRepositories', 'kustomizations']);
  });

  it.each(Object.keys(objects))('observe %s', id => {
    expect(kindOf(id).observe(objects[id])).toBeDefined();
  });

  it('never throw, whatever comes, and keep nothing long', () => {
    const parts = fc.oneof(
      fc.anything(),
      fc.constantFrom(null, '', 'x'.repeat(100_000), -1, 1e300, '\ud800\0'),
      fc.array(fc.anything(), { maxLength: 3 }),
    );
    const kinds = [...watchedKinds, podKind];
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.array(fc.tuple(fc.nat(), parts), { minLength: 1, maxLength: 6 }),
        (kind, changes) => {
          const object = structuredClone(
            objects[kind.id] ?? pod({ waiting: 'CrashLoopBackOff' }),
          );
          for (const [at, value] of changes) {
            const places = listPlaces(object);
            const [parent, key] = places[at % places.length];
            parent[key] = value;
          }
          const kept = JSON.stringify(kind.observe(object)) ?? '';
          expect(kept.length).toBeLessThan(5_000);
          expect(kept).not.toMatch(/\\u0000|\\ud800/);
        },
      ),
      { numRuns: 1_000 },
    );
    for (const kind of kinds) {
      for (const value of [undefined, null, 3, 'x', [], {}]) {
        expect(kind.observe(value)).toBeUndefined();
      }
    }
  });

  it('keep of a Kustomization what services are judged on', () => {
    const observed = kindOf('kustomizations').observe(
      kustomization({
        applied: 7,
        attempted: 8,
        ready: 'False',
        reason: 'HealthCheckFailed',
        message: 'timeout\u0000 waiting',
        dependsOn: ['infrastructure'],
        inventory: [
          'payments_ledger-api_apps_Deployment',
          'payments_ledger-api__Service',
          'payments_chart_helm.toolkit.fluxcd.io_HelmRelease',
        ],
        firstAppliedAt: '2026-03-02T09:00:00Z',
      }),
    );
    expect(observed).toEqual({
      namespace: 'flux-system',
      name: 'ledger-api',
      suspended: false,
      generation: 1,
      observedGeneration: 1,
      ready: {
        status: 'False',
        reason: 'HealthCheckFailed',
        message: 'timeout  waiting',
        since: Date.parse('2026-03-02T09:00:00Z'),
      },
      owner: { namespace: 'flux-system', name: 'flux-system' },
      path: 'prod/releases/payments/ledger-api',
      source: {
        kind: 'GitRepository',
        namespace: 'flux-system',
        name: 'flux-system',
      },
      dependsOn: [{ namespace: 'flux-system', name: 'infrastructure' }],
      appliedCommit: commitAt(7),
      attemptedCommit: commitAt(8),
      firstAppliedAt: Date.parse('2026-03-02T09:00:00Z'),
      workloads: ['Deployment/payments/ledger-api'],
      helmReleases: [{ namespace: 'payments', name: 'chart' }],
    });
  });

  it('keep of events those that tell of a success or a difference', () => {
    const observe = (reason: string, message: string) =>
      kindOf('events').observe(
        fluxEvent({ at: '2026-03-02T09:00:00Z', position: 7, reason, message }),
      );
    expect(
      observe(
        'Progressing',
        'Service/a/b unchanged\nDeployment/a/b configured',
      ),
    ).toMatchObject({ configured: true });
    expect(observe('ReconciliationSucceeded', 'Done')).toMatchObject({
      configured: false,
    });
    expect(observe('Progressing', 'Deployment/a/b created')).toBeUndefined();
    expect(observe('HealthCheckFailed', 'not configured yet')).toBeUndefined();
  });
});

describe('observePod', () => {
  it.each([
    [pod({ waiting: 'CrashLoopBackOff' }), 'crash-loop'],
    [pod({}), 'crash-loop'],
    [
      pod({ waiting: 'ImagePullBackOff', message: 'no such tag' }),
      'image-pull',
    ],
    [pod({ unschedulable: '0/3 nodes are available' }), 'scheduling'],
    [pod({ ready: true }), undefined],
  ])('tells why it is not ready', (object, reason) => {
    expect(observePod(object)?.trouble?.reason).toBe(reason);
  });

  it('counts restarts of all containers that last', () => {
    const object = pod({ ready: true });
    object.status.containerStatuses.push(
      { ...object.status.containerStatuses[0], restartCount: 2 },
      { ...object.status.containerStatuses[0], restartCount: -1 },
    );
    Object.assign(object.status, {
      initContainerStatuses: [{ name: 'once', restartCount: 40 }],
    });
    expect(observePod(object)?.restarts).toBe(7);
    expect(
      observePod({ metadata: { namespace: 'a', name: 'b' } })?.restarts,
    ).toBe(0);
  });

  it('does not count the first try of a pull, nor a pod that goes', () => {
    const first = pod({ waiting: 'ErrImagePull' });
    first.status.containerStatuses[0].restartCount = 0;
    expect(observePod(first)?.trouble).toBeUndefined();
    const going = pod({ waiting: 'CrashLoopBackOff' });
    Object.assign(going.metadata, {
      deletionTimestamp: '2026-03-02T09:00:00Z',
    });
    expect(observePod(going)).toBeUndefined();
  });
});

/** Every place in a value where something else may stand. */
function listPlaces(value: object): Array<[Record<string, unknown>, string]> {
  return Object.entries(value).flatMap(([key, inner]) => {
    const place: [Record<string, unknown>, string] = [
      value as Record<string, unknown>,
      key,
    ];
    return typeof inner === 'object' && inner !== null
      ? [place, ...listPlaces(inner)]
      : [place];
  });
}
