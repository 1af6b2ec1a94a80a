import {
  ArtifactKey,
  Layout,
} from '@ground-control/backstage-plugin-ground-control-node';
import { findArtifactFault } from './findArtifactFault';
import { describeZipFault } from './zip/describeZipFault';
import { readBufferZip } from './zip/readBufferZip';
import { readZipEntry } from './zip/readZipEntry';
import { readZipFiles } from './zip/readZipFiles';
import { MAX_DESCRIPTION, MAX_FILES } from './zip/types';

/** The description of an upload, or what is wrong with it. */
export type UploadJudgement = { description: Buffer } | { fault: string };

/**
 * Looks into an artifact before it is kept: whether it is the one that its name
 * says, and whether it could be released to each environment that it has files
 * for. Who built it is told at once, and not when somebody wants to release it.
 */
export async function judgeUpload(
  key: ArtifactKey,
  zip: Buffer,
  options: { layout: Layout; environments: string[]; signal?: AbortSignal },
): Promise<UploadJudgement> {
  const { layout, environments, signal } = options;
  const description = await readBufferZip(
    zip,
    entries =>
      readZipEntry(entries, {
        name: 'artifact.json',
        maxBytes: MAX_DESCRIPTION,
      }),
    signal,
  );
  if (typeof description === 'string') {
    return { fault: describeZipFault(description) };
  }
  const artifact = layout.readArtifact(description);
  if ('fault' in artifact) return artifact;
  const fault = findArtifactFault(key, artifact);
  if (fault) return { fault };
  for (const environment of environments) {
    const files = await readBufferZip(
      zip,
      entries =>
        readZipFiles(entries, { environment, maxBytes: MAX_FILES, signal }),
      signal,
    );
    if (files === 'no-environment') continue;
    if (typeof files === 'string') return { fault: describeZipFault(files) };
    const plan = layout.planRelease(
      layout.formatPlace(environment, {
        namespace: artifact.namespace,
        name: key.service,
      }),
      files,
    );
    if (!Array.isArray(plan)) return plan;
  }
  return { description };
}
