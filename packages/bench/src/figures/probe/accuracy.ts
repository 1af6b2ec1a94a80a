import { percentile } from '../../lib/statistics.ts';
import { rest } from '../../lib/rest.ts';
import type { Context, Figure } from '../../types.ts';
import { ProbeProcess, type Scrape } from './ProbeProcess.ts';
import { startServers } from './startServers.ts';

const DELAYS = [5, 20, 60, 150];
const MEASURED_MS = 40_000;
/** The first ones are made while code is still being compiled. */
const WARM_UP = 10;

const name = (delay: number) => `after-${delay}`;

const read = (scrape: Scrape, delay: number) => ({
  probes: scrape('probes_total', name(delay), 'success'),
  count: scrape('probe_phase_duration_seconds_count', name(delay), 'answer'),
  sum: scrape('probe_phase_duration_seconds_sum', name(delay), 'answer'),
});

/**
 * Single samples against what the server says of the same request. The sum of
 * a histogram that grew by one sample tells that sample.
 */
export async function measureAccuracy({ root }: Context): Promise<Figure[]> {
  const servers = await startServers({ delays: DELAYS });
  const probe = await ProbeProcess.start(
    root,
    '500ms',
    DELAYS.map((delay, i) => ({
      name: name(delay),
      kind: 'http' as const,
      url: `http://127.0.0.1:${servers.ports[i]}/ready`,
    })),
  );
  try {
    const samples = DELAYS.map(() => new Map<number, number>());
    const until = performance.now() + MEASURED_MS;
    let last = await probe.scrape();
    while (performance.now() < until) {
      await rest(50);
      const next = await probe.scrape();
      for (const [i, delay] of DELAYS.entries()) {
        const [a, b] = [read(last, delay), read(next, delay)];
        if (b.probes - a.probes === 1 && b.count - a.count === 1) {
          samples[i].set(b.probes - 1, (b.sum - a.sum) * 1_000);
        }
      }
      last = next;
    }
    const served = await servers.served();
    return DELAYS.map((delay, i) => {
      const errors = [...samples[i]]
        .filter(([index]) => index >= WARM_UP)
        .map(([index, measured]) => Math.abs(measured - served[i][index]));
      return {
        name: `a known delay of ${delay} ms: error of a sample, p95`,
        value: percentile(errors, 0.95),
        unit: 'ms' as const,
        target: Math.max(1, delay * 0.02),
        note: `${errors.length} samples; median ${percentile(
          errors,
          0.5,
        ).toFixed(2)} ms; the answer alone`,
      };
    });
  } finally {
    probe.stop();
    servers.stop();
  }
}
