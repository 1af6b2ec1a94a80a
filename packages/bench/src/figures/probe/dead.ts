import { rest } from '../../lib/rest.ts';
import type { Context, Figure } from '../../types.ts';
import { ProbeProcess } from './ProbeProcess.ts';
import { startServers } from './startServers.ts';

const INTERVAL_S = 2;
/** The agent's default. */
const DEADLINE_S = 3;
/** The look that sees it. */
const LOOK_S = 0.1;

async function timeUntilFailed(
  probe: ProbeProcess,
  since: number,
): Promise<number> {
  while ((await probe.scrape())('probe_success', 'dead') !== 0) {
    if (performance.now() - since > 60_000) return NaN;
    await rest(LOOK_S * 1_000);
  }
  return (performance.now() - since) / 1_000;
}

/** From the death of a target to the page that says so. */
export async function measureDead({ root }: Context): Promise<Figure[]> {
  const times: Record<string, number[]> = { refuses: [], 'is silent': [] };
  for (let round = 0; round < 3; round++) {
    const [well, silent] = await Promise.all([
      startServers({ delays: [5] }),
      startServers({ delays: [null] }),
    ]);
    for (const how of Object.keys(times)) {
      const port = how === 'refuses' ? well.ports[0] : silent.ports[0];
      const probe = await ProbeProcess.start(root, `${INTERVAL_S}s`, [
        { name: 'dead', kind: 'http', url: `http://127.0.0.1:${port}/ready` },
      ]);
      let since = performance.now();
      if (how === 'refuses') {
        while ((await probe.scrape())('probe_success', 'dead') !== 1) {
          await rest(20);
        }
        // At any moment between two probes.
        await rest(Math.random() * INTERVAL_S * 1_000);
        since = performance.now();
        well.stop();
      }
      times[how].push(await timeUntilFailed(probe, since));
      probe.stop();
    }
    silent.stop();
  }
  return Object.entries(times).map(([how, seconds]) => ({
    name: `a target that ${how}, until it is shown as failed`,
    value: Math.max(...seconds),
    unit: 's',
    target: INTERVAL_S + DEADLINE_S + LOOK_S,
    note: `interval ${INTERVAL_S} s, deadline ${DEADLINE_S} s, a look every ${LOOK_S} s; longest of ${seconds.length}`,
  }));
}
