import { Layout } from '@ground-control/backstage-plugin-ground-control-node';
import { findPolicyFault } from './findPolicyFault';
import { readArtifact } from './readArtifact';
import { readPath } from './readPath';
import { readReleaseMessage } from './releaseMessage';

/** How lunarway/release-manager lays out a config repository. */
export const releaseManagerLayout: Layout = {
  id: 'release-manager',
  format: 1,
  readPath,
  formatArtifactPath: ({ environment, folder, service }) =>
    `${environment}/releases/${folder}/${service}/artifact.json`,
  formatPolicyPath: service => `policies/${service}.json`,
  // An artifact without a namespace lies in a folder named as its environment.
  readNamespace: ({ environment, folder }) =>
    folder === environment ? '' : folder,
  readMessage: readReleaseMessage,
  readArtifact,
  findPolicyFault,
};
