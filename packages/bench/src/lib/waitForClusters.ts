import { SERVICE_TOKEN } from './waitForIngest.ts';

interface ClusterCounts {
  environment?: string;
  connection: { state: string };
  services: Record<string, number>;
  sync: { commitsBehind?: number };
}

/** Whether all clusters are live and nothing in them is on its way. */
function isComplete(items: ClusterCounts[]): boolean {
  return (
    items.length > 0 &&
    items.every(({ environment, connection, services, sync }) => {
      const known = Object.values(services).reduce((sum, n) => sum + n, 0);
      const open =
        services.pending +
        services['rolling-out'] +
        services.unknown +
        services.stale;
      const carries = environment !== 'platform' && environment !== undefined;
      return (
        connection.state === 'live' &&
        open === 0 &&
        (!carries || (known > 0 && sync.commitsBehind === 0))
      );
    })
  );
}

/** Asks as a service, ten times a second, until they are complete. */
export async function waitForClusters(
  url: string,
  timeoutMs: number,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  let last = '';
  while (Date.now() < end) {
    const response = await fetch(`${url}/api/ground-control/v1/clusters`, {
      headers: { authorization: `Bearer ${SERVICE_TOKEN}` },
    });
    last = await response.text();
    if (response.ok && isComplete(JSON.parse(last).items)) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`Not complete in ${timeoutMs} ms: ${last.slice(0, 2000)}`);
}
