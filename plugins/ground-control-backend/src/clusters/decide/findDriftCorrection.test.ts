import { decideServiceState } from './decideServiceState';
import { factsOf, ServiceCase } from './__testUtils__/serviceFacts';

describe('drift that Flux put right', () => {
  const at = (minute: number) =>
    `2026-03-02T09:${String(minute).padStart(2, '0')}:00Z`;
  const configured = (minute: number, position = 12) => ({
    at: at(minute),
    position,
    reason: 'Progressing',
    message: 'Deployment/payments/ledger-api configured',
  });
  const correctedAt = (given: ServiceCase) =>
    decideServiceState(factsOf(given)).driftCorrectedAt;

  it('is a difference at a commit that was applied before', () => {
    expect(
      correctedAt({
        kustomization: { firstAppliedAt: at(1) },
        events: [configured(1), configured(5)],
      }),
    ).toBe(Date.parse(at(5)));
    expect(
      correctedAt({
        events: [{ at: at(2), position: 12 }, configured(4)],
      }),
    ).toBe(Date.parse(at(4)));
  });

  it('is not what applying a new commit changes', () => {
    expect(correctedAt({ events: [configured(1)] })).toBeUndefined();
    expect(
      correctedAt({
        kustomization: { firstAppliedAt: at(2) },
        events: [configured(1), configured(5, 11)],
      }),
    ).toBeUndefined();
  });

  it('is not what a rollback changes, to what was applied before it', () => {
    expect(
      correctedAt({
        kustomization: { firstAppliedAt: '2001-01-01T00:00:00Z' },
        events: [configured(5)],
      }),
    ).toBeUndefined();
  });

  it('stays known when its event is gone, until the next release', () => {
    const before = { driftCorrectedAt: 5 };
    expect(correctedAt({ before })).toBe(5);
    expect(
      correctedAt({ before: { ...before, releasePosition: 9 } }),
    ).toBeUndefined();
  });
});
