/** What release-manager reads a commit message as; from its description alone. */
export interface CommitInfo {
  environment: string;
  service: string;
  artifactId: string;
  intent: string;
  /** Of a rollback: the id that was left. */
  leftArtifactId?: string;
  releasedBy: { name: string; email: string };
  createdBy: { name: string; email: string };
  trailers: Record<string, string>;
}

const isKey = (text: string) =>
  text !== '' &&
  [...text].every(
    c => (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c === '-',
  );

function parseTrailers(lines: string[]): Record<string, string> {
  const run: string[] = [];
  // From the end upwards, as long as the run is unbroken; the title is none.
  for (let at = lines.length - 1; at > 0; at -= 1) {
    if (!isKey(lines[at].split(':')[0]) || !lines[at].includes(':')) break;
    run.unshift(lines[at]);
  }
  const trailers: Record<string, string> = Object.create(null);
  for (const line of run) {
    const at = line.indexOf(':');
    const key = line.slice(0, at);
    if (!(key in trailers)) trailers[key] = line.slice(at + 1).trim();
  }
  return trailers;
}

function parsePerson(text = ''): { name: string; email: string } {
  const at = text.lastIndexOf(' <');
  return at >= 0 && text.endsWith('>')
    ? { name: text.slice(0, at), email: text.slice(at + 2, -1) }
    : { name: '', email: '' };
}

/**
 * `[env/service] words artifact-id[ by email]`, or of an old rollback
 * `[env/service] rollback left-id to artifact-id by email`
 */
function parseTitle(title: string) {
  const close = title.indexOf('] ');
  const slash = title.indexOf('/');
  if (!title.startsWith('[') || slash < 2 || close < slash) return undefined;
  const rest = title.slice(close + 2);
  // Of plain words alone the last is the id, whatever stands before it.
  const by = /^[a-z ]+$/.test(rest) ? -1 : rest.indexOf(' by ');
  const words = (by < 0 ? rest : rest.slice(0, by)).split(' ');
  if (words.length < 2) return undefined;
  const artifactId = words.pop()!;
  const [verb, left, to, ...more] = words;
  const isOldRollback = verb === 'rollback' && to === 'to' && !more.length;
  return {
    environment: title.slice(1, slash),
    service: title.slice(slash + 1, close),
    words: isOldRollback ? verb : words.join(' '),
    artifactId,
    leftArtifactId: isOldRollback ? left : '',
    email: by < 0 ? '' : rest.slice(by + ' by '.length),
  };
}

/** @returns undefined for what is no release to it */
export function parseCommitInfo(message: string): CommitInfo | undefined {
  let text = message;
  while (text.endsWith('\n')) text = text.slice(0, -1);
  const lines = text.split('\n');
  const trailers = parseTrailers(lines);
  const title = parseTitle(lines[0]);
  if (!title && !('Release-intent' in trailers)) return undefined;
  if (title?.words === 'artifact') return undefined;
  const releasedBy = parsePerson(trailers['Artifact-released-by']);
  const leftArtifactId =
    trailers['Rollback-of-artifact-id'] || title?.leftArtifactId;
  return {
    environment: trailers.Environment || title?.environment || '',
    service: trailers.Service || title?.service || '',
    artifactId: trailers['Artifact-ID'] || title?.artifactId || '',
    intent:
      trailers['Release-intent'] ??
      (title?.words === 'rollback' ? 'Rollback' : 'ReleaseArtifact'),
    ...(leftArtifactId && { leftArtifactId }),
    releasedBy: releasedBy.email
      ? releasedBy
      : { ...releasedBy, email: title?.email ?? '' },
    createdBy: parsePerson(trailers['Artifact-created-by']),
    trailers,
  };
}
