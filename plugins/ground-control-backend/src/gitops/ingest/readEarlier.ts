import { Knex } from 'knex';
import {
  BlobReader,
  Layout,
  Mirror,
  parseTree,
} from '@ground-control/backstage-plugin-ground-control-node';
import { EarlierArtifacts } from '../store/earlier';
import { ArtifactRow, DescribedArtifact, ReleaseRow } from '../types';
import { FileReadings, WantedFile } from './FileReadings';
import { namespacesAt } from './placeKey';

const MAX_TREE = 8 * 1024 * 1024;

type Release = Pick<
  ReleaseRow,
  'environment' | 'namespace' | 'service' | 'artifact_id' | 'tree'
>;

export interface EarlierOptions {
  knex: Knex;
  repository: string;
  mirror: Mirror;
  layout: Layout;
  signal: AbortSignal;
}

/**
 * Reads the artifacts anew that stand again when all above a position is
 * dropped. What the mirror doesn't have is left out: it is of a commit that is
 * about to be dropped too.
 */
export async function readEarlier(
  options: EarlierOptions,
  position: number,
): Promise<EarlierArtifacts> {
  const { repository } = options;
  const { current, described } = await findEarlier(options, position);
  const byTree = await readArtifacts(options, [...current, ...described]);
  const rows = new Map<string, ArtifactRow>();
  for (const { namespace, service, tree } of described) {
    const found = byTree.get(tree ?? '');
    if (!found) continue;
    const { artifact, ...columns } = found;
    const marks = { in_repository: true, in_store: false };
    const row = { repository, namespace, service, ...columns, ...marks };
    rows.set(`${namespace}/${service}/${artifact.id}`, row);
  }
  return { byTree, rows: [...rows.values()] };
}

/**
 * Of the releases that are left when those above a position are dropped: which
 * become current, and which described the dropped ones' artifacts last.
 */
async function findEarlier(
  { knex, repository }: EarlierOptions,
  position: number,
): Promise<{ current: Release[]; described: Release[] }> {
  const findLast = (where: object, namespaces: string[]) =>
    knex('releases')
      .where({ repository, ...where })
      .whereIn('namespace', namespaces)
      .andWhere('position', '<=', position)
      .orderBy([
        { column: 'position', order: 'desc' },
        // A commit's changes come in the order of their paths.
        { column: 'environment', order: 'desc' },
      ])
      .first('*');
  const dropped: Release[] = await knex('releases')
    .where({ repository })
    .andWhere('position', '>', position)
    .distinct('environment', 'namespace', 'service', 'artifact_id');
  const current: Array<Release | undefined> = [];
  const described: Array<Release | undefined> = [];
  for (const release of dropped) {
    const { environment, namespace, service, artifact_id } = release;
    const at = { environment, service };
    current.push(await findLast(at, namespacesAt(release)));
    if (artifact_id !== null) {
      described.push(await findLast({ service, artifact_id }, [namespace]));
    }
  }
  return {
    current: current.filter(release => release !== undefined),
    described: described.filter(release => release !== undefined),
  };
}

async function readArtifacts(
  { mirror, layout, signal }: EarlierOptions,
  releases: Release[],
): Promise<Map<string, DescribedArtifact>> {
  const objects = await mirror.objects();
  const wanted = new Map<string, WantedFile>();
  for (const release of releases) {
    const { tree } = release;
    if (tree === null || wanted.has(tree)) continue;
    const { environment, service, namespace } = release;
    const folder = namespace || environment;
    const path = layout.formatArtifactPath({ environment, folder, service });
    const id = await findFile(objects, tree, path.split('/').at(-1)!, signal);
    if (id) wanted.set(tree, { kind: 'artifact', id, path });
  }
  const readings = await new FileReadings(layout).gather(
    [...wanted.values()],
    objects,
    signal,
  );
  return new Map(
    [...wanted].flatMap(([tree, { kind, id, path }]) => {
      const reading = readings(kind, id, path);
      return reading.kind === 'artifact' ? [[tree, reading.described]] : [];
    }),
  );
}

/** @returns the object id of a file of that name in a tree */
async function findFile(
  objects: BlobReader,
  tree: string,
  name: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const object = await objects.read(tree, { maxBytes: MAX_TREE, signal });
  if (object.found !== 'yes') return undefined;
  return parseTree(object.content, tree.length / 2)?.find(
    entry => entry.name === name && entry.mode.startsWith('100'),
  )?.id;
}
