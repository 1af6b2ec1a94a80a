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
}
