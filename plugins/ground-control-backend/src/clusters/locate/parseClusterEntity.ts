import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  ANNOTATION_CLUSTER_ENVIRONMENT,
  ANNOTATION_CLUSTER_PROVIDER,
  ANNOTATION_CLUSTER_REGION,
} from '@ground-control/backstage-plugin-ground-control-common';
import { parseClusterUrl } from './parseClusterUrl';
import { ClusterEntry } from './types';

const API_SERVER = 'kubernetes.io/api-server';
const AUTHORITY = 'kubernetes.io/api-server-certificate-authority';
const SKIP_TLS = 'kubernetes.io/skip-tls-verify';

/** The parts of an entity that are read. */
export const CLUSTER_FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'spec.type',
];

/** People write annotations: a word that fits a column, or none. */
function readWord(text: string | undefined): string | undefined {
  const word = text?.trim();
  return word && word.length <= 63 && !/\p{C}/u.test(word) ? word : undefined;
}

/**
 * What a Resource of type `kubernetes-cluster` says of its cluster. An address
 * that can't be used is left out, with what is wrong with it: squads edit the
 * catalog, and one bad entity may not stop the others.
 */
export function parseClusterEntity(entity: Entity): {
  entry: ClusterEntry;
  fault?: string;
} {
  const annotations = entity.metadata.annotations ?? {};
  const { name } = entity.metadata;
  const entry: ClusterEntry = {
    name,
    entityRef: stringifyEntityRef(entity),
    provider: readWord(annotations[ANNOTATION_CLUSTER_PROVIDER]),
    region: readWord(annotations[ANNOTATION_CLUSTER_REGION]),
    environment: readWord(annotations[ANNOTATION_CLUSTER_ENVIRONMENT]),
    caData: annotations[AUTHORITY],
    skipTlsVerify: annotations[SKIP_TLS] === 'true' ? true : undefined,
  };
  const address = annotations[API_SERVER];
  if (address === undefined) return { entry };
  const parsed = parseClusterUrl(address);
  if ('url' in parsed) return { entry: { ...entry, url: parsed.url } };
  return {
    entry,
    fault: `The annotation ${API_SERVER} of ${entry.entityRef} ${parsed.fault}`,
  };
}
