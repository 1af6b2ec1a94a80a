import { KustomizationOptions } from '../__testUtils__/objects';
import { decideServiceState } from './decideServiceState';
import { factsOf, ServiceCase } from './__testUtils__/serviceFacts';

describe('what blocks it', () => {
  const blockerOf = (given: ServiceCase) =>
    decideServiceState(factsOf(given)).blockedBy;
  const waiting = {
    applied: 9,
    ready: 'False',
    reason: 'DependencyNotReady',
    dependsOn: ['a'],
  } as const;

  it('is the first ancestor that is suspended or fails', () => {
    const others: KustomizationOptions[] = [
      {
        name: 'a',
        path: 'a',
        ready: 'False',
        reason: 'DependencyNotReady',
        dependsOn: ['b'],
      },
      { name: 'b', path: 'b', suspend: true },
    ];
    expect(blockerOf({ kustomization: waiting, others })).toEqual({
      kind: 'Kustomization',
      namespace: 'flux-system',
      name: 'b',
      why: 'suspended',
    });
  });

  it('is what fails, in its words', () => {
    const others: KustomizationOptions[] = [
      {
        name: 'a',
        path: 'a',
        ready: 'False',
        reason: 'BuildFailed',
        message: 'kustomization.yaml is missing',
      },
    ];
    expect(blockerOf({ kustomization: waiting, others })).toMatchObject({
      name: 'a',
      why: 'kustomization.yaml is missing',
    });
  });

  it('is a dependency that is not there', () => {
    expect(blockerOf({ kustomization: waiting })).toMatchObject({
      name: 'a',
      why: 'is not in the cluster',
    });
  });

  it('is a source that is suspended, or fails', () => {
    const behind = { applied: 9 };
    expect(
      blockerOf({ kustomization: behind, source: { at: 9, suspend: true } }),
    ).toEqual({
      kind: 'GitRepository',
      namespace: 'flux-system',
      name: 'flux-system',
      why: 'suspended',
    });
    expect(
      blockerOf({
        kustomization: behind,
        source: {
          at: 9,
          ready: 'False',
          reason: 'GitOperationFailed',
          message: 'no route to host',
        },
      }),
    ).toMatchObject({ why: 'no route to host' });
  });

  it('is the owner, where it has not made the Kustomization', () => {
    const others = [
      { name: 'flux-system', path: 'clusters/prod', suspend: true },
    ];
    expect(blockerOf({ kustomization: null, others })).toMatchObject({
      name: 'flux-system',
      why: 'suspended',
    });
    // One that is there is applied whatever becomes of its owner.
    expect(
      blockerOf({ kustomization: { applied: 9 }, others }),
    ).toBeUndefined();
  });

  it('is found though dependencies go in circles', () => {
    const others: KustomizationOptions[] = [
      { name: 'a', path: 'a', dependsOn: ['b', 'ledger-api'] },
      { name: 'b', path: 'b', dependsOn: ['a', 'b'], owner: 'b' },
    ];
    expect(
      blockerOf({
        kustomization: waiting,
        others: [
          ...others,
          { name: 'flux-system', path: 'clusters/prod', suspend: true },
        ],
      }),
    ).toMatchObject({ name: 'flux-system', why: 'suspended' });
    expect(
      blockerOf({
        kustomization: waiting,
        others: [...others, { name: 'flux-system', path: 'clusters/prod' }],
      }),
    ).toBeUndefined();
  });

  it('is nothing where the release has arrived', () => {
    expect(
      blockerOf({
        kustomization: { ...waiting, applied: 12 },
        before: { state: 'reconciled' },
      }),
    ).toBeUndefined();
  });
});
