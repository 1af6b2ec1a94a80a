/** Names an artifact in a store. @public */
export interface ArtifactKey {
  service: string;
  artifactId: string;
}

/** What is new in a store since it was last asked. @public */
export interface ArtifactChanges {
  /** Artifacts that are new, or changed, or were unreadable the last time. */
  added: ArtifactKey[];
  removed: ArtifactKey[];
}

/**
 * How the description of an artifact was found. `fault` says what is wrong and
 * what to do, for people; `settling` means that it may still be on its way into
 * the store, and is worth another look before anybody is told.
 *
 * @public
 */
export type StoredDescription =
  | { content: Buffer }
  | { fault: string; tooLarge?: boolean; settling: boolean };

/** A file of an artifact. @public */
export interface ArtifactFile {
  /** Relative to the release's folder, such as `artifact.json` or `40-deployment.yaml`. */
  path: string;
  content: Buffer;
}

/**
 * An artifact's files for one environment, its `artifact.json` among them, or
 * why they can't be had. `missing`: the store has no such artifact, or it has
 * nothing for the environment.
 *
 * @public
 */
export type StoredFiles =
  | {
      files: ArtifactFile[];
      /** SHA-256 of names and contents, in hex: the same files have the same. */
      digest: string;
    }
  | { fault: string; missing: boolean };

/**
 * Where builds are kept. A store remembers what it has told, so that a poll of
 * a store in which nothing happened costs next to nothing.
 *
 * @public
 */
export interface ArtifactStore {
  /** For people: where the store is, without credentials. */
  label: string;
  /**
   * Tells what changed since the last call. Where `known` is given, at the
   * first call and after one that the caller couldn't make use of, the store
   * forgets what it told, and compares with what `known` yields.
   */
  findChanges(options: {
    known?: () => Promise<ArtifactKey[]>;
    signal: AbortSignal;
  }): Promise<ArtifactChanges>;
  /** Reads an artifact's description, at most 1 MiB of it. */
  readDescription(
    key: ArtifactKey,
    options: { signal: AbortSignal },
  ): Promise<StoredDescription>;
  /**
   * Reads what a release of the artifact to the environment consists of, at
   * most 32 MiB. Throws where the store itself can't be read: that says nothing
   * of the artifact.
   */
  readFiles(
    key: ArtifactKey,
    options: { environment: string; signal?: AbortSignal },
  ): Promise<StoredFiles>;
  /**
   * Keeps a new artifact; a store that can't be written lacks it. What is kept
   * stays as it is: `same` and `other` say that there was one already, with
   * these bytes or with others.
   */
  write?(
    key: ArtifactKey,
    zip: Buffer,
    options: { signal?: AbortSignal },
  ): Promise<'kept' | 'same' | 'other'>;
}
