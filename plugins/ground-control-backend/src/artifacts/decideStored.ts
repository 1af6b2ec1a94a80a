import {
  ArtifactKey,
  Layout,
  StoredDescription,
} from '@ground-control/backstage-plugin-ground-control-node';
import { displayPath } from '../gitops/displayPath';
import { describeArtifact } from '../gitops/ingest/describeArtifact';
import { FoundProblem } from '../gitops/ingest/problems';
import { ArtifactRow } from '../gitops/types';
import { findArtifactFault } from './findArtifactFault';

/** What a file of the store is to us. */
export type StoredDecision =
  | { kind: 'artifact'; row: ArtifactRow }
  | { kind: 'problem'; problem: FoundProblem }
  | { kind: 'later' };

/** Where a problem with an artifact of the store is shown. */
export function storePath({ service, artifactId }: ArtifactKey): string {
  return displayPath(`${service}/${artifactId}`);
}

/** Decides what becomes of a file of the store: a row, a problem, or another look. */
export function decideStored(
  repository: string,
  key: ArtifactKey,
  stored: StoredDescription,
  layout: Layout,
): StoredDecision {
  if ('fault' in stored) {
    return stored.settling
      ? { kind: 'later' }
      : fault(key, stored.fault, stored.tooLarge);
  }
  const artifact = layout.readArtifact(stored.content);
  if ('fault' in artifact) return fault(key, artifact.fault);
  const found = findArtifactFault(key, artifact);
  if (found) return fault(key, found);
  const { artifact: _artifact, ...columns } = describeArtifact(artifact);
  return {
    kind: 'artifact',
    row: {
      repository,
      namespace: artifact.namespace,
      service: key.service,
      ...columns,
      in_repository: false,
      in_store: true,
    },
  };
}

function fault(
  key: ArtifactKey,
  message: string,
  tooLarge = false,
): StoredDecision {
  return {
    kind: 'problem',
    problem: {
      code: tooLarge ? 'stored-artifact-too-large' : 'stored-artifact-invalid',
      message: `The artifact ${storePath(
        key,
      )} of the store can't be used. ${message}`,
      path: `${key.service}/${key.artifactId}`,
    },
  };
}
