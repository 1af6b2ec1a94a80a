import {
  Artifact,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import {
  ArtifactFile,
  StoredFiles,
} from '@ground-control/backstage-plugin-ground-control-node';
import { withinTime } from '../../lib/withinTime';
import { quote } from '../../lib/cleanText';
import { refuse } from './refuse';
import { Refusal, ResolveOptions } from './types';

/** What a release of an artifact would write. */
export interface StoredRelease {
  /** As its files say. */
  artifact: Artifact;
  digest: string;
  files: ArtifactFile[];
}

/**
 * A page waits for it, and gives up after eight seconds; who is the catalog's
 * to say is asked after it.
 */
const STORE_MS = 4_000;

async function readInTime(
  read: (signal: AbortSignal) => Promise<StoredFiles>,
  signal: AbortSignal | undefined,
): Promise<StoredFiles> {
  const late = new Error(
    `it did not hand out the artifact within ${STORE_MS / 1_000} seconds.`,
  );
  try {
    return await withinTime(STORE_MS, { signal, late: () => late }, read);
  } catch (error) {
    if (error !== late) throw error;
    return { missing: false, fault: late.message };
  }
}

/**
 * Reads what a release of an artifact would write, and what it says of itself.
 * What is judged is what the files say, never what was once noted of them.
 */
export async function readStoredArtifact(
  options: ResolveOptions,
  wish: { service: ServiceRef; environment: string; artifactId: string },
  signal?: AbortSignal,
): Promise<StoredRelease | { refusal: Refusal }> {
  const { layout, store } = options;
  const { service, environment, artifactId } = wish;
  const no = (code: string, message: string) => ({
    refusal: refuse(code, message),
  });
  if (!store) {
    return no(
      'not-configured',
      'No artifact store is configured, so no artifact can be released; set groundControl.artifactStore. Going back to an earlier release works without one.',
    );
  }
  const stored = await readInTime(
    either =>
      store.readFiles(
        { service: service.name, artifactId },
        { environment, signal: either },
      ),
    signal,
  );
  if ('fault' in stored) {
    return stored.missing
      ? no(
          'missing',
          `The artifact ${quote(
            artifactId,
          )} can't be released to ${environment}: ${stored.fault}`,
        )
      : no('store', `The artifact store can't be read now: ${stored.fault}`);
  }
  const description = stored.files.find(file => file.path === 'artifact.json');
  const artifact = description && layout.readArtifact(description.content);
  if (!artifact) {
    return no(
      'invalid',
      `The artifact ${quote(artifactId)} has no artifact.json. Build it again.`,
    );
  }
  if ('fault' in artifact) {
    return no(
      'invalid',
      `The artifact.json of ${quote(artifactId)} can't be used: ${
        artifact.fault
      }`,
    );
  }
  if (
    artifact.id !== artifactId ||
    artifact.service !== service.name ||
    artifact.namespace !== service.namespace
  ) {
    return no(
      'invalid',
      `The artifact ${quote(
        artifactId,
      )} says of itself that it is another one, or of another service. Build it again.`,
    );
  }
  const plan = layout.planRelease(
    layout.formatPlace(environment, service),
    stored.files,
  );
  if ('fault' in plan) {
    return no(
      'invalid',
      `The artifact ${quote(artifactId)} can't be released: ${plan.fault}`,
    );
  }
  return { artifact, digest: stored.digest, files: stored.files };
}
