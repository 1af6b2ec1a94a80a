import { WatchedKind } from '../../clusters/types';
import { EXPORTED, MIRRORED, TRUST_ROOTS } from './labels';
import { observeCertificate } from './observeCertificate';
import { observeExported } from './observeExported';
import { observeIngress } from './observeIngress';
import { observeLink } from './observeLink';
import { observeMirrored } from './observeMirrored';
import { observeTrustRoots } from './observeTrustRoots';

/** Kinds that tell of links. No cluster needs them to be live. */
export const linkKinds: WatchedKind[] = [
  {
    id: 'links',
    group: 'multicluster.linkerd.io',
    versions: ['v1alpha3', 'v1alpha2', 'v1alpha1'],
    resource: 'links',
    needed: false,
    observe: observeLink,
  },
  {
    id: 'mirroredServices',
    group: '',
    versions: ['v1'],
    resource: 'services',
    part: 'mirrored',
    labelSelector: `${MIRRORED}=true`,
    needed: false,
    observe: observeMirrored,
  },
  {
    id: 'exportedServices',
    group: '',
    versions: ['v1'],
    resource: 'services',
    part: 'exported',
    labelSelector: `${EXPORTED},${MIRRORED}!=true`,
    needed: false,
    observe: observeExported,
  },
  {
    id: 'ingresses',
    group: 'networking.k8s.io',
    versions: ['v1'],
    resource: 'ingresses',
    needed: false,
    observe: observeIngress,
  },
  {
    id: 'certificates',
    group: 'cert-manager.io',
    versions: ['v1'],
    resource: 'certificates',
    needed: false,
    observe: observeCertificate,
  },
  {
    id: 'trustRoots',
    group: '',
    versions: ['v1'],
    resource: 'configmaps',
    part: 'trust roots',
    fieldSelector: `metadata.name=${TRUST_ROOTS}`,
    needed: false,
    observe: observeTrustRoots,
  },
];
