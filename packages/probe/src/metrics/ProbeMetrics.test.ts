import { makeTarget } from '../__testUtils__/makeTarget.ts';
import { RESULTS } from '../types.ts';
import { ProbeMetrics } from './ProbeMetrics.ts';
import { BUCKETS } from './TargetMetrics.ts';

const source = { cluster: 'a', provider: 'aws', region: 'eu-west-1' };
const LABELS =
  'source="a",target="b",source_provider="aws",target_provider="gcp"';
const NAME = 'backbone_gateway_probe';
const NOW = Date.parse('2026-11-21T12:00:00Z');

const well = (durationMs: number) => ({
  result: 'success' as const,
  durationMs,
  phases: { connect: 1, answer: durationMs - 1 },
  moments: [],
});
const refused = {
  result: 'refused' as const,
  reason: 'no',
  phase: 'connect' as const,
  elapsedMs: 1,
  phases: {},
};

let metrics: ProbeMetrics;
const b = makeTarget();
beforeEach(() => {
  metrics = new ProbeMetrics(source);
  metrics.set([b]);
});

it('shows a target that was never probed, and nothing that looks like a result', async () => {
  const text = await metrics.write();
  for (const result of RESULTS) {
    expect(text).toContain(`${NAME}s_total{${LABELS},result="${result}"} 0\n`);
  }
  expect(text).toContain(`${NAME}_interval_seconds{${LABELS}} 5\n`);
  expect(text).not.toMatch(/^backbone_gateway_probe_success\{/m);
  expect(text).not.toMatch(/last_success_timestamp_seconds\{/);
});

it('counts results, and durations of what was well', async () => {
  const series = metrics.of(b)!;
  series.ended(well(12), NOW, true);
  series.ended(well(18), NOW, true);
  series.ended(refused, NOW, true);
  const text = await metrics.write();
  const has = (line: string) => expect(text).toContain(`${line}\n`);
  has(`${NAME}s_total{${LABELS},result="success"} 2`);
  has(`${NAME}s_total{${LABELS},result="refused"} 1`);
  has(`${NAME}_success{${LABELS}} 0`);
  has(`${NAME}_last_success_timestamp_seconds{${LABELS}} ${NOW / 1_000}`);
  has(`${NAME}_duration_seconds_count{${LABELS}} 2`);
  has(`${NAME}_duration_seconds_sum{${LABELS}} 0.03`);
  has(`${NAME}_duration_seconds_bucket{le="0.01",${LABELS}} 0`);
  has(`${NAME}_duration_seconds_bucket{le="0.015",${LABELS}} 1`);
  has(`${NAME}_duration_seconds_bucket{le="0.02",${LABELS}} 2`);
  has(`${NAME}_duration_seconds_bucket{le="+Inf",${LABELS}} 2`);
  has(`${NAME}_phase_duration_seconds_count{${LABELS},phase="answer"} 2`);
  expect(text.match(/probe_duration_seconds_bucket/g)).toHaveLength(
    BUCKETS.length + 1,
  );
});

it('counts a success without a duration that is not the link’s', async () => {
  metrics.of(b)!.ended(well(12), NOW, false);
  const text = await metrics.write();
  expect(text).toContain(`${NAME}s_total{${LABELS},result="success"} 1\n`);
  expect(text).toContain(`${NAME}_duration_seconds_count{${LABELS}} 0\n`);
});

it('forgets a target that is gone, and keeps the counts of one that changed', async () => {
  const c = makeTarget({ name: 'c' });
  metrics.set([b, c]);
  metrics.of(b)!.ended(refused, NOW, true);
  metrics.of(c)!.ended(refused, NOW, true);
  metrics.set([makeTarget({ intervalMs: 1_000 })]);
  const text = await metrics.write();
  expect(text).not.toContain('target="c"');
  expect(text).toContain(`result="refused"} 1\n`);
  expect(text).toContain(`${NAME}_interval_seconds{${LABELS}} 1\n`);
  expect(text).toContain(`${NAME}_targets{origin="config"} 1\n`);
});

it('writes each head once, before all samples of the metric', async () => {
  metrics.set([b, makeTarget({ name: 'c' }), makeTarget({ name: 'd' })]);
  const text = await metrics.write();
  const heads = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name);
  expect(new Set(heads).size).toBe(heads.length);
  let current = '';
  const strays = text.split('\n').filter(line => {
    const head = /^# (?:TYPE|HELP) (\S+) /.exec(line);
    if (head) [, current] = head;
    return !head && line !== '' && !line.startsWith(current);
  });
  expect(strays).toEqual([]);
});

it('lets others run while it writes', async () => {
  const names = Array.from({ length: 500 }, (_, i) => `t${i}`);
  metrics.set(names.map(name => makeTarget({ name })));
  let turns = 0;
  let isWriting = true;
  const count = () => {
    turns += 1;
    if (isWriting) setImmediate(count);
  };
  setImmediate(count);
  const [first, second] = await Promise.all([metrics.write(), metrics.write()]);
  isWriting = false;
  expect(turns).toBeGreaterThan(5);
  expect(second).toBe(first);
});
