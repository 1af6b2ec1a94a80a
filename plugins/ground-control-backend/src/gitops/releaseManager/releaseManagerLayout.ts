import { Layout } from '@ground-control/backstage-plugin-ground-control-node';
import { findPolicyFault } from './findPolicyFault';
import {
  formatKustomizationPath,
  formatPlace,
  formatReleaseFolder,
  readNamespace,
} from './places';
import { planRelease } from './planRelease';
import { planRollback } from './planRollback';
import { readArtifact } from './readArtifact';
import { readPath } from './readPath';
import { formatReleaseMessage, readReleaseMessage } from './releaseMessage';
import { formatPolicies, readPolicies } from './servicePolicies';

/** How lunarway/release-manager lays out a config repository. */
export const releaseManagerLayout: Layout = {
  id: 'release-manager',
  format: 2,
  readPath,
  formatArtifactPath: place => `${formatReleaseFolder(place)}/artifact.json`,
  formatPolicyPath: service => `policies/${service}.json`,
  readNamespace,
  readMessage: readReleaseMessage,
  readArtifact,
  findPolicyFault,
  formatPlace,
  formatReleaseFolder,
  formatOtherPaths: place => [formatKustomizationPath(place)],
  planRelease,
  planRollback,
  formatReleaseMessage,
  readPolicies,
  formatPolicies,
};
