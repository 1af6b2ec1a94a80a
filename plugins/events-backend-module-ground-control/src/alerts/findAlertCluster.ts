import { createHmac, randomBytes } from 'node:crypto';
import { isEqual } from '../isEqual';

/** Signs nothing: what a cluster without secret is compared with. */
const NOBODYS_SECRET = randomBytes(32);

/** The name in the alert's event metadata; anybody can write one. */
function readClaim(rawBody: Buffer): string | undefined {
  try {
    const cluster = JSON.parse(rawBody.toString('utf8'))?.metadata?.cluster;
    return typeof cluster === 'string' ? cluster : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Finds which cluster sent an alert: the one that it names, if it is signed
 * with that cluster's secret over the bytes as they came. A cluster that
 * nobody configured takes as long, and is refused the same way.
 */
export function findAlertCluster(
  alert: { signature: string | string[] | undefined; rawBody: Buffer },
  secrets: ReadonlyMap<string, string>,
): string | undefined {
  const { signature, rawBody } = alert;
  const cluster = readClaim(rawBody);
  const secret = cluster === undefined ? undefined : secrets.get(cluster);
  const digest = createHmac('sha256', secret ?? NOBODYS_SECRET)
    .update(rawBody)
    .digest('hex');
  const isGenuine =
    typeof signature === 'string' && isEqual(signature, `sha256=${digest}`);
  return isGenuine && secret !== undefined ? cluster : undefined;
}
