import { GatewayEntry } from '@ground-control/backstage-plugin-ground-control-common';
import { AccessForm } from './accessForm';
import { OUTSIDE } from './decideWish';

/** The form that asks for an entry of what is there without one, as it is there. */
export function adoptEntry(
  entry: Pick<
    GatewayEntry,
    'kind' | 'name' | 'namespace' | 'cluster' | 'dnsName' | 'port' | 'links'
  >,
): AccessForm {
  const { kind, name, namespace, cluster, dnsName, port, links } = entry;
  const form = { kind, name, cluster, from: links.map(({ from }) => from) };
  if (kind === 'target') return { ...form, dnsName: dnsName ?? '' };
  return {
    ...form,
    namespace: namespace ?? '',
    port: port === null ? '' : String(port),
    // An Ingress is the way in from there.
    ...(!form.from.length && { from: [OUTSIDE] }),
  };
}
