/** No branch's name is longer; git itself ends at 255 bytes a part. */
const LONGEST_REVISION = 1_100;

// `<branch>@sha1:<commit>`, `refs/heads/<branch>@sha1:<commit>`,
// `<tag>@sha1:<commit>`, `sha1:<commit>`, and as Flux wrote it before 2.0,
// `<branch>/<commit>`.
const WITH_DIGEST =
  /^(?:[^\p{Cc}]*@)?(?:sha1:([0-9a-f]{40})|sha256:([0-9a-f]{64}))$/iu;
const WITH_SLASH = /^(?:[^\p{Cc}]*\/)?([0-9a-f]{40}|[0-9a-f]{64})$/iu;

/**
 * Reads the commit out of a revision as Flux reports it, in lower case.
 * Undefined for anything else. Pair of {@link formatRevision}.
 */
export function parseRevision(revision: unknown): string | undefined {
  if (typeof revision !== 'string' || revision.length > LONGEST_REVISION) {
    return undefined;
  }
  const digest = WITH_DIGEST.exec(revision);
  const commit = digest?.[1] ?? digest?.[2] ?? WITH_SLASH.exec(revision)?.[1];
  return commit?.toLowerCase();
}

/** Writes a revision as Flux does now. */
export function formatRevision(branch: string, commit: string): string {
  return `${branch}@${commit.length === 64 ? 'sha256' : 'sha1'}:${commit}`;
}
