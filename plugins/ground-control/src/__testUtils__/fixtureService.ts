import {
  BoardRow,
  ServiceDetail,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ENVIRONMENTS } from './fixtureArtifacts';
import { FixtureClusterSet } from './fixtureClusters';
import { releaseOf } from './fixtureReleases';

/** All that is known of the service of a board's row. */
export function describeService(
  row: BoardRow,
  now: number,
  clusters: FixtureClusterSet,
): Omit<ServiceDetail, 'asOf'> {
  const { service } = row;
  return {
    service,
    squad: row.squad,
    presence: row.presence,
    entityRef: row.entityRef,
    artifactSquad: 'group:default/pay',
    environments: ENVIRONMENTS.map((environment, i) => ({
      environment,
      current:
        row.cells[i].state === 'not-released'
          ? undefined
          : releaseOf(service, environment, 1000 - i, now, true),
      ...(i > 0 && { behind: i - 1, behindOf: ENVIRONMENTS[i - 1] }),
      clusters: clusters.placesOf(row, environment, i),
      links: [
        { title: 'Logs', kind: 'logs', url: 'https://logs.example.com/' },
        { title: 'Traces', kind: 'traces', url: 'https://t.example.com/' },
      ],
    })),
    problems: row.problems
      ? [
          {
            code: 'artifact-invalid',
            message:
              'artifact.json can’t be read: unexpected end of input. Release the service again.',
            path: `staging/releases/staging/${service.name}/artifact.json`,
            service,
            environment: 'staging',
            since: new Date(now - 7_200_000).toISOString(),
          },
        ]
      : [],
  };
}
