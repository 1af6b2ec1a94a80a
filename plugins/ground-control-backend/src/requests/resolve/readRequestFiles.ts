import { isError } from '@backstage/errors';
import { Artifact } from '@ground-control/backstage-plugin-ground-control-common';
import { RequestRow } from '../types';
import { readStoredArtifact } from './readStoredArtifact';
import { ResolveOptions } from './types';

/** What a request would write, as it is now. */
export interface RequestFiles {
  artifact?: Artifact;
  digest?: string;
  /** Why it can't be had any more. */
  gone?: string;
  /** Why it couldn't be looked at. */
  unknown?: string;
}

/** Of a rollback the tree is what is written, and no store can change it. */
export async function readRequestFiles(
  options: ResolveOptions,
  row: RequestRow,
  signal?: AbortSignal,
): Promise<RequestFiles> {
  if (row.intent === 'rollback') return { digest: row.digest };
  try {
    const stored = await readStoredArtifact(
      options,
      {
        service: { namespace: row.namespace, name: row.service },
        environment: row.environment,
        artifactId: row.artifact_id,
      },
      signal,
    );
    if (!('refusal' in stored)) {
      return { artifact: stored.artifact, digest: stored.digest };
    }
    const { code, message } = stored.refusal;
    return ['missing', 'invalid'].includes(code)
      ? { gone: message }
      : { unknown: message };
  } catch (error) {
    return {
      unknown: `The artifact store can't be read now: ${
        isError(error) ? error.message : 'unknown error'
      }`,
    };
  }
}
