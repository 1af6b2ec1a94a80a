import { decideSource } from './decideSource';

describe('decideSource', () => {
  it.each([
    ['user:default/ana.ruiz', 'portal'],
    ['system:auto-release', 'auto-release'],
    ['system:ingest', 'branch'],
    ['system:release-watch', 'branch'],
    ['system:auto-release-pause', 'ground-control'],
    ['system:clusters', 'clusters'],
    ['system:writer', 'ground-control'],
    ['system:external:ci', 'api'],
    ['system:plugin:catalog', 'api'],
    ['system:nobody', null],
    // Nothing of ours is called so.
    ['constructor', null],
  ])('of %s is %s', (actor, source) => {
    expect(decideSource({ actor })).toBe(source);
  });
});
