import { ConfigReader } from '@backstage/config';
import { readTrafficConfig } from './readTrafficConfig';

const read = (linkTraffic: unknown) =>
  readTrafficConfig(
    new ConfigReader({ groundControl: { linkTraffic } } as never),
  );

const PROMETHEUS = { type: 'prometheus', url: 'http://p:9090/', cluster: 'a' };

describe('readTrafficConfig', () => {
  it('reads all kinds, and nothing where nothing is configured', () => {
    expect(readTrafficConfig(new ConfigReader({}))).toEqual([]);
    const sources = read([
      { ...PROMETHEUS, interval: '1m' },
      {
        type: 'prometheus',
        name: 'all',
        url: 'http://p:9090',
        sourceLabel: 'cluster',
      },
      { type: 'scrape', url: 'http://p:4191/metrics', cluster: 'b' },
    ]);
    expect(sources.map(({ id, intervalMs }) => `${id} ${intervalMs}`)).toEqual([
      'prometheus/default 60000',
      'prometheus/all 30000',
      'scrape/b 15000',
    ]);
  });

  it.each([
    [[{ ...PROMETHEUS, cluster: undefined }], /\[0\] needs either cluster or/],
    [[{ ...PROMETHEUS, sourceLabel: 'c' }], /needs either cluster or/],
    [[{ ...PROMETHEUS, url: 'p:9090' }], /linkTraffic\[0\]\.url/],
    [[{ ...PROMETHEUS, token: 's3cret' }], /has token, which is not known/],
    [[{ ...PROMETHEUS, type: 'graphite' }], /linkTraffic\[0\]\.type/],
    [[PROMETHEUS, PROMETHEUS], /linkTraffic\[1\] is the second of its name/],
    [{ traffic: [] }, /linkTraffic must be of type array/],
  ])('refuses %j', (config, why) => {
    expect(() => read(config)).toThrow(why);
    expect(() => read(config)).not.toThrow(/s3cret/);
  });
});
