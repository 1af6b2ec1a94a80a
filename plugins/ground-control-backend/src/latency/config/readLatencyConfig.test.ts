import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { DAY_MS, HOUR_MS } from '../times';
import { readLatencyConfig } from './readLatencyConfig';

const read = (latency?: JsonObject) =>
  readLatencyConfig(new ConfigReader({ groundControl: { latency } }));

const scrape = { type: 'scrape', cluster: 'aws', url: 'http://host/metrics' };
const prometheus = { type: 'prometheus', url: 'https://host/prom/' };

describe('readLatencyConfig', () => {
  it('measures nothing by default', () => {
    const settings = read();
    expect(settings).toMatchObject({
      sources: [],
      baselineMs: DAY_MS,
      keep: { fivesMs: 8 * DAY_MS, hoursMs: 90 * DAY_MS },
    });
    expect(settings.thresholds.sameRegion.high).toEqual({
      times: 1.6,
      plusMs: 15,
      loss: 0.02,
    });
  });

  it('names sources by what they are, and tells twins apart', () => {
    const { sources } = read({
      sources: [
        scrape,
        { ...scrape, interval: '3s' },
        { ...scrape, profile: 'linkerd' },
        {
          ...scrape,
          profile: 'blackbox',
          target: 'gcp',
          url: 'http://h/probe?a=b',
        },
        { ...prometheus, name: 'eu', clusters: ['aws'] },
        { ...prometheus, profile: 'linkerd', cluster: 'gcp' },
      ],
    });
    expect(
      sources.map(({ id, label, intervalMs, clusters }) => [
        id,
        label,
        intervalMs,
        clusters?.join(),
      ]),
    ).toEqual([
      ['scrape/probe/aws', 'probe of aws', 5_000, 'aws'],
      ['scrape/probe/aws#2', 'probe of aws (entry 2)', 3_000, 'aws'],
      ['scrape/linkerd/aws', 'linkerd of aws', 5_000, 'aws'],
      ['scrape/blackbox/aws/gcp', 'blackbox of aws', 5_000, 'aws'],
      ['prometheus/eu', 'Prometheus eu', 15_000, 'aws'],
      ['prometheus/default', 'Prometheus default', 15_000, 'gcp'],
    ]);
  });

  it('has thresholds of its own for kinds of pairs', () => {
    const { thresholds, baselineMs } = read({
      baselineAfter: '1h',
      thresholds: {
        elevated: { times: 1.5 },
        crossProvider: { high: { plusMs: 40 } },
      },
    });
    expect(baselineMs).toBe(HOUR_MS);
    expect(thresholds.sameProvider).toEqual({
      elevated: { times: 1.5, plusMs: 5, loss: 0.005 },
      high: { times: 1.6, plusMs: 15, loss: 0.02 },
    });
    expect(thresholds.crossProvider.high.plusMs).toBe(40);
  });

  it.each<[JsonObject, string]>([
    [{ source: [] }, 'groundControl.latency has source, which is not known'],
    [
      { sources: [{ ...scrape, cluster: undefined }] },
      'groundControl.latency.sources[0].cluster is missing',
    ],
    [
      { sources: [{ ...scrape, type: 'ping' }] },
      'groundControl.latency.sources[0].type',
    ],
    [
      { sources: [{ ...scrape, url: 'host/metrics' }] },
      'sources[0].url is not a URL',
    ],
    [
      { sources: [{ ...scrape, url: 'ftp://host' }] },
      'sources[0].url must begin with http',
    ],
    [
      { sources: [{ ...scrape, url: 'http://ana:canary@host' }] },
      'sources[0].url may not contain a user or password',
    ],
    [
      { sources: [{ ...scrape, tokn: 'canary' }] },
      'sources[0] has tokn, which is not known',
    ],
    [
      {
        sources: [
          { ...scrape, authorization: { token: 'canary', tokenFile: 'x' } },
        ],
      },
      'sources[0].authorization needs one of',
    ],
    [
      { sources: [{ ...scrape, authorization: { token: 'can\nary' } }] },
      'authorization.token may not contain a line end',
    ],
    [
      { sources: [{ ...scrape, interval: '1ms' }] },
      'sources[0].interval must be one second or more',
    ],
    [
      { sources: [{ ...scrape, profile: 'blackbox' }] },
      'sources[0].target is missing',
    ],
    [
      { sources: [{ ...scrape, target: 'x' }] },
      'sources[0] has target, which only',
    ],
    [
      { sources: [{ ...prometheus, profile: 'linkerd' }] },
      'needs either cluster or sourceLabel',
    ],
    [
      {
        sources: [
          { ...prometheus, selector: 'a="b"', queries: { buckets: 'x' } },
        ],
      },
      'leave one',
    ],
    [
      { thresholds: { high: { times: 1.1 } } },
      'high may not begin below elevated',
    ],
    [
      { thresholds: { high: { loss: 2 } } },
      'groundControl.latency.thresholds.high.loss is a share',
    ],
    [{ keep: { fiveMinutes: '2 days' } }, 'fiveMinutes must be 8 days or more'],
    [{ baselineAfter: '1m' }, 'baselineAfter must be five minutes or more'],
  ])('refuses %j', (latency, why) => {
    let message = '';
    try {
      read(latency);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain(why);
    expect(message).not.toMatch(/canary/);
  });
});
