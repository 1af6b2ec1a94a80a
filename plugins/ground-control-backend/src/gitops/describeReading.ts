/**
 * Says for the log what a catch-up read; undefined for the one commit of every
 * day, which is no news.
 */
export function describeReading(options: {
  commits: number;
  rewritten: boolean;
  durationMs: number;
}): string | undefined {
  const { commits, rewritten, durationMs } = options;
  if (commits < 2 && !rewritten) return undefined;
  const count = `${commits.toLocaleString('en')} ${
    commits === 1 ? 'commit' : 'commits'
  }`;
  const time = `in ${(durationMs / 1000).toFixed(1)} s`;
  return rewritten
    ? `The history of the config repository was rewritten; read ${count} anew ${time}`
    : `Read ${count} of the config repository ${time}`;
}
