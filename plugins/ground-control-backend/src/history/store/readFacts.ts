import { Knex } from 'knex';
import { isObjectId } from '@ground-control/backstage-plugin-ground-control-node';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { ServiceFacts } from '../types';
import { PROBLEM_CODE } from './historyProblems';

/** Of one service; older ones claim no commits. */
const MAX_BUILDS = 500;

const keyOf = (row: { namespace: string; service: string }) =>
  `${row.namespace}/${row.service}`;

function groupByService<Row extends { namespace: string; service: string }>(
  rows: Row[],
): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

/** The name in an entity ref, or a squad as an artifact names it. */
function nameOf(squad: string): string {
  return squad.slice(squad.lastIndexOf('/') + 1);
}

/** The next services in a fixed order, for going through all of them in turn. */
export async function listServices(
  knex: Knex,
  repository: string,
  options: { after?: ServiceRef; limit: number },
): Promise<ServiceRef[]> {
  const { after, limit } = options;
  const query = knex('services')
    .where({ repository, in_repository: true })
    .orderBy(['service', 'namespace'])
    .limit(limit)
    .select('namespace', 'service');
  if (after) {
    query.whereRaw('(service, namespace) > (?, ?)', [
      after.name,
      after.namespace,
    ]);
  }
  const rows = await query;
  return rows.map(row => ({ namespace: row.namespace, name: row.service }));
}

/**
 * Reads what is known of some services.
 *
 * @param services - some dozens; each costs a few index look-ups
 * @param since - builds before it don't count
 */
export async function readFacts(
  knex: Knex,
  repository: string,
  services: ServiceRef[],
  since: number,
): Promise<ServiceFacts[]> {
  const refs = services.map(({ namespace, name }) => [namespace, name]);
  const of = (table: string) =>
    knex(table)
      .where({ repository })
      .whereIn(['namespace', 'service'], refs)
      .select('namespace', 'service');
  const [known, artifacts, places, read, problems] = await Promise.all([
    of('services').select('squad_ref', 'artifact_squad_ref'),
    of('artifacts')
      .whereNotNull('application_commit')
      .andWhere('built_at', '>=', since)
      .orderBy(['built_at', 'artifact_id'])
      .select('artifact_id', 'application_commit', 'branch', 'built_at'),
    of('service_environments')
      .where({ removed: false })
      .select(
        'environment',
        'application_commit',
        'behind_commits_from',
        'behind_commits_to',
      ),
    of('source_services').select('digest'),
    of('problems').andWhere('code', 'like', `${PROBLEM_CODE}%`),
  ]);
  const artifactsOf = groupByService(artifacts);
  const placesOf = groupByService(places);
  const readOf = groupByService(read);
  const problemsOf = groupByService(problems);
  return known.map(row => {
    const key = keyOf(row);
    const squad = row.squad_ref ?? row.artifact_squad_ref;
    const builds = (artifactsOf.get(key) ?? []).filter(build =>
      isObjectId(build.application_commit),
    );
    return {
      namespace: row.namespace,
      service: row.service,
      ...(squad && { squad: nameOf(squad) }),
      builds: builds.slice(-MAX_BUILDS).map(build => ({
        artifactId: build.artifact_id,
        commit: build.application_commit,
        branch: build.branch,
        builtAt: Number(build.built_at),
      })),
      cells: (placesOf.get(key) ?? []).map(place => ({
        environment: place.environment,
        commit:
          place.application_commit && isObjectId(place.application_commit)
            ? place.application_commit
            : null,
        countedFrom: place.behind_commits_from,
        countedTo: place.behind_commits_to,
      })),
      digest: readOf.get(key)?.[0].digest,
      hasProblems: problemsOf.has(key),
    };
  });
}

/** The page of the newest build's commit, as its artifact names it. */
export async function readCommitUrl(
  knex: Knex,
  repository: string,
  service: ServiceRef,
): Promise<string | undefined> {
  const row = await knex('artifacts')
    .where({
      repository,
      namespace: service.namespace,
      service: service.name,
    })
    .whereNotNull('built_at')
    .orderBy('built_at', 'desc')
    .first('description');
  const { commitUrl } = row ? JSON.parse(row.description) : { commitUrl: '' };
  return commitUrl || undefined;
}
