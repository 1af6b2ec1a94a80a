import {
  Board,
  BoardRow,
  RepositoryStatus,
} from '@ground-control/backstage-plugin-ground-control-common';
import { artifactOf, ENVIRONMENTS, hex, PEOPLE } from './fixtureArtifacts';
import { FixtureClusters, FixtureClusterSet } from './fixtureClusters';
import { FixtureLinkKind } from './FixtureLinks';

/** How large the fixture is, and of what moment. */
export interface FixtureOptions {
  services?: number;
  /** Milliseconds since 1970. */
  now?: number;
  /** Refs of the reader's squads; ledger by default. */
  mine?: string[];
  repository?: Partial<RepositoryStatus>;
  /** None by default: what is only recorded. */
  clusters?: FixtureClusters;
  /** Mixed by default. */
  links?: FixtureLinkKind;
}

const KINDS = ['api', 'worker', 'gateway', 'sync', 'store'];
const SQUADS = ['ledger', 'pay', 'card', 'kyc', 'fx', 'loan', 'auth', 'notify'];

const squadRef = (i: number) =>
  `group:default/${SQUADS[i % SQUADS.length]}${
    i < SQUADS.length ? '' : Math.floor(i / SQUADS.length)
  }`;

function rowOf(i: number, nowSeconds: number): BoardRow {
  const squads = Math.max(SQUADS.length, 1);
  const squad = i % (squads * 3);
  const service = {
    namespace: SQUADS[squad % squads],
    name: `${SQUADS[squad % squads]}-${KINDS[i % KINDS.length]}-${i}`,
  };
  const catalogOnly = i % 61 === 60;
  const repositoryOnly = i % 53 === 52;
  const cells = ENVIRONMENTS.map((_, environment) => {
    const never = catalogOnly || (environment === 2 && i % 29 === 28);
    if (never) return { state: 'not-released' as const };
    const build = i * 7 + (environment === 2 && i % 3 === 0 ? 1 : 2);
    const artifact = artifactOf(service, build);
    return {
      state:
        environment === 1 && i % 41 === 40
          ? ('problem' as const)
          : ('recorded' as const),
      artifactId: artifact.id,
      commit: artifact.commit!.slice(0, 7),
      ...(artifact.branch !== 'master' && { branch: artifact.branch }),
      releasedAt: nowSeconds - (environment + 1) * (i + 1) * 540,
      releasedBy: PEOPLE[(i + environment) % PEOPLE.length],
      ...(environment === 2 && { behind: i % 3 === 0 ? (i % 7) + 1 : 0 }),
      ...(environment === 1 && i % 17 === 5 && { planDiffers: true }),
      ...(environment === 2 && i % 23 === 7 && { rollback: true }),
    };
  });
  const row: BoardRow = {
    service,
    presence: 'both',
    problems: cells.filter(cell => cell.state === 'problem').length,
    cells,
  };
  if (i % 97 !== 96) row.squad = squadRef(squad);
  if (catalogOnly) row.presence = 'catalog-only';
  if (repositoryOnly) row.presence = 'repository-only';
  else row.entityRef = `component:default/${service.name}`;
  return row;
}

/** The board of all services, as they stand in the clusters. */
export function makeBoard(
  options: FixtureOptions,
  now: number,
  clusters: FixtureClusterSet,
): Board {
  const nowSeconds = Math.floor(now / 1000);
  const rows = Array.from({ length: options.services ?? 24 }, (_, i) => {
    const row = rowOf(i, nowSeconds);
    return {
      ...row,
      cells: ENVIRONMENTS.map((environment, column) =>
        clusters.cellOf(row, environment, column),
      ),
    };
  });
  const refs = [...new Set(rows.flatMap(row => row.squad ?? []))];
  return {
    asOf: new Date(now).toISOString(),
    repository: {
      state: 'fresh',
      branch: 'main',
      revision: hex(7, 40),
      position: 9000,
      committedAt: new Date(now - 60_000).toISOString(),
      observedAt: new Date(now - 12_000).toISOString(),
      ...options.repository,
    },
    environments: ENVIRONMENTS,
    mainBranch: 'master',
    clusters: clusters.ofBoard,
    squads: refs.map((ref, i) => ({
      ref,
      title: ref.replace('group:default/', 'squad-'),
      inCatalog: i % 11 !== 10,
    })),
    mine: options.mine ?? ['group:default/ledger'],
    rows,
  };
}
