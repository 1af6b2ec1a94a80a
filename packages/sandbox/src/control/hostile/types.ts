import { formatReleaseMessage } from '../../format/formatReleaseMessage.ts';
import type { Change } from '../../simulation/types.ts';

/** What somebody commits by hand. */
export interface HandCommit {
  message: string;
  changes: Change[];
}

export function file(path: string, content: string): Change {
  return { kind: 'file', path, content };
}

/** A small true artifact.json, with more keys or others where wanted. */
export function smallArtifact(service: string, more: object = {}): string {
  const value = {
    id: 'master-0123456789-9876543210',
    service,
    application: { branch: 'master', sha: '0123456789'.repeat(4) },
    ci: { start: '0001-01-01T00:00:00Z', end: '0001-01-01T00:00:00Z' },
    squad: 'squad-ledger',
    shuttle: { plan: { sha: '9876543210'.repeat(4) } },
    stages: [],
    ...more,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A release of an odd service, with true trailers. */
export function oddRelease(
  environment: string,
  service: string,
  content = smallArtifact(service),
): HandCommit {
  const person = { name: 'Mallory', email: 'mallory@bank.example' };
  return {
    message: formatReleaseMessage({
      service,
      environment,
      artifactId: 'master-0123456789-9876543210',
      releaser: person,
      creator: person,
      intent: { type: 'ReleaseArtifact' },
    }),
    changes: [
      file(
        `${environment}/releases/${environment}/${service}/artifact.json`,
        content,
      ),
    ],
  };
}
