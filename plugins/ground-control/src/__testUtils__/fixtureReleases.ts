import {
  ManifestDiff,
  Release,
  ReleaseChoices,
  ReleaseId,
  ReleaseIntent,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { artifactOf, ENVIRONMENTS, hex, PEOPLE } from './fixtureArtifacts';

const INTENTS: ReleaseIntent[] = [
  'release-artifact',
  'promote',
  'auto-release',
  'rollback',
  'release-branch',
];

/** The release at a position of the config repository. */
export function releaseOf(
  service: ServiceRef,
  environment: string,
  position: number,
  now: number,
  current: boolean,
): Release {
  const artifact = artifactOf(service, position);
  const age = (1000 - position) * 3_600_000;
  const release: Release = {
    service,
    environment,
    position,
    revision: hex(position, 40),
    revisionUrl: `https://git.example.com/config/commit/${hex(position, 40)}`,
    releasedAt: new Date(now - age).toISOString(),
    intent: INTENTS[position % INTENTS.length],
    releasedBy: { name: PEOPLE[position % PEOPLE.length], email: '' },
    artifact,
    problems: [],
  };
  if (!current) {
    release.replacedAt = new Date(now - age + 3_000_000).toISOString();
  }
  if (release.intent === 'promote') release.fromEnvironment = 'dev';
  if (release.intent === 'rollback') {
    release.leftArtifactId = artifactOf(service, position - 1).id;
  }
  return release;
}

/** A page of a service's releases, newest first. */
export function listReleases(
  service: ServiceRef,
  query: { environment?: string; before?: string; limit?: number },
  now: number,
) {
  const limit = query.limit ?? 50;
  const items: Release[] = [];
  let position = query.before ? Number(query.before) : 1000;
  for (; items.length < limit && position > 900; position--) {
    const environment = ENVIRONMENTS[(1000 - position) % 3];
    if (!query.environment || query.environment === environment) {
      const current = position > 997;
      items.push(releaseOf(service, environment, position, now, current));
    }
  }
  return { items, ...(position > 900 && { next: String(position) }) };
}

/** What a difference can show: lines, a masked Secret, a file too odd to show. */
export function compareReleases(
  service: ServiceRef,
  from: ReleaseId,
  to: ReleaseId,
  now: number,
): ManifestDiff {
  const [before, after] = [from, to].map(({ environment, position }) =>
    releaseOf(service, environment, position, now, false),
  );
  return {
    from: before,
    to: after,
    unchangedFiles: 4,
    files: [
      {
        path: 'deployment.yaml',
        change: 'modified',
        added: 2,
        removed: 1,
        hunks: [
          {
            oldStart: 10,
            newStart: 10,
            lines: [
              '       containers:',
              '         - name: app',
              '-          memory: 512Mi',
              '+          memory: 768Mi',
              '+          # a very long comment that does not fit the width of a phone or of a narrow panel and so has to scroll sideways',
              '           ports: []',
            ],
          },
        ],
      },
      {
        path: 'secret.yaml',
        change: 'modified',
        added: 0,
        removed: 0,
        hunks: [],
        masked: { changed: true },
      },
      {
        path: 'dump.bin',
        change: 'added',
        added: 0,
        removed: 0,
        hunks: [],
        omitted: 'binary',
      },
    ],
  };
}

/** What can be released, and gone back to. */
export function listChoices(
  service: ServiceRef,
  environment: string,
  now: number,
): Omit<ReleaseChoices, 'asOf'> {
  return {
    current: releaseOf(service, environment, 998, now, true),
    candidates: [7, 6, 5, 4].map((build, i) => ({
      artifact: artifactOf(service, build),
      runsIn: i === 1 ? ['staging'] : [],
      stored: true,
      recommended: i === 1,
    })),
    rollbacks: [995, 992].map((position, i) => ({
      release: releaseOf(service, environment, position, now, false),
      healthyForSeconds: 3_000,
      recommended: i === 0,
    })),
    branches: ['master'],
    promotesFrom: 'staging',
    ask: { allowed: true },
  };
}
