const short = (revision: string) => revision.slice(0, 10);

/** What people are told of a commit of ours that came by somebody's merge. */
export function describeMerge(revision: string, merge: string): string {
  return `Its commit ${short(revision)} is on the branch by ${short(
    merge,
  )}, a merge that somebody else made; look at what the merge left of it`;
}
