import { buildCandidates } from './buildCandidates';

const NOW = Date.parse('2026-03-02T12:00:00Z');

describe('buildCandidates', () => {
  it.each([
    ['seen in the store', { in_store: true, built_at: 0 }, true],
    ['not seen there', { in_store: false, built_at: 0 }, false],
    ['not seen there yet', { in_store: 0, built_at: `${NOW - 60_000}` }, true],
    ['of no known time', { in_store: 0, built_at: null }, false],
  ])('says of what was %s whether it can be had', (_, row, expected) => {
    const [candidate] = buildCandidates(
      [{ artifact_id: 'a', description: '{}', branch: null, ...row }],
      { environments: [], running: new Map(), now: new Date(NOW) },
    );
    expect(candidate.stored).toBe(expected);
  });
});
