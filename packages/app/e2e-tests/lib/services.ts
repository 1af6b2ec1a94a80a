import { api } from './api';
import { control } from './portal';

/** A service as the API names it. */
export interface Service {
  namespace: string;
  name: string;
}

/** What stands for it in addresses of its page. */
export const formatPath = ({ namespace, name }: Service) =>
  `${namespace || '-'}/${name}`;

/** Services of the engineer's squad; each test takes another. */
const taken = new Set<string>();

async function readServices(): Promise<Service[]> {
  const { answer: board } = await api('engineer', '/v1/board?squad=mine');
  return board.rows.name.map((name: string, row: number) => ({
    name,
    namespace: board.strings[board.rows.namespace[row]] ?? '',
  }));
}

/** Whether it is known, too, that staging has the artifact. */
async function mayPromote(
  service: Service,
  artifactId: string,
): Promise<boolean> {
  const { answer } = await api('engineer', '/v1/requests/preview', {
    wishes: [{ service, environment: 'prod', intent: 'promote' }],
  });
  const [preview] = answer;
  return preview?.ask.allowed === true && preview.artifactId === artifactId;
}

/** A service with a build in staging that production lacks. */
export async function takeService(): Promise<Service> {
  for (const service of await readServices()) {
    if (taken.has(service.name)) continue;
    taken.add(service.name);
    const released = await control('build', { service: service.name })
      .then(() =>
        control('release', { service: service.name, environment: 'staging' }),
      )
      // It has no such environment.
      .catch(() => undefined);
    if (!released) continue;
    for (let tries = 0; tries < 30; tries++) {
      if (await mayPromote(service, released.artifactId)) return service;
      await new Promise(resolve => setTimeout(resolve, 500));
    }
  }
  throw new Error('No service is left that can be promoted');
}
