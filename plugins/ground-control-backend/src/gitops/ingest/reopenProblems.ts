import { Knex } from 'knex';
import {
  Layout,
  Mirror,
} from '@ground-control/backstage-plugin-ground-control-node';
import { writeRows } from '../../database/writeRows';
import { problemShape } from '../store/shapes';
import { ProblemRow, ReleaseRow } from '../types';
import { FileReadings, WantedFile } from './FileReadings';
import { findArtifactProblems } from './findArtifactProblems';
import { FoundProblem, formatProblemRow } from './problems';
import type { Transact } from './RepositoryIngest';

type Place = Pick<ReleaseRow, 'environment' | 'namespace' | 'service'>;

/**
 * After commits were dropped, looks again at the files that they had changed:
 * one of them may have mended what is broken at the commit that is left.
 */
export async function reopenProblems(options: {
  knex: Knex;
  repository: string;
  mirror: Mirror;
  layout: Layout;
  transact: Transact;
  signal: AbortSignal;
  common: { revision: string; position: number };
  places: Place[];
  policies: string[];
}): Promise<void> {
  const { knex, repository, mirror, layout, signal, common } = options;
  const places = new Map(
    options.places.map(place => {
      const { environment, service } = place;
      const folder = place.namespace || environment;
      const at = { environment, folder, service };
      return [layout.formatArtifactPath(at), { ...place, folder }];
    }),
  );
  const paths = [
    ...places.keys(),
    ...options.policies.map(service => layout.formatPolicyPath(service)),
  ];
  if (paths.length === 0) return;
  const { revision, position } = common;
  const files = await mirror.files({ revision, paths, signal });
  const wanted = files
    .filter(file => file.mode.startsWith('100'))
    .map(({ id, path }): WantedFile => {
      return { kind: places.has(path) ? 'artifact' : 'policy', id, path };
    });
  const readings = await new FileReadings(layout).gather(
    wanted,
    await mirror.objects(),
    signal,
  );
  const found: FoundProblem[] = wanted.flatMap(({ kind, id, path }) => {
    const reading = readings(kind, id, path);
    const place = places.get(path);
    if (place) {
      return findArtifactProblems(reading, place, place.namespace, path);
    }
    if (reading.kind !== 'fault') return [];
    const code = reading.tooLarge ? 'policy-too-large' : 'policy-invalid';
    return [{ code, message: reading.fault, path }];
  });
  const commit = await knex('commits')
    .where({ repository, position })
    .first('committed_at');
  const committedAt = Number(commit?.committed_at ?? 0);
  const rows = new Map<string, ProblemRow>();
  for (const problem of found) {
    const row = formatProblemRow(problem, {
      repository,
      position,
      committedAt,
    });
    rows.set(row.problem_key, row);
  }
  await options.transact(tx => writeRows(tx, problemShape, [...rows.values()]));
}
