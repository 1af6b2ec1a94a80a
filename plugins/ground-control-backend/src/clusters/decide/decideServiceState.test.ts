import { commitAt, DeploymentOptions } from '../__testUtils__/objects';
import { PodTrouble } from '../observe/types';
import { decideServiceState } from './decideServiceState';
import { NOW, factsOf, ServiceCase } from './__testUtils__/serviceFacts';
import { ServiceFacts, Standing } from './types';

const RECONCILED: Partial<Standing> = { state: 'reconciled' };
const PROGRESSING = { ready: 'Unknown', reason: 'Progressing' } as const;
const REFUSED: ServiceFacts['unread'] = [
  { kind: 'statefulsets.apps', state: 'forbidden' },
];
const FAILING: ServiceFacts['unread'] = [
  { kind: 'statefulsets.apps', state: 'failing' },
];
/** Of a workload that the HelmRelease made. */
const BY_HELM: DeploymentOptions = {
  owner: null,
  labels: {
    'helm.toolkit.fluxcd.io/name': 'ledger-api',
    'helm.toolkit.fluxcd.io/namespace': 'payments',
  },
};
const CRASH: PodTrouble = { reason: 'crash-loop', message: 'exit code 1' };

describe('decideServiceState', () => {
  it.each<[string, ServiceCase, string, string]>([
    // How far it has come.
    ['applied by a later commit', {}, 'reconciled', 'applied'],
    [
      'applied by its own commit',
      { kustomization: { applied: 10 } },
      'reconciled',
      'applied',
    ],
    [
      'not fetched',
      { kustomization: { applied: 9 }, source: { at: 9 } },
      'pending',
      'waits-for-source',
    ],
    [
      'no source',
      { kustomization: { applied: 9 }, source: null },
      'pending',
      'waits-for-source',
    ],
    [
      'fetched and not taken up',
      { kustomization: { applied: 9 } },
      'pending',
      'waits-for-apply',
    ],
    [
      'no Kustomization, not fetched',
      { kustomization: null, source: { at: 9 } },
      'pending',
      'waits-for-source',
    ],
    ['no Kustomization', { kustomization: null }, 'pending', 'not-in-cluster'],
    [
      'taken up',
      { kustomization: { applied: 9, attempted: 10, ...PROGRESSING } },
      'rolling-out',
      'progressing',
    ],
    [
      'taken up, Ready is of the commit before',
      { kustomization: { applied: 9, attempted: 10 } },
      'rolling-out',
      'progressing',
    ],
    [
      'of an old generation',
      { kustomization: { generation: 3, observedGeneration: 2 } },
      'rolling-out',
      'progressing',
    ],
    [
      'suspended',
      { kustomization: { suspend: true } },
      'suspended',
      'suspended',
    ],
    [
      'suspended before it came',
      { kustomization: { suspend: true, applied: 3 } },
      'suspended',
      'suspended',
    ],
    [
      'suspended, at a commit that is not known',
      { kustomization: { suspend: true }, tip: 11, unknownMs: 60_000 },
      'suspended',
      'suspended',
    ],
    [
      // The controller doesn't look at it, so that the generation stays.
      'suspended, and another artifact runs',
      {
        kustomization: { suspend: true, generation: 3, observedGeneration: 2 },
        workload: { artifactId: 'old' },
      },
      'drifted',
      'runs-another-artifact',
    ],
    [
      'suspended before it came, and another artifact runs',
      {
        kustomization: { suspend: true, applied: 9, attempted: 10 },
        workload: { artifactId: 'old' },
      },
      'suspended',
      'suspended',
    ],
    [
      'suspended before it came, and the pods of the release before crash',
      {
        kustomization: { suspend: true, applied: 9 },
        workload: { artifactId: 'old', ready: 1 },
        unreadyForMs: 5_000,
        podTrouble: CRASH,
      },
      'suspended',
      'suspended',
    ],
    [
      'suspended when it had just arrived, and its workload was not heard of',
      {
        kustomization: { suspend: true },
        workload: { artifactId: 'old' },
        arrivedMs: 500,
      },
      'suspended',
      'suspended',
    ],
    [
      'suspended, and a workload is gone',
      {
        kustomization: { suspend: true },
        workload: null,
        missing: ['Deployment/payments/ledger-api'],
      },
      'drifted',
      'workload-missing',
    ],
    [
      'suspended, and its pods crash',
      {
        kustomization: { suspend: true },
        workload: { ready: 1 },
        unreadyForMs: 5_000,
        podTrouble: CRASH,
      },
      'failed',
      'crash-loop',
    ],
    [
      'suspended, and a crashing pod has a good moment',
      {
        kustomization: { suspend: true },
        workload: { ready: 1 },
        unreadyForMs: 5_000,
        before: { state: 'failed', reason: 'crash-loop' },
      },
      'failed',
      'crash-loop',
    ],
    [
      'suspended, and all pods are well again',
      {
        kustomization: { suspend: true },
        before: { state: 'failed', reason: 'crash-loop' },
      },
      'suspended',
      'suspended',
    ],
    [
      'suspended, and a pod restarts',
      {
        kustomization: { suspend: true },
        workload: { ready: 1 },
        unreadyForMs: 5_000,
      },
      'suspended',
      'suspended',
    ],
    [
      'suspended, and a failure that Flux told before is over',
      {
        kustomization: {
          suspend: true,
          ready: 'False',
          reason: 'HealthCheckFailed',
        },
        before: { state: 'failed', reason: 'health-check-failed' },
      },
      'suspended',
      'suspended',
    ],
    // Failures, in Flux's words.
    ...(
      [
        ['HealthCheckFailed', 'health-check-failed'],
        ['BuildFailed', 'build-failed'],
        ['ReconciliationFailed', 'apply-failed'],
        ['PruneFailed', 'prune-failed'],
        ['Whatever', 'other'],
      ] as const
    ).flatMap(
      ([reason, expected]): Array<[string, ServiceCase, string, string]> => [
        [
          `${reason} on the way`,
          {
            kustomization: {
              applied: 9,
              attempted: 10,
              ready: 'False',
              reason,
            },
          },
          'failed',
          expected,
        ],
        [
          `${reason} after it was reconciled`,
          { kustomization: { ready: 'False', reason }, before: RECONCILED },
          'failed',
          expected,
        ],
      ],
    ),
    [
      'a failure of the commit before the release',
      {
        kustomization: {
          applied: 8,
          attempted: 9,
          ready: 'False',
          reason: 'HealthCheckFailed',
        },
      },
      'pending',
      'waits-for-apply',
    ],
    [
      'tried again after it failed',
      {
        kustomization: {
          applied: 9,
          attempted: 10,
          ready: 'Unknown',
          reason: 'ProgressingWithRetry',
        },
        before: { state: 'failed', reason: 'health-check-failed' },
      },
      'failed',
      'health-check-failed',
    ],
    [
      'tried, after another release failed',
      {
        kustomization: { applied: 9, attempted: 10, ...PROGRESSING },
        before: { state: 'failed', releasePosition: 9 },
      },
      'rolling-out',
      'progressing',
    ],
    [
      'waits for a dependency',
      {
        kustomization: {
          applied: 9,
          ready: 'False',
          reason: 'DependencyNotReady',
        },
      },
      'pending',
      'dependency-not-ready',
    ],
    [
      'waits for an artifact',
      {
        kustomization: { applied: 9, ready: 'False', reason: 'ArtifactFailed' },
      },
      'pending',
      'source-failed',
    ],
    // The head moves.
    [
      'the head is being applied',
      {
        kustomization: { applied: 12, attempted: 13, ...PROGRESSING },
        before: RECONCILED,
      },
      'reconciled',
      'applied',
    ],
    [
      'the head waits for a dependency',
      {
        kustomization: { ready: 'False', reason: 'DependencyNotReady' },
        before: RECONCILED,
      },
      'reconciled',
      'applied',
    ],
    // Commits that were not read.
    [
      'at a commit that is not known',
      { tip: 11, unknownMs: 60_000, before: RECONCILED },
      'unknown',
      'revision-unknown',
    ],
    [
      'ahead of us for seconds',
      { tip: 11, unknownMs: 5_000, before: RECONCILED },
      'reconciled',
      'applied',
    ],
    [
      'ahead of us for seconds, judged on another release',
      {
        tip: 11,
        unknownMs: 5_000,
        before: { ...RECONCILED, releasePosition: 8 },
      },
      'unknown',
      'revision-unknown',
    ],
    [
      'takes up a commit that is not known',
      {
        tip: 11,
        unknownMs: 60_000,
        kustomization: { applied: 9, attempted: 13 },
      },
      'unknown',
      'revision-unknown',
    ],
    [
      'the source is ahead of us',
      { tip: 11, kustomization: { applied: 9 } },
      'pending',
      'waits-for-apply',
    ],
    // What runs.
    ['no workload at all', { workload: null }, 'reconciled', 'applied'],
    [
      'another artifact runs',
      { workload: { artifactId: 'old' } },
      'drifted',
      'runs-another-artifact',
    ],
    [
      'another artifact, and the release has just arrived',
      { workload: { artifactId: 'old' }, arrivedMs: 500 },
      'rolling-out',
      'progressing',
    ],
    [
      'an image of another tag',
      {
        workload: { image: 'registry.example:5000/ledger-api:0' },
        images: ['registry.example:5000/ledger-api:1'],
      },
      'drifted',
      'changed-by-hand',
    ],
    [
      "an image that isn't the service's",
      {
        workload: { image: 'registry.example/proxy:0' },
        images: ['registry.example/ledger-api:1'],
      },
      'reconciled',
      'applied',
    ],
    [
      'a workload is gone',
      { workload: null, missing: ['Deployment/payments/ledger-api'] },
      'drifted',
      'workload-missing',
    ],
    [
      'Flux does not wait for the workload',
      { workload: { updated: 1, ready: 2 }, before: { state: 'rolling-out' } },
      'rolling-out',
      'progressing',
    ],
    [
      'scaled to nothing',
      { workload: { desired: 0 } },
      'reconciled',
      'applied',
    ],
    [
      'a pod restarts',
      { workload: { ready: 1 }, unreadyForMs: 5_000, before: RECONCILED },
      'reconciled',
      'applied',
    ],
    [
      'a pod is away for longer than its deadline',
      { workload: { ready: 1 }, unreadyForMs: 600_000, before: RECONCILED },
      'failed',
      'replicas-not-ready',
    ],
    [
      'pods crash after it was reconciled',
      {
        workload: { ready: 1 },
        unreadyForMs: 5_000,
        podTrouble: CRASH,
        before: RECONCILED,
      },
      'failed',
      'crash-loop',
    ],
    [
      'pods crash while Flux waits for them',
      {
        kustomization: { applied: 9, attempted: 10, ...PROGRESSING },
        workload: { ready: 1 },
        unreadyForMs: 5_000,
        podTrouble: CRASH,
      },
      'failed',
      'crash-loop',
    ],
    [
      'the pods of the release before crash',
      {
        kustomization: { applied: 9 },
        workload: { ready: 1 },
        unreadyForMs: 5_000,
        podTrouble: CRASH,
      },
      'pending',
      'waits-for-apply',
    ],
    [
      'a crashing pod has a good moment',
      {
        workload: { ready: 1 },
        unreadyForMs: 5_000,
        before: { state: 'failed', reason: 'crash-loop' },
      },
      'failed',
      'crash-loop',
    ],
    [
      'all pods are well again',
      { before: { state: 'failed', reason: 'crash-loop' } },
      'reconciled',
      'applied',
    ],
    [
      'a pod finds no node',
      {
        kustomization: { applied: 9, attempted: 10, ...PROGRESSING },
        workload: { ready: 1 },
        unreadyForMs: 5_000,
        podTrouble: { reason: 'scheduling', message: '0/3 nodes' },
      },
      'rolling-out',
      'scheduling',
    ],
    [
      'pods are refused',
      {
        kustomization: { applied: 9, attempted: 10, ...PROGRESSING },
        workload: {
          ready: 1,
          conditions: [
            {
              type: 'ReplicaFailure',
              status: 'True',
              reason: 'FailedCreate',
              message: 'pods is forbidden: exceeded quota: compute',
            },
          ],
        },
      },
      'failed',
      'quota',
    ],
    [
      'Kubernetes gave up waiting',
      {
        kustomization: { applied: 9, attempted: 10, ...PROGRESSING },
        workload: {
          ready: 1,
          conditions: [
            {
              type: 'Progressing',
              status: 'False',
              reason: 'ProgressDeadlineExceeded',
            },
          ],
        },
      },
      'failed',
      'replicas-not-ready',
    ],
    // What may not be read, or can't.
    ['a kind of it is refused', { unread: REFUSED }, 'unknown', 'may-not-read'],
    ['a kind of it fails', { unread: FAILING }, 'unknown', 'other'],
    [
      'a kind of it fails, after it was reconciled',
      { unread: FAILING, before: RECONCILED },
      'unknown',
      'other',
    ],
    [
      'a kind of it is refused, and nothing of it is held',
      { unread: REFUSED, workload: null },
      'unknown',
      'may-not-read',
    ],
    [
      'a kind of it is refused, and another artifact runs',
      { unread: REFUSED, workload: { artifactId: 'old' } },
      'drifted',
      'runs-another-artifact',
    ],
    [
      'a kind of it is refused, and pods of another crash',
      {
        unread: REFUSED,
        workload: { ready: 1 },
        unreadyForMs: 5_000,
        podTrouble: CRASH,
      },
      'failed',
      'crash-loop',
    ],
    [
      'a kind of it is refused, and it has not come',
      { unread: REFUSED, kustomization: { applied: 9 } },
      'pending',
      'waits-for-apply',
    ],
    [
      'a kind of it is refused, and Flux says that it fails',
      {
        unread: REFUSED,
        kustomization: { ready: 'False', reason: 'HealthCheckFailed' },
      },
      'failed',
      'health-check-failed',
    ],
    [
      'a kind of it is refused, and it is suspended',
      { unread: REFUSED, kustomization: { suspend: true } },
      'suspended',
      'suspended',
    ],
    // Helm.
    ['Helm is done', { helm: {} }, 'reconciled', 'applied'],
    [
      'Helm is at work',
      { helm: { ready: 'Unknown', reason: 'Progressing' } },
      'rolling-out',
      'progressing',
    ],
    [
      'Helm looks again',
      { helm: { ready: 'Unknown', reason: 'Progressing' }, before: RECONCILED },
      'reconciled',
      'applied',
    ],
    [
      'Helm failed',
      { helm: { ready: 'False', reason: 'UpgradeFailed' } },
      'failed',
      'apply-failed',
    ],
    [
      'Helm waits for another',
      { helm: { ready: 'False', reason: 'DependencyNotReady' } },
      'pending',
      'dependency-not-ready',
    ],
    [
      'Helm waits for its chart, after it was reconciled',
      {
        helm: { ready: 'False', reason: 'ArtifactNotReady' },
        before: RECONCILED,
      },
      'pending',
      'source-failed',
    ],
    [
      'Helm waits for another, and the artifact before still runs',
      {
        helm: { ready: 'False', reason: 'DependencyNotReady' },
        workload: { artifactId: 'old', ready: 1 },
        unreadyForMs: 5_000,
        podTrouble: CRASH,
      },
      'pending',
      'dependency-not-ready',
    ],
    [
      'Helm waits for another, and the pods of the release crash',
      {
        helm: { ready: 'False', reason: 'DependencyNotReady' },
        workload: { ready: 1 },
        unreadyForMs: 5_000,
        podTrouble: CRASH,
      },
      'failed',
      'crash-loop',
    ],
    [
      'Helm waits for another while its Kustomization is suspended',
      {
        kustomization: { suspend: true },
        helm: { ready: 'False', reason: 'DependencyNotReady' },
      },
      'suspended',
      'suspended',
    ],
    [
      'Helm is suspended',
      { helm: { suspend: true } },
      'suspended',
      'suspended',
    ],
    [
      'Helm is suspended, and the pods of the release crash',
      {
        helm: { suspend: true },
        workload: { ...BY_HELM, ready: 1 },
        unreadyForMs: 5_000,
        podTrouble: CRASH,
      },
      'failed',
      'crash-loop',
    ],
    [
      'Helm is suspended, and all pods are well again',
      {
        helm: { suspend: true },
        workload: BY_HELM,
        before: { state: 'failed', reason: 'crash-loop' },
      },
      'suspended',
      'suspended',
    ],
    [
      'Helm is suspended, and another artifact runs where the release ran',
      {
        helm: { suspend: true },
        workload: { ...BY_HELM, artifactId: 'old' },
        before: { state: 'suspended', runningArtifactId: 'new' },
      },
      'drifted',
      'runs-another-artifact',
    ],
    [
      'Helm is suspended, and another artifact goes on running',
      {
        helm: { suspend: true },
        workload: { ...BY_HELM, artifactId: 'old' },
        before: { state: 'drifted' },
      },
      'drifted',
      'runs-another-artifact',
    ],
    [
      'Helm was suspended before the release came, and the one before runs',
      {
        helm: { suspend: true },
        workload: { ...BY_HELM, artifactId: 'old' },
      },
      'suspended',
      'suspended',
    ],
    [
      'Helm was suspended before the release came, and the one before ran an earlier release well',
      {
        helm: { suspend: true },
        workload: { ...BY_HELM, artifactId: 'old' },
        before: { releasePosition: 5, runningArtifactId: 'old' },
      },
      'suspended',
      'suspended',
    ],
    [
      'Helm was suspended before the release came, and the pods of the one before crash',
      {
        helm: { suspend: true },
        workload: { ...BY_HELM, artifactId: 'old', ready: 1 },
        unreadyForMs: 5_000,
        podTrouble: CRASH,
      },
      'suspended',
      'suspended',
    ],
    [
      'Helm is suspended, and what Flux applies itself was changed',
      { helm: { suspend: true }, workload: { artifactId: 'old' } },
      'drifted',
      'runs-another-artifact',
    ],
    [
      'Helm is suspended, and what it said before is over',
      {
        helm: {
          suspend: true,
          ready: 'False',
          reason: 'UpgradeFailed',
          drifted: true,
        },
        workload: BY_HELM,
        before: { state: 'failed', reason: 'apply-failed' },
      },
      'suspended',
      'suspended',
    ],
    [
      'Helm is suspended, and a kind of it is refused',
      { helm: { suspend: true }, unread: REFUSED },
      'suspended',
      'suspended',
    ],
    [
      'Helm is suspended, and the release is not applied yet',
      { helm: { suspend: true }, kustomization: { applied: 9 } },
      'pending',
      'waits-for-apply',
    ],
    ['Helm drifted', { helm: { drifted: true } }, 'drifted', 'changed-by-hand'],
  ])('%s', (_, given, state, reason) => {
    expect(decideServiceState(factsOf(given))).toMatchObject({ state, reason });
  });

  it('says what Helm waits for, which nothing of Flux’s blocks', () => {
    const message = "dependency 'payments/ledger-db' is not ready";
    const judgement = decideServiceState(
      factsOf({
        helm: { ready: 'False', reason: 'DependencyNotReady', message },
        source: { suspend: true },
      }),
    );
    expect(judgement.message).toBe(message);
    expect(judgement.blockedBy).toBeUndefined();
  });

  it('names what can’t be read, and counts no part for the whole', () => {
    const unread = [
      ...REFUSED,
      { kind: 'daemonsets.apps', state: 'failing' as const },
    ];
    const judgement = decideServiceState(factsOf({ unread }));
    expect(judgement.message).toBe(
      "statefulsets.apps, daemonsets.apps can't be read in the cluster (403), so what runs isn't known",
    );
    expect(judgement.replicas).toBeUndefined();
    expect(decideServiceState(factsOf({ unread: FAILING })).message).toBe(
      "statefulsets.apps can't be read in the cluster, so what runs isn't known",
    );
  });

  it('says that it is suspended as well, once and for as long as it is', () => {
    const given: ServiceCase = {
      workload: { ready: 1 },
      unreadyForMs: 5_000,
      podTrouble: CRASH,
    };
    const suspended = { ...given, kustomization: { suspend: true } };
    const words =
      'exit code 1; Kustomization flux-system/ledger-api is suspended as well';
    const { message } = decideServiceState(factsOf(suspended));
    expect(message).toBe(words);
    // In a good moment of its pods, what was said before stands.
    const before: ServiceCase['before'] = { state: 'failed', message: words };
    const later = { before, podTrouble: undefined };
    expect(
      decideServiceState(factsOf({ ...suspended, ...later })).message,
    ).toBe(words);
    expect(decideServiceState(factsOf({ ...given, ...later })).message).toBe(
      'exit code 1',
    );
    expect(
      decideServiceState(
        factsOf({
          ...suspended,
          ...later,
          before: { state: 'failed', reason: 'other' },
        }),
      ).message,
    ).toBe('Kustomization flux-system/ledger-api is suspended as well');
  });

  it('says what runs, and that its HelmRelease is suspended, of both once', () => {
    const helm = { suspend: true };
    const given: ServiceCase = {
      helm,
      workload: { ...BY_HELM, artifactId: 'old' },
    };
    expect(decideServiceState(factsOf(given))).toMatchObject({
      message: 'HelmRelease payments/ledger-api is suspended',
      runningArtifactId: 'old',
      replicas: { ready: 2, desired: 2 },
    });
    const crashing: ServiceCase = {
      helm,
      workload: { ...BY_HELM, ready: 1 },
      unreadyForMs: 5_000,
    };
    const words =
      'exit code 1; HelmRelease payments/ledger-api is suspended as well';
    const messageOf = (more: ServiceCase) =>
      decideServiceState(factsOf({ ...crashing, ...more })).message;
    expect(messageOf({ podTrouble: CRASH })).toBe(words);
    const before: ServiceCase['before'] = { state: 'failed', message: words };
    expect(messageOf({ before })).toBe(words);
    expect(messageOf({ before, helm: {} })).toBe('exit code 1');
    expect(messageOf({ before, kustomization: { suspend: true } })).toBe(
      'exit code 1; Kustomization flux-system/ledger-api is suspended as well',
    );
  });

  it('says what runs and how many', () => {
    expect(
      decideServiceState(
        factsOf({ workload: { artifactId: 'old', desired: 3, ready: 1 } }),
      ),
    ).toMatchObject({
      runningArtifactId: 'old',
      replicas: { ready: 1, desired: 3 },
    });
  });

  it('says when time alone will change it', () => {
    expect(
      decideServiceState(factsOf({ tip: 11, unknownMs: 5_000, before: {} })),
    ).toMatchObject({ recheckAt: NOW + 25_000 });
    expect(
      decideServiceState(
        factsOf({ workload: { artifactId: 'old' }, arrivedMs: 500 }),
      ),
    ).toMatchObject({ recheckAt: NOW + 2_500 });
    const unready = factsOf({
      workload: { ready: 1 },
      unreadyForMs: 1_000,
      before: RECONCILED,
    });
    expect(decideServiceState(unready)).toMatchObject({
      wantsPods: false,
      recheckAt: NOW + 2_000,
    });
    expect(decideServiceState({ ...unready, now: NOW + 2_000 })).toMatchObject({
      wantsPods: true,
      recheckAt: NOW + 7_000,
    });
  });

  it('asks for no pods while all are ready, or of another release', () => {
    expect(decideServiceState(factsOf({})).wantsPods).toBe(false);
    expect(
      decideServiceState(
        factsOf({
          kustomization: { applied: 9 },
          workload: { ready: 0 },
          unreadyForMs: 60_000,
        }),
      ).wantsPods,
    ).toBe(false);
  });

  it('names the commit that it does not know', () => {
    const { message } = decideServiceState(
      factsOf({ tip: 11, unknownMs: 60_000 }),
    );
    expect(message).toContain(commitAt(12).slice(0, 10));
  });
});
