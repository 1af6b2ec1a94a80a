import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { median, percentile } from '../lib/statistics.ts';
import type { Portal } from '../lib/Portal.ts';
import { READING_ALONE } from '../lib/readingAlone.ts';
import type { Context, Figure, Measurement } from '../types.ts';
import { ConfigRepository } from './writing/ConfigRepository.ts';

interface Service {
  namespace: string;
  name: string;
}

const APPROVALS = 60;
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

async function readServices(engineer: Portal): Promise<Service[]> {
  const { rows, strings } = await engineer.get('/v1/board?squad=mine');
  return rows.name.map((name: string, row: number) => ({
    name,
    namespace: strings[rows.namespace[row]] ?? '',
  }));
}

/**
 * Asks to promote a new build to production, once it is known that staging has
 * it; undefined for a service that can't be.
 */
async function ask(
  engineer: Portal,
  service: Service,
): Promise<string | undefined> {
  const released = await engineer
    .release(service.name, 'staging')
    .catch(() => undefined);
  if (!released) return undefined;
  const wishes = [{ service, environment: 'prod', intent: 'promote' }];
  for (const end = Date.now() + 15_000; Date.now() < end; await pause(100)) {
    const [preview] = await engineer.post('/v1/requests/preview', { wishes });
    if (preview.ask.allowed && preview.artifactId === released.artifactId) {
      const [{ id }] = await engineer.post('/v1/requests', {
        wishes,
        reason: 'To see how long it takes.',
        idempotencyKey: randomUUID(),
      });
      return id;
    }
  }
  return undefined;
}

/** Milliseconds from when the lead presses until the remote has the commit. */
async function timeApproval(
  lead: Portal,
  id: string,
  repository: ConfigRepository,
): Promise<number> {
  const { evidence, verdicts } = await lead.get(`/v1/requests/${id}`);
  const accepted = verdicts
    .filter(({ level }: { level: string }) => level === 'warning')
    .map(({ policy, reason }: Record<string, string>) => ({ policy, reason }));
  const { tip } = repository;
  const pressed = performance.now();
  const moved = repository.moved(tip).then(() => performance.now() - pressed);
  await lead.post(`/v1/requests/${id}/decision`, {
    decision: 'approve',
    evidence,
    accepted,
  });
  const ms = await moved;
  const [number] = await repository.requestsSince(tip);
  if (`REQ-${number}` !== id) throw new Error(`The commit isn't of ${id}`);
  return ms;
}

async function measureDeciding(context: Context): Promise<Figure[]> {
  const portal = await context.startPortal({
    name: 'bench-deciding',
    sandbox: { 'no-clusters': true },
    config: READING_ALONE,
  });
  await portal.ingested;
  await portal.waitUntilIdle(120_000);
  const engineer = await portal.as('user:default/ana.ruiz');
  const lead = await portal.as('user:default/dee.park');
  const repository = new ConfigRepository(
    join(portal.sandboxDir, 'config-repository.git'),
    [],
  );
  const services = await readServices(engineer);
  const times: number[] = [];
  for (let i = 0; i < APPROVALS; i += 1) {
    const id = await ask(engineer, services[i % services.length]);
    if (!id) continue;
    // Reading the release to staging is no part of it.
    await pause(500);
    times.push(await timeApproval(lead, id, repository));
  }
  return [
    {
      name: 'from the press of a lead to the commit on a local remote, idle, p95',
      value: percentile(times, 0.95),
      unit: 'ms',
      target: 500,
      note: `${times.length} requests; median ${median(times).toFixed(
        0,
      )} ms; deployed portal, 450 services, decided as a person does`,
    },
  ];
}

/**
 * An approval in a deployed portal: over HTTP, with permissions, leads from the
 * catalog, policies judged anew, the artifact store and the trail.
 */
export const decidingFigures: Measurement = {
  id: 'deciding',
  title: 'Deciding in a deployed portal',
  measure: measureDeciding,
};
