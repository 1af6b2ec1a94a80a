import { MirrorFiles } from '../../../../gitops/MirrorFiles';
import { WritingOptions } from '../../../../requests/writing/types';
import { AccessWriter } from '../AccessWriter';

export const PATH = 'backbone-gateway/shuttle.yaml';

/** One that writes access with what a test's process writes releases with. */
export function makeAccessWriter(options: WritingOptions): AccessWriter {
  return new AccessWriter({
    ...options,
    now: options.now ?? Date.now,
    files: new MirrorFiles(options.mirror),
    gateway: { path: PATH, namespace: 'backbone-gateway' },
  });
}
