import { isError } from '@backstage/errors';
import {
  ArtifactFile,
  ArtifactStore,
  Layout,
  LayoutPlace,
  Mirror,
  TreeChange,
} from '@ground-control/backstage-plugin-ground-control-node';
import { Person } from '@ground-control/backstage-plugin-ground-control-common';
import { ReleaseRow } from '../types';
import { describeAway } from './describeAway';
import { RequestOutcome } from './types';

/** What a request's commit changes. */
export interface BuiltChanges {
  changes: TreeChange[];
  /** Who made the artifact. */
  createdBy: Person;
  /** Of contents that are held. */
  bytes: number;
}

export interface BuildOptions {
  mirror: Mirror;
  layout: Layout;
  store?: ArtifactStore;
  now: number;
  signal: AbortSignal;
}

const DESCRIPTION = 'artifact.json';
const MAX_DESCRIPTION = 1 << 20;

/**
 * Builds what a request's commit changes, from the artifact store or, going
 * back, from history; or says why it can't be what was approved any more.
 */
export async function buildChanges(
  row: ReleaseRow,
  options: BuildOptions,
): Promise<BuiltChanges | { outcome: RequestOutcome }> {
  const place = options.layout.formatPlace(row.environment, {
    namespace: row.namespace,
    name: row.service,
  });
  return row.intent === 'rollback'
    ? buildRollback(row, place, options)
    : buildRelease(row, place, options);
}

async function buildRelease(
  row: ReleaseRow,
  place: LayoutPlace,
  { store, layout, now, signal }: BuildOptions,
): Promise<BuiltChanges | { outcome: RequestOutcome }> {
  const away = (message: string) => describeAway(message, now);
  if (!store) {
    return away(
      'No artifact store is configured, so there is nothing to release from; set groundControl.artifactStore',
    );
  }
  let stored;
  try {
    stored = await store.readFiles(
      { service: row.service, artifactId: row.artifact_id },
      { environment: row.environment, signal },
    );
  } catch (error) {
    signal.throwIfAborted();
    return away(isError(error) ? error.message : 'The store cannot be read');
  }
  if ('fault' in stored) {
    return stored.missing
      ? outdate('artifact-gone', stored.fault)
      : away(stored.fault);
  }
  if (stored.digest !== row.digest) {
    return outdate(
      'artifact-changed',
      `The files of ${row.artifact_id} in the artifact store aren't those that were approved: they were replaced since. Ask again.`,
    );
  }
  const changes = layout.planRelease(place, stored.files);
  if ('fault' in changes) {
    return {
      outcome: {
        kind: 'fail',
        code: 'artifact-invalid',
        message: changes.fault,
      },
    };
  }
  const bytes = stored.files.reduce(
    (sum, file) => sum + file.content.length,
    0,
  );
  return { changes, createdBy: findCreator(layout, stored.files), bytes };
}

async function buildRollback(
  row: ReleaseRow,
  place: LayoutPlace,
  { mirror, layout, signal }: BuildOptions,
): Promise<BuiltChanges | { outcome: RequestOutcome }> {
  const gone = () =>
    outdate(
      'release-gone',
      'The release that was to be gone back to is not in the history of the config repository any more, or not as it was. Ask again.',
    );
  const revision = row.rollback_revision;
  if (!revision) return gone();
  const known = await (
    await mirror.objects()
  ).read(revision, { maxBytes: 0, signal });
  if (known.found === 'no') return gone();
  const folder = layout.formatReleaseFolder(place);
  const description = `${folder}/${DESCRIPTION}`;
  const otherPaths = layout.formatOtherPaths(place);
  const entries = await mirror.entries({
    revision,
    paths: [folder, description, ...otherPaths],
    signal,
  });
  const tree = entries.find(({ path }) => path === folder);
  if (tree?.mode !== '040000' || tree.id !== row.digest) return gone();
  const changes = layout.planRollback(place, {
    tree: tree.id,
    others: entries.flatMap(({ path, mode, id }) =>
      otherPaths.includes(path) && (mode === '100644' || mode === '100755')
        ? [{ path, mode, object: id }]
        : [],
    ),
  });
  const file = entries.find(({ path }) => path === description);
  const content =
    file &&
    (await (
      await mirror.objects()
    ).read(file.id, { maxBytes: MAX_DESCRIPTION, signal }));
  const files =
    content?.found === 'yes'
      ? [{ path: DESCRIPTION, content: content.content }]
      : [];
  return { changes, createdBy: findCreator(layout, files), bytes: 0 };
}

function outdate(code: string, message: string): { outcome: RequestOutcome } {
  return { outcome: { kind: 'outdate', code, message } };
}

function findCreator(layout: Layout, files: ArtifactFile[]): Person {
  const file = files.find(({ path }) => path === DESCRIPTION);
  const artifact = file && layout.readArtifact(file.content);
  const author =
    artifact && !('fault' in artifact) ? artifact.author : undefined;
  return author ?? { name: '', email: '' };
}
