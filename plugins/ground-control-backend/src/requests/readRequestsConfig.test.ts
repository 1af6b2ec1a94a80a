import { ConfigReader } from '@backstage/config';
import { readRequestsConfig } from './readRequestsConfig';

const HOUR_MS = 3_600_000;
const read = (config: object) =>
  readRequestsConfig(new ConfigReader(config as never), ['dev', 'prod']);

describe('readRequestsConfig', () => {
  it('needs nothing', () => {
    for (const settings of [
      read({}),
      readRequestsConfig(undefined, ['dev', 'prod']),
    ]) {
      expect(settings.trustedLocations).toBeUndefined();
      expect(settings.expireAfterMs('prod')).toBe(24 * HOUR_MS);
      expect(settings.expireAfterMs('dev')).toBe(72 * HOUR_MS);
      expect(settings.expireHeldAfterMs).toBe(7 * 24 * HOUR_MS);
    }
  });

  it('takes what is configured', () => {
    const settings = read({
      platformEngineers: 'Group:Platform',
      requests: {
        trustedLocations: ['url:https://git.example.com/people/'],
        emailDomain: 'example.com',
        expireAfter: { prod: '2h', dev: { days: 1 } },
        expireHeldAfter: '48h',
        tellOverrides: { prod: 'Group:releases-prod' },
      },
    });
    expect(settings).toMatchObject({
      platformEngineers: 'group:default/platform',
      trustedLocations: ['url:https://git.example.com/people/'],
      emailDomain: 'example.com',
      expireHeldAfterMs: 48 * HOUR_MS,
    });
    expect(settings.toldOfOverrides('prod')).toBe(
      'group:default/releases-prod',
    );
    expect(settings.toldOfOverrides('dev')).toBeUndefined();
    expect(settings.expireAfterMs('prod')).toBe(2 * HOUR_MS);
    expect(settings.expireAfterMs('dev')).toBe(24 * HOUR_MS);
  });

  it.each([
    [{ expireAfter: { qa: '1h' } }, /names "qa", which/],
    [{ expireAfter: { prod: 'soon' } }, /expireAfter\.prod is not a length/],
    [
      { tellOverrides: { qa: 'group:default/x' } },
      /tellOverrides names "qa", which/,
    ],
    [{ tellOverrides: { prod: '#releases' } }, /prod is not an entity ref/],
    [{ emailDomain: 'a b<c>' }, /emailDomain is not the name of a domain/],
  ])('says what is wrong with %j', (requests, message) => {
    expect(() => read({ requests })).toThrow(message);
  });

  it('says that a Group of platform engineers isn’t an entity ref', () => {
    expect(() => read({ platformEngineers: 'platform' })).toThrow(
      'groundControl.platformEngineers is not an entity ref; write one such as group:default/platform-engineers',
    );
  });
});
