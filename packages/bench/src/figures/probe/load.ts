import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rest } from '../../lib/rest.ts';
import type { Context, Figure } from '../../types.ts';
import { ProbeProcess } from './ProbeProcess.ts';
import { startServers } from './startServers.ts';

const TARGETS = 500;
const INTERVAL_S = 5;
const DELAYS = [5, 20, 60, 150];
/** Everything is probed at least once and compiled before it is measured. */
const WARM_UP_S = 15;
const MEASURED_S = 45;

function makeCertificate(folder: string) {
  const tls = { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem') };
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt'],
      ...['ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'],
      ...['-keyout', tls.key, '-out', tls.cert, '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ],
    { stdio: 'ignore' },
  );
  return tls;
}

/** 500 targets every five seconds, by name, and a scrape as often. */
export async function measureLoad(
  { root, say }: Context,
  secure: boolean,
): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-probe-tls-'));
  const tls = secure ? makeCertificate(folder) : undefined;
  const servers = await startServers({ delays: DELAYS, tls });
  const name = (i: number) => `cluster-${i}`;
  const probe = await ProbeProcess.start(
    root,
    `${INTERVAL_S}s`,
    Array.from({ length: TARGETS }, (_, i) => ({
      name: name(i),
      kind: 'http' as const,
      url: `${secure ? 'https' : 'http'}://localhost:${
        servers.ports[i % DELAYS.length]
      }/ready`,
      ...(tls && { tls: { ca: tls.cert } }),
    })),
  );
  try {
    await rest(WARM_UP_S * 1_000);
    const before = await probe.scrape();
    const servedBefore = await servers.served();
    const cpu = probe.cpuSeconds();
    const startedAt = performance.now();
    let bytes = 0;
    for (let s = 0; s < MEASURED_S; s += INTERVAL_S) {
      await rest(INTERVAL_S * 1_000);
      bytes = await probe.fetchMetrics();
    }
    const cores =
      (probe.cpuSeconds() - cpu) / ((performance.now() - startedAt) / 1_000);
    const memory = probe.peakMemory();
    const after = await probe.scrape();
    const served = await servers.served();
    const sum = (metric: string, label?: string, group?: number) => {
      let total = 0;
      for (let i = group ?? 0; i < TARGETS; i += group === undefined ? 1 : 4) {
        const change =
          after(metric, name(i), label) - before(metric, name(i), label);
        total += change || 0;
      }
      return total;
    };
    const errors = DELAYS.map((_, group) => {
      const times = served[group].slice(servedBefore[group].length);
      const real = times.reduce((a, b) => a + b, 0) / times.length;
      const measured =
        sum('probe_phase_duration_seconds_sum', 'answer', group) /
        sum('probe_phase_duration_seconds_count', 'answer', group);
      return measured * 1_000 - real;
    });
    const ok = sum('probes_total', 'success');
    say(`${ok} probes, errors ${errors.map(e => e.toFixed(2)).join(', ')} ms`);
    const how = secure ? 'a fresh TLS handshake each' : 'HTTP';
    const distrusted = sum('probe_distrusted_total');
    return [
      {
        name: `${TARGETS} targets every ${INTERVAL_S} s, ${how}: processor`,
        value: cores,
        unit: 'cores',
        target: secure ? 0.45 : 0.2,
        note: `over ${MEASURED_S} s, with DNS each and a scrape of ${(
          bytes / 1e6
        ).toFixed(1)} MB every ${INTERVAL_S} s; ${ok} probes, ${sum(
          'probe_skipped_total',
        )} skipped, ${distrusted} not trusted`,
      },
      {
        name: 'its memory at the highest',
        value: memory,
        unit: 'MB',
        target: 180,
      },
      {
        name: 'meanwhile, the largest error of the mean answer at 5, 20, 60 and 150 ms',
        value: Math.max(...errors.map(Math.abs)),
        unit: 'ms',
        target: 1,
        note: errors.map(error => `${error.toFixed(2)} ms`).join(', '),
      },
    ];
  } finally {
    probe.stop();
    servers.stop();
    rmSync(folder, { recursive: true });
  }
}
