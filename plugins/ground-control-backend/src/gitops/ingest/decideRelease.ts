import {
  Layout,
  LayoutPlace,
  LoggedChange,
  LoggedCommit,
  ReleaseMessage,
} from '@ground-control/backstage-plugin-ground-control-node';
import { cleanText } from '../../lib/cleanText';
import { DescribedArtifact, ReleaseRow } from '../types';
import { FileReading } from './types';

/** What a commit did to the artifact of one place. */
export interface ReleaseFacts {
  namespace: string;
  described?: DescribedArtifact;
  release: Omit<
    ReleaseRow,
    'repository' | 'plan_only' | 'replaced_position' | 'replaced_at'
  >;
}

/**
 * Whether a message speaks of this very change. Environments and services
 * compare without regard to case, as release-manager does it; an artifact id
 * that isn't the file's makes the message somebody else's.
 */
export function isBelievable(
  message: ReleaseMessage,
  place: LayoutPlace,
  described: DescribedArtifact | undefined,
): boolean {
  return (
    message.environment.toLowerCase() === place.environment.toLowerCase() &&
    message.service.toLowerCase() === place.service.toLowerCase() &&
    (!described ||
      !message.artifactId ||
      message.artifactId === described.artifact_id)
  );
}

/**
 * Decides what a change of an artifact's file is: the path says where, the
 * file says what, and the message says why, if it speaks of this change.
 */
export function decideRelease(options: {
  layout: Layout;
  place: LayoutPlace;
  change: LoggedChange;
  /** Undefined when the file was deleted. */
  reading: FileReading | undefined;
  tree: string | undefined;
  commit: LoggedCommit;
  message: ReleaseMessage | undefined;
  position: number;
}): ReleaseFacts {
  const { layout, place, reading, tree, commit, message, position } = options;
  const described =
    reading?.kind === 'artifact' ? reading.described : undefined;
  const namespace =
    described && described.artifact.namespace === place.folder
      ? place.folder
      : layout.readNamespace(place);
  const believed =
    reading && message && isBelievable(message, place, described)
      ? message
      : undefined;
  const by = believed?.releasedBy ?? {
    name: commit.authorName,
    email: commit.authorEmail,
  };
  return {
    namespace,
    described,
    release: {
      position,
      environment: place.environment,
      namespace,
      service: place.service,
      intent: reading ? believed?.intent ?? 'hand-edit' : 'removed',
      artifact_id: described?.artifact_id ?? null,
      tree: reading ? tree ?? null : null,
      released_at: commit.committedAt,
      by_name: cleanText(by.name, 200) || null,
      by_email: cleanText(by.email, 200) || null,
      from_environment: believed?.fromEnvironment
        ? cleanText(believed.fromEnvironment, 63)
        : null,
      of_branch: believed?.ofBranch ? cleanText(believed.ofBranch, 500) : null,
      left_artifact_id: believed?.leftArtifactId
        ? cleanText(believed.leftArtifactId, 512)
        : null,
    },
  };
}
