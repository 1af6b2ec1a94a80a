import type { LinkState } from '../linkerd/Links.ts';
import { Traffic } from './Traffic.ts';
import type { TrafficView } from './Traffic.ts';

const link: LinkState = {
  from: 'aws-prod-1',
  to: 'az-prod-1',
  port: 1,
  mode: 'well',
  loss: 0,
  addMs: 0,
  broken: [],
};

function view(links: LinkState[] = [link]): TrafficView {
  return {
    cluster: 'aws-prod-1',
    links,
    callers: [...Array(20).keys()].map(index => ({
      namespace: 'banking',
      name: `caller-${index}`,
    })),
    mirrored: () =>
      [...Array(10).keys()].map(index => ({
        namespace: 'cards',
        name: `called-${index}`,
      })),
  };
}

function total(text: string, name: string, label = ''): number {
  return text
    .split('\n')
    .filter(line => line.startsWith(`${name}{`) && line.includes(label))
    .reduce((sum, line) => sum + Number(line.split(' ')[1]), 0);
}

describe('traffic over links', () => {
  it('grows with time, by the same callers', () => {
    const traffic = new Traffic(1);
    const first = traffic.read(view(), 0);
    const later = traffic.read(view(), 600_000);
    const names = (text: string) => text.replace(/} \d+$/gm, '}');
    expect(names(later)).toBe(names(first));
    expect(total(first, 'request_total')).toBe(0);
    expect(total(later, 'request_total')).toBeGreaterThan(100);
    expect(later).toMatch(
      /^request_total\{direction="outbound",namespace="banking",deployment="caller-\d+",dst_target_cluster="az-prod-1",dst_target_service="called-\d",dst_target_service_namespace="cards"\} \d+$/m,
    );
    expect(new Traffic(1).read(view(), 0)).toBe(first);
  });

  it('is metrics where nobody calls, too', () => {
    const text = new Traffic(1).read(view([]), 0);
    expect(text).toMatch(/^# TYPE request_total counter$/m);
    expect(text).not.toMatch(/^[a-z]/m);
  });

  it('fails while a link is down, and keeps what was', () => {
    const traffic = new Traffic(1);
    traffic.read(view(), 0);
    const well = traffic.read(view(), 600_000);
    const down = traffic.read(view([{ ...link, mode: 'down' }]), 1_200_000);
    const success = 'classification="success"';
    const failure = 'classification="failure"';
    expect(total(well, 'response_total', failure)).toBe(0);
    expect(total(down, 'response_total', success)).toBe(
      total(well, 'response_total', success),
    );
    expect(total(down, 'response_total', failure)).toBeGreaterThan(100);
  });
});
