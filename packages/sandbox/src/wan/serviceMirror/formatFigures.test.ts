import {
  formatFigures,
  noFigures,
  noteFailure,
  noteSuccess,
} from './formatFigures.ts';

const LABEL = 'target_cluster_name="az-prod-1"';

function lines(change: (figures: ReturnType<typeof noFigures>) => void) {
  const figures = noFigures();
  change(figures);
  return formatFigures(new Map([['az-prod-1', figures]])).split('\n');
}

describe('the metrics of a service mirror', () => {
  it('look dead before the first probe', () => {
    const text = lines(() => {});
    expect(text).toContain(`gateway_alive{${LABEL}} 0`);
    expect(text.join('\n')).not.toContain('gateway_latency');
    expect(text.join('\n')).not.toContain('gateway_probes');
  });

  it('hide the first failures in a row, and keep the last latency', () => {
    const failing = (times: number) =>
      lines(figures => {
        noteSuccess(figures, 25.4);
        [...Array(times)].forEach(() => noteFailure(figures));
      });
    expect(failing(2)).toContain(`gateway_alive{${LABEL}} 1`);
    expect(failing(2).join('\n')).not.toContain('"false"');
    expect(failing(4)).toEqual(
      expect.arrayContaining([
        `gateway_alive{${LABEL}} 0`,
        `gateway_latency{${LABEL}} 25`,
        `gateway_probes{probe_successful="false",${LABEL}} 2`,
        `gateway_probes{probe_successful="true",${LABEL}} 1`,
      ]),
    );
  });

  it('count successes alone, by bucket', () => {
    const text = lines(figures => {
      [3.2, 25, 70_000].forEach(ms => noteSuccess(figures, ms));
      [1, 2, 3].forEach(() => noteFailure(figures));
    });
    expect(text).toEqual(
      expect.arrayContaining([
        `gateway_probe_latency_ms_bucket{${LABEL},le="2"} 0`,
        `gateway_probe_latency_ms_bucket{${LABEL},le="3"} 1`,
        `gateway_probe_latency_ms_bucket{${LABEL},le="30"} 2`,
        `gateway_probe_latency_ms_bucket{${LABEL},le="50000"} 2`,
        `gateway_probe_latency_ms_bucket{${LABEL},le="+Inf"} 3`,
        `gateway_probe_latency_ms_count{${LABEL}} 3`,
      ]),
    );
  });
});
