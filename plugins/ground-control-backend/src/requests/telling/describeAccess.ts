import {
  AccessWish,
  AskedAccess,
  formatServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { nameAll } from '../../lib/nameAll';

function nameEntry({ dnsName, kind, name, namespace, port }: AccessWish) {
  const more =
    kind === 'target'
      ? [dnsName]
      : [namespace, port === undefined ? undefined : `port ${port}`];
  const known = more.filter(Boolean);
  return known.length > 0 ? `${name} (${known.join(', ')})` : name;
}

/** Who calls what from where, and under which address. */
export function describeAccess({ address, wish }: AskedAccess): string {
  const { change, cluster, from, service } = wish;
  const what = `${nameEntry(wish)} at ${cluster}`;
  const own = formatServiceRef(service);
  const say = () => {
    if (change === 'remove') {
      return `For ${own}: all calls of ${what} through the gateway are to end`;
    }
    return from.length > 0
      ? `${own} is to call ${what} from ${nameAll(from)}`
      : `For ${own}: ${what} is to be called from outside of the mesh`;
  };
  return address === '' ? say() : `${say()}\nAddress: ${address}`;
}
