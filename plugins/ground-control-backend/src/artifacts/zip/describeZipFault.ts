import { ZipFault } from './types';

const FAULTS: Record<ZipFault, string> = {
  missing: 'It is gone from the store.',
  'not-a-file':
    'It is not a file, or this backend may not read it. A symbolic link is never followed.',
  broken: 'It is not a whole zip. Upload it again.',
  'no-entry':
    'There is no artifact.json at the root of its zip. Build it again.',
  'no-environment':
    'There are no files for this environment in it. Build it again with them, or release another artifact.',
  'too-large':
    "It is larger than it may be: 1 MiB for its artifact.json, 32 MiB for the files of one environment, 64 MiB for the zip. Build it again without what doesn't belong there.",
  'bad-name':
    'There is a file in it that is a link, or whose name would lead out of the release’s folder. Build it again without that file.',
  twice: 'One of its files is in it twice. Build it again.',
};

/** What is wrong with a zip and what to do, for people. */
export function describeZipFault(fault: ZipFault): string {
  return FAULTS[fault];
}
