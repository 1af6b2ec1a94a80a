import {
  ArtifactFile,
  StoredFiles,
} from '@ground-control/backstage-plugin-ground-control-node';
import { digestFiles } from './digestFiles';
import { describeZipFault } from './zip/describeZipFault';
import { ZipFault } from './zip/types';

/** What a store answers of the files that were read from a zip. */
export function toStoredFiles(read: ArtifactFile[] | ZipFault): StoredFiles {
  return typeof read === 'string'
    ? {
        fault: describeZipFault(read),
        missing: read === 'missing' || read === 'no-environment',
      }
    : { files: read, digest: digestFiles(read) };
}

/** What a store answers where no artifact can have that name. */
export const BAD_KEY = 'The name can’t be that of an artifact.';
