import {
  deployment,
  DeploymentOptions,
  fluxEvent,
  gitRepository,
  helmRelease,
  kustomization,
  KustomizationOptions,
  positionAt,
} from '../../__testUtils__/objects';
import { observeEvent } from '../../observe/observeEvent';
import { observeGitRepository } from '../../observe/observeGitRepository';
import { observeHelmRelease } from '../../observe/observeHelmRelease';
import { observeKustomization } from '../../observe/observeKustomization';
import { observeWorkload } from '../../observe/observeWorkload';
import { ObservedKustomization, PodTrouble } from '../../observe/types';
import { ServiceFacts, Standing } from '../types';

export const NOW = 1_000_000_000_000;
const RELEASE = 10;

/** A service whose release is commit 10, with what a case says otherwise. */
export interface ServiceCase {
  kustomization?: KustomizationOptions | null;
  source?: Parameters<typeof gitRepository>[0] | null;
  workload?: DeploymentOptions | null;
  unreadyForMs?: number;
  helm?: Parameters<typeof helmRelease>[0];
  before?: Partial<Standing>;
  podTrouble?: PodTrouble;
  missing?: string[];
  unread?: ServiceFacts['unread'];
  arrivedMs?: number;
  /** How far the repository was read. */
  tip?: number;
  unknownMs?: number;
  events?: Parameters<typeof fluxEvent>[0][];
  others?: KustomizationOptions[];
  images?: string[];
}

/** The facts of a case. */
export function factsOf(given: ServiceCase): ServiceFacts {
  const tip = given.tip ?? Infinity;
  const own =
    given.kustomization === null
      ? undefined
      : observeKustomization(
          kustomization({ applied: 12, ...given.kustomization }),
        );
  const source =
    given.source === null
      ? undefined
      : observeGitRepository(gitRepository({ at: 12, ...given.source }));
  const others = new Map<string, ObservedKustomization>(
    (given.others ?? []).map(one => {
      const observed = observeKustomization(kustomization(one))!;
      return [observed.name, observed];
    }),
  );
  if (own) others.set(own.name, own);
  const workload =
    given.workload === null
      ? undefined
      : observeWorkload('Deployment')(
          deployment({ artifactId: 'new', ...given.workload }),
        );
  return {
    release: {
      position: RELEASE,
      artifactId: 'new',
      images: given.images ?? [],
      releasedAt: NOW - 60_000,
    },
    kustomization: own,
    source,
    owner: { namespace: 'flux-system', name: 'flux-system' },
    helmReleases: given.helm
      ? [observeHelmRelease(helmRelease(given.helm))!]
      : [],
    workloads: workload
      ? [
          {
            ...workload,
            ...(given.unreadyForMs !== undefined && {
              unreadySince: NOW - given.unreadyForMs,
            }),
          },
        ]
      : [],
    unread: given.unread ?? [],
    missingWorkloads: given.missing ?? [],
    podTrouble: given.podTrouble,
    events: (given.events ?? []).map(one => observeEvent(fluxEvent(one))!),
    ancestors: {
      kustomization: ref => others.get(ref.name),
      gitRepository: ref => (source?.name === ref.name ? source : undefined),
    },
    positionOf: commit => positionAt(commit, tip),
    unknownSince: () =>
      given.unknownMs === undefined ? undefined : NOW - given.unknownMs,
    arrivedAt:
      given.arrivedMs === undefined ? undefined : NOW - given.arrivedMs,
    before: given.before && {
      releasePosition: RELEASE,
      state: 'reconciled',
      reason: 'applied',
      since: NOW - 30_000,
      ...given.before,
    },
    now: NOW,
  };
}
