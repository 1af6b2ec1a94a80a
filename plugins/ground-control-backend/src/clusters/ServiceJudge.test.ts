import { releaseManagerLayout } from '../__testUtils__/testLayout';
import { MemoryClusterWatching } from './__testUtils__/MemoryClusterWatching';
import {
  deployment,
  DeploymentOptions,
  gitRepository,
  helmRelease,
  kustomization,
  KustomizationOptions,
  positionAt,
} from './__testUtils__/objects';
import { CurrentRelease, Standing } from './decide/types';
import { Releases, ServiceJudge } from './ServiceJudge';
import { ServiceIndex } from './ServiceIndex';
import { KindReading } from './types';

const PROGRESSING = { ready: 'Unknown', reason: 'Progressing' } as const;

/** A cluster and a repository, of which only what changes is told. */
class World implements Releases {
  now = 1_000_000;
  tip = Infinity;
  unknownAt?: number;
  readonly current = new Map<string, CurrentRelease>();
  readonly watching = new MemoryClusterWatching();
  readonly index = new ServiceIndex({
    objects: kind => this.watching.objects(kind),
    layout: releaseManagerLayout,
    environment: 'prod',
    now: () => this.now,
  });
  readonly judge: ServiceJudge;

  constructor(standings = new Map<string, Standing>()) {
    this.watching.listener = {
      onObject: (...args) => this.index.onObject(...args),
      onListed: () => {},
      onReading: () => {},
    };
    this.judge = new ServiceJudge({
      environment: 'prod',
      index: this.index,
      releases: this,
      standings,
    });
  }

  releases = () => this.current;
  positionOf = (commit: string) => positionAt(commit, this.tip);
  unknownSince = () => this.unknownAt;

  release(position: number, service = 'ledger-api', artifactId = 'new') {
    this.current.set(`payments/${service}`, {
      position,
      artifactId,
      images: [],
      releasedAt: 0,
    });
    this.round([`payments/${service}`]);
    return this;
  }

  flux(options: KustomizationOptions) {
    this.watching.apply(kustomization(options));
    return this;
  }

  workload(options: DeploymentOptions) {
    this.watching.apply(deployment({ artifactId: 'new', ...options }));
    return this;
  }

  /** One kind is read otherwise than before. */
  read(id: string, state: KindReading['state']) {
    const kinds = this.watching.reading.kinds.map(kind =>
      kind.id === id ? { ...kind, state } : kind,
    );
    this.watching.read({ kinds });
    return this;
  }

  wait(ms: number) {
    this.now += ms;
    return this;
  }

  /** Judges what changed, as the runner does. @returns rows that were written */
  round(more: string[] = []): number {
    const { services, ancestors } = this.index.takeChanged();
    more.forEach(one => services.add(one));
    if (this.judge.noteReadings(this.watching.reading.kinds)) {
      this.judge.allServices().forEach(one => services.add(one));
    }
    this.judge.takeDue(this.now).forEach(one => services.add(one));
    if (ancestors) this.judge.waiting.forEach(one => services.add(one));
    const { changes } = this.judge.judge(services, this.now);
    this.judge.settle(changes);
    return changes.length;
  }

  state(service = 'ledger-api') {
    this.round();
    const standing = this.judge.standing(`payments/${service}`);
    return standing && `${standing.state} ${standing.reason}`;
  }

  since() {
    return this.judge.standing('payments/ledger-api')?.since;
  }
}

describe('ServiceJudge', () => {
  it('follows a release from its commit until it runs', () => {
    const world = new World();
    world.watching.apply(gitRepository({ at: 1 }));
    world.flux({ applied: 1 }).workload({ artifactId: 'old' });
    world.release(5);
    expect(world.state()).toBe('pending waits-for-source');
    world.watching.apply(gitRepository({ at: 5 }));
    expect(world.state()).toBe('pending waits-for-apply');
    world.wait(1_000).flux({ applied: 1, attempted: 5, ...PROGRESSING });
    expect(world.state()).toBe('rolling-out progressing');
    expect(world.since()).toBe(world.now);
    world.wait(1_000).workload({ ready: 1, updated: 1 });
    expect(world.state()).toBe('rolling-out progressing');
    world.wait(1_000).workload({}).flux({ applied: 5 });
    expect(world.state()).toBe('reconciled applied');
    expect(world.since()).toBe(world.now);
  });

  it('waits for the workload of a release that was just applied', () => {
    const world = new World();
    world.watching.apply(gitRepository({ at: 5 }));
    world.workload({ artifactId: 'old' }).release(5);
    world.flux({ applied: 5 });
    expect(world.state()).toBe('rolling-out progressing');
    world.wait(100).workload({});
    expect(world.state()).toBe('reconciled applied');
    // Later, the same is somebody's hand, and is told at once.
    world.wait(60_000).workload({ artifactId: 'old' });
    expect(world.state()).toBe('drifted runs-another-artifact');
    world.workload({});
    expect(world.state()).toBe('reconciled applied');
  });

  it('waits for the workload of a release that came out of a suspension', () => {
    const world = new World();
    world.watching.apply(gitRepository({ at: 5 }));
    world.flux({ applied: 4, suspend: true }).workload({ artifactId: 'old' });
    world.release(5);
    expect(world.state()).toBe('suspended suspended');
    world.wait(60_000).flux({ applied: 5 });
    expect(world.state()).toBe('rolling-out progressing');
    world.wait(100).workload({});
    expect(world.state()).toBe('reconciled applied');
    // What somebody does meanwhile is told, and as long as it lasts.
    world.wait(60_000).flux({ applied: 5, suspend: true });
    expect(world.state()).toBe('suspended suspended');
    world.workload({ artifactId: 'old' });
    expect(world.state()).toBe('drifted runs-another-artifact');
    world.workload({});
    expect(world.state()).toBe('suspended suspended');
  });

  it('tells by time alone that the workload never came', () => {
    const world = new World();
    world.watching.apply(gitRepository({ at: 5 }));
    world.workload({ artifactId: 'old' }).release(5);
    world.flux({ applied: 5 });
    expect(world.state()).toBe('rolling-out progressing');
    world.wait(3_000);
    expect(world.state()).toBe('drifted runs-another-artifact');
  });

  it('keeps what it knows of a cluster that is ahead of us, for 30 s', () => {
    const world = new World();
    world.watching.apply(gitRepository({ at: 5 }));
    world.flux({ applied: 5 }).workload({}).release(5);
    expect(world.state()).toBe('reconciled applied');
    world.tip = 5;
    world.unknownAt = world.now;
    world.flux({ applied: 6 });
    expect(world.state()).toBe('reconciled applied');
    world.wait(30_000);
    expect(world.state()).toBe('unknown revision-unknown');
    world.tip = 6;
    world.round([...world.judge.unsettled()]);
    expect(world.state()).toBe('reconciled applied');
  });

  it('tells that a deadline passed, after which only time went by', () => {
    const world = new World();
    world.watching.apply(gitRepository({ at: 5 }));
    world.flux({ applied: 5 }).workload({}).release(5);
    world.workload({ ready: 1 });
    expect(world.state()).toBe('reconciled applied');
    world.wait(3_000).round();
    world.wait(596_000);
    expect(world.state()).toBe('reconciled applied');
    world.wait(1_000);
    expect(world.state()).toBe('failed replicas-not-ready');
  });

  it('does not let a loop of crashes flicker', () => {
    const world = new World();
    world.watching.apply(gitRepository({ at: 5 }));
    world.flux({ applied: 5 }).workload({}).release(5);
    world.workload({ ready: 1 });
    world.wait(3_000).round();
    world.judge.notePods('payments/ledger-api', {
      reason: 'crash-loop',
      message: 'exit code 1',
    });
    world.round(['payments/ledger-api']);
    expect(world.state()).toBe('failed crash-loop');
    world.judge.notePods('payments/ledger-api', undefined);
    world.round(['payments/ledger-api']);
    expect(world.state()).toBe('failed crash-loop');
    world.workload({});
    expect(world.state()).toBe('reconciled applied');
  });

  it('judges what waits anew when what it waits for changes', () => {
    const world = new World();
    world.watching.apply(gitRepository({ at: 5 }));
    world.flux({ name: 'infrastructure', path: 'infra', suspend: true });
    world.flux({
      applied: 1,
      ready: 'False',
      reason: 'DependencyNotReady',
      dependsOn: ['infrastructure'],
    });
    world.release(5);
    const standing = () => world.judge.standing('payments/ledger-api');
    expect(standing()?.blockedBy).toMatchObject({ name: 'infrastructure' });
    world.flux({ name: 'infrastructure', path: 'infra' }).round();
    expect(standing()?.blockedBy).toBeUndefined();
  });

  it('finds workloads of Helm, and those without labels of Flux', () => {
    const world = new World();
    world.watching.apply(gitRepository({ at: 5 }), helmRelease());
    world
      .flux({
        applied: 5,
        inventory: ['payments_ledger-api_helm.toolkit.fluxcd.io_HelmRelease'],
      })
      .workload({
        name: 'chart-api',
        owner: null,
        labels: {
          'helm.toolkit.fluxcd.io/name': 'ledger-api',
          'helm.toolkit.fluxcd.io/namespace': 'payments',
        },
      })
      .release(5);
    expect(world.state()).toBe('reconciled applied');
    world.wait(9_000).workload({
      name: 'chart-api',
      artifactId: 'old',
      owner: null,
      labels: {
        'helm.toolkit.fluxcd.io/name': 'ledger-api',
        'helm.toolkit.fluxcd.io/namespace': 'payments',
      },
    });
    expect(world.state()).toBe('drifted runs-another-artifact');

    world.flux({ service: 'cards', applied: 5 }).workload({
      name: 'cards-v2',
      owner: null,
      artifactId: 'other',
      labels: { 'app.kubernetes.io/name': 'cards' },
    });
    world.release(5, 'cards').wait(5_000);
    expect(world.state('cards')).toBe('drifted runs-another-artifact');
  });

  it('tells a workload that Flux applied and that is gone', () => {
    const world = new World();
    const inventory = ['payments_ledger-api_apps_Deployment'];
    world.watching.apply(gitRepository({ at: 5 }));
    world.flux({ applied: 5, inventory }).workload({}).release(5);
    expect(world.state()).toBe('reconciled applied');
    world.wait(5_000).watching.remove(deployment());
    expect(world.state()).toBe('drifted workload-missing');
  });

  describe('when a kind is not read', () => {
    const KINDS: [kind: string, id: string, entry: string][] = [
      ['statefulSets', 'statefulsets', 'payments_ledger-db_apps_StatefulSet'],
      ['daemonSets', 'daemonsets', 'payments_ledger-db_apps_DaemonSet'],
      [
        'helmReleases',
        'helmreleases',
        'payments_ledger-db_helm.toolkit.fluxcd.io_HelmRelease',
      ],
    ];
    const worldWith = (entry: string, standings?: Map<string, Standing>) => {
      const world = new World(standings);
      world.watching.apply(gitRepository({ at: 5 }));
      world.watching.apply(
        { ...deployment({ name: 'ledger-db' }), kind: 'StatefulSet' },
        { ...deployment({ name: 'ledger-db' }), kind: 'DaemonSet' },
        helmRelease({ name: 'ledger-db' }),
      );
      const inventory = ['payments_ledger-api_apps_Deployment', entry];
      return world.flux({ applied: 5, inventory }).workload({}).release(5);
    };
    const standingOf = ({ judge }: World) =>
      judge.standing('payments/ledger-api');

    it.each(KINDS)(
      'knows nothing of what has %s, and of nothing else',
      (id, resource, entry) => {
        const world = worldWith(entry);
        world.flux({ service: 'cards', applied: 5 });
        world.workload({ name: 'cards' }).release(5, 'cards');
        expect(world.state()).toBe('reconciled applied');
        world.read(id, 'forbidden');
        expect(world.state()).toBe('unknown may-not-read');
        expect(standingOf(world)?.message).toContain(resource);
        expect(world.state('cards')).toBe('reconciled applied');
        world.read(id, 'failing');
        expect(world.state()).toBe('unknown other');
        world.read(id, 'live');
        expect(world.state()).toBe('reconciled applied');
      },
    );

    it.each(KINDS)(
      'calls nothing well after a restart, of %s',
      (id, _, entry) => {
        const written = standingOf(worldWith(entry))!;
        const world = new World(new Map([['payments/ledger-api', written]]));
        world.watching.apply(gitRepository({ at: 5 }));
        world
          .read(id, 'failing')
          .flux({ applied: 5, inventory: [entry] })
          .release(5);
        expect(world.state()).toBe('unknown other');
      },
    );

    it('keeps what it knows while a kind is listed anew', () => {
      const world = worldWith(KINDS[0][2]);
      expect(world.state()).toBe('reconciled applied');
      world.read('statefulSets', 'starting').workload({ artifactId: 'old' });
      expect(world.round()).toBe(0);
      world.wait(9_000).read('statefulSets', 'live');
      expect(world.state()).toBe('drifted runs-another-artifact');
      world.workload({}).round();
      // Of another release nothing is known that could be kept.
      world.read('statefulSets', 'starting').release(4);
      expect(world.state()).toBe('unknown other');
    });

    it('takes a kind that the cluster has not for none', () => {
      const world = worldWith(KINDS[2][2]).read('helmReleases', 'absent');
      expect(world.state()).toBe('reconciled applied');
    });

    it('leaves out what it last saw of it', () => {
      const world = worldWith(KINDS[0][2]);
      world.watching.apply({
        ...deployment({ artifactId: 'old' }),
        kind: 'StatefulSet',
      });
      world.wait(9_000);
      expect(world.state()).toBe('drifted runs-another-artifact');
      world.read('statefulSets', 'failing');
      expect(world.state()).toBe('unknown other');
      expect(standingOf(world)?.runningArtifactId).toBe('new');
    });
  });

  it('forgets what is no longer released', () => {
    const world = new World();
    world.release(5);
    expect(world.state()).toBeDefined();
    world.current.clear();
    expect(world.round(['payments/ledger-api'])).toBe(1);
    expect(world.state()).toBeUndefined();
  });

  it('goes on from what was written, and writes nothing again', () => {
    const first = new World();
    first.watching.apply(gitRepository({ at: 5 }));
    first.flux({ applied: 5 }).workload({}).release(5);
    const written = JSON.stringify(first.judge.standing('payments/ledger-api'));
    const standings = new Map([['payments/ledger-api', JSON.parse(written)]]);
    const second = new World(standings);
    second.watching.apply(gitRepository({ at: 5 }));
    second.flux({ applied: 5 }).workload({});
    second.current.set('payments/ledger-api', {
      ...first.current.get('payments/ledger-api')!,
    });
    expect(second.round(['payments/ledger-api'])).toBe(0);
  });

  it('begins anew with another cluster of the same name', () => {
    const world = new World();
    world.watching.apply(gitRepository({ at: 5 }));
    world.flux({ applied: 5 }).workload({}).release(5);
    world.judge.beginAnew();
    // In the cluster before, a pod that isn't ready yet would be forgiven.
    world.workload({ ready: 0, updated: 0 });
    expect(world.state()).toBe('rolling-out progressing');
  });

  describe('when one commit moves every Kustomization', () => {
    const count = 450;
    const services = Array.from({ length: count }, (_, at) => `service-${at}`);

    it('writes nothing for services whose release is another', () => {
      const world = new World();
      world.watching.apply(gitRepository({ at: 5 }));
      world.flux({ name: 'infrastructure', path: 'infra', applied: 5 });
      const others = { dependsOn: ['infrastructure'] };
      for (const service of services) {
        world.flux({ service, applied: 5, ...others });
        world.workload({ name: service });
        world.release(3, service);
      }
      world.wait(10_000).round();
      // The release of one service moves the head for all.
      let written = 0;
      world.watching.apply(gitRepository({ at: 6 }));
      const steps: KustomizationOptions[] = [
        { applied: 5, attempted: 5, ...PROGRESSING },
        {
          applied: 5,
          attempted: 5,
          ready: 'False',
          reason: 'DependencyNotReady',
          message: "dependency 'flux-system/infrastructure' is not ready",
        },
        { applied: 5, attempted: 6, ...PROGRESSING },
        { applied: 6, attempted: 6 },
      ];
      for (const step of steps) {
        for (const service of services) {
          world.flux({ service, ...others, ...step });
        }
        world.wait(1_000);
        written += world.round();
      }
      expect(written).toBe(0);
      expect(world.state('service-7')).toBe('reconciled applied');
    });
  });
});
