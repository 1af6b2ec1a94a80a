import { ownMishap, withArtifact } from './ownMishaps.ts';

describe('ownMishap', () => {
  it.each([
    ['of a rollout in dev', 0.001, false, false, 'crash'],
    ['of a rollout in dev, in its way', 0.045, false, false, 'unschedulable'],
    ['of a lucky rollout in dev', 0.05, false, false, undefined],
    ['of a rollout in prod', 0.001, true, false, 'crash'],
    ['of most rollouts in prod', 0.01, true, false, undefined],
    ['at the start in dev', 0.001, false, true, 'crash'],
    ['at the start in prod', 0, true, true, undefined],
  ])('%s with %d', (_, luck, guarded, atStart, kind) => {
    expect(ownMishap(luck, guarded, atStart)?.kind).toBe(kind);
  });
});

describe('withArtifact', () => {
  it('changes both annotations and the image', () => {
    const annotations = { 'lunarway.com/artifact-id': 'old', other: 'old' };
    const changed = withArtifact(
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'a', annotations },
        spec: {
          template: {
            metadata: { annotations },
            spec: { containers: [{ name: 'a', image: 'host:5000/a:old' }] },
          },
        },
      },
      'new',
    );
    const wanted = { 'lunarway.com/artifact-id': 'new', other: 'old' };
    expect(changed).toMatchObject({
      metadata: { annotations: wanted },
      spec: {
        template: {
          metadata: { annotations: wanted },
          spec: { containers: [{ image: 'host:5000/a:new' }] },
        },
      },
    });
  });
});
