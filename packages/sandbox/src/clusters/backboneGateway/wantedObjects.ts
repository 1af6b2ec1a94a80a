import { hashNumber } from '../../lib/hash.ts';
import type { GatewayEntries } from '../../gatewayEntries/types.ts';
import type { KubeObject } from '../types.ts';
import { ingressObjects, targetService } from './gatewayObjects.ts';

/** Made by hand once, and never declared. */
const UNDECLARED = 'legacy-statements';

/** The one of the names that the seed has something happen to. */
function unlucky(seed: number, what: string, names: readonly string[]) {
  const luck = (name: string) => hashNumber(seed, what, name);
  return [...names].sort((a, b) => luck(a) - luck(b))[0];
}

/**
 * What the gateway has made of its entries in one cluster. As in life, not all
 * is as declared: one target was left out, one certificate isn't issued, and
 * something is there that nobody declared. `first` are the entries at the
 * start: what comes later all comes true.
 */
export function wantedObjects(
  cluster: string,
  entries: GatewayEntries,
  first: GatewayEntries,
  seed: number,
  now: string,
): KubeObject[] {
  const leftOut = unlucky(
    seed,
    'left out',
    first.targets.map(target => target.hostName),
  );
  const unissued = unlucky(
    seed,
    'unissued',
    first.ingress.map(entry => entry.service),
  );
  const stray = unlucky(
    seed,
    'stray',
    first.targets.map(target => target.environment),
  );
  return [
    ...entries.targets
      .filter(target => target.environment === cluster)
      .filter(target => target.hostName !== leftOut)
      .map(targetService),
    ...(cluster === stray
      ? [
          targetService({
            hostName: UNDECLARED,
            dnsName: `${UNDECLARED}.bank.example`,
            environment: cluster,
            squad: '',
          }),
        ]
      : []),
    ...entries.ingress
      .filter(entry => entry.cluster === cluster)
      .flatMap(entry => ingressObjects(entry, entry.service !== unissued, now)),
  ];
}
