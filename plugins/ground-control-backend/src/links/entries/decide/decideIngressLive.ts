import { EntryCheckPart } from '@ground-control/backstage-plugin-ground-control-common';
import { ClusterIngress } from '../../store';
import { part } from './part';
import { EntryFacts, EntrySubject, LiveFacts } from './types';

function decideCertificate(ingress: ClusterIngress): EntryCheckPart {
  switch (ingress.certificate) {
    case 'ready':
      return part('yes', 'ingress-there', { host: ingress.hosts[0] ?? '' });
    case 'not-ready':
      return part('partly', 'certificate-not-ready', {
        message: ingress.certificateMessage ?? '',
      });
    case 'missing':
      return part('partly', 'certificate-missing');
    default:
      return part('unknown', 'certificate-unknown');
  }
}

/** What is there of an ingress: the gateway's Ingress, and its certificate. */
export function decideIngressLive(
  subject: EntrySubject,
  facts: EntryFacts,
): LiveFacts {
  const { name, namespace, cluster, port } = subject;
  const heard = facts.heard(cluster);
  const ingress = facts.ingress(cluster, namespace, name);
  const host = ingress?.hosts[0];
  const decide = () => {
    if (!heard) return part('unknown', 'cluster-not-known', { cluster });
    if (!heard.ingresses) {
      return part('unknown', 'cluster-not-heard', { clusters: cluster });
    }
    if (!ingress) return part('no', 'no-ingress', { cluster });
    const isOther =
      port !== null && ingress.port !== null && ingress.port !== port;
    return isOther
      ? part('partly', 'other-port', { port: ingress.port! })
      : decideCertificate(ingress);
  };
  // Where the service is exported as well, it is called over links too.
  const mirroredIn = facts
    .mirrored({ target: cluster, service: name, namespace })
    .filter(row => row.state === 'mirrored')
    .map(row => row.cluster);
  return {
    part: decide(),
    address: host ? `https://${host}` : '',
    mirroredIn,
  };
}
