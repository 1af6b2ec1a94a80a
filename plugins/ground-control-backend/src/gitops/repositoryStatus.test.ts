import { RepositoryState } from '@ground-control/backstage-plugin-ground-control-common';
import { decideRepositoryStatus } from './repositoryStatus';
import { RepositoryRow } from './types';

const NOW = 1_800_000_000_000;
const row = (changes: Partial<RepositoryRow>): RepositoryRow => ({
  repository: 'default',
  url_hash: '',
  branch: 'master',
  tip: 'a',
  position: 1_000,
  tip_committed_at: NOW - 60_000,
  remote_tip: 'a',
  remote_position: 1_000,
  state: 'fetched',
  reason: null,
  observed_at: NOW - 5_000,
  attempted_at: NOW - 5_000,
  read_at: NOW - 5_000,
  rewritten_at: null,
  fetch_wanted_at: null,
  format: 1,
  anew_since: null,
  ...changes,
});
const decide = (changes?: Partial<RepositoryRow>) =>
  decideRepositoryStatus(changes && row(changes), {
    pollIntervalMs: 10_000,
    now: NOW,
  });

describe('decideRepositoryStatus', () => {
  it('tells for a week that history was rewritten', () => {
    const day = 86_400_000;
    const at = NOW - 6 * day;
    expect(decide({ rewritten_at: at }).rewrittenAt).toBe(
      new Date(at).toISOString(),
    );
    expect(decide({ rewritten_at: NOW - 7 * day })).not.toHaveProperty(
      'rewrittenAt',
    );
  });

  it.each<[string, Partial<RepositoryRow> | undefined, RepositoryState]>([
    ['nothing is known', undefined, 'starting'],
    ['nothing was tried', { state: 'starting', observed_at: null }, 'starting'],
    ['all is read', {}, 'fresh'],
    [
      'a few commits are to be read',
      { remote_tip: 'b', remote_position: 1_003 },
      'fresh',
    ],
    [
      'many are to be read',
      { remote_tip: 'b', remote_position: 9_000 },
      'ingesting',
    ],
    [
      'the first is to be read',
      { tip: null, position: 0, remote_tip: 'b', remote_position: 1 },
      'ingesting',
    ],
    [
      'a rewritten history is read anew, however little of it is',
      { anew_since: NOW, remote_tip: 'b', remote_position: 1_001 },
      'ingesting',
    ],
    [
      'all was read anew, and is about to be noted',
      { anew_since: NOW },
      'fresh',
    ],
    ['nobody has asked for long', { observed_at: NOW - 61_000 }, 'stale'],
    ['the token expired', { state: 'forbidden', reason: 'r' }, 'forbidden'],
    [
      'the remote is away while much is to be read',
      { state: 'unreachable', remote_tip: 'b', remote_position: 9_000 },
      'unreachable',
    ],
    [
      'the repository is empty',
      { state: 'empty', tip: null, observed_at: null },
      'empty',
    ],
  ])('when %s', (_, changes, state) => {
    expect(decide(changes).state).toBe(state);
  });

  it('tells progress, and the age of what is shown', () => {
    expect(decide({ remote_tip: 'b', remote_position: 9_000 })).toMatchObject({
      progress: { done: 1_000, total: 9_000 },
      observedAt: new Date(NOW - 5_000).toISOString(),
      revision: 'a',
      position: 1_000,
    });
    // What is dropped of a rewritten history may be more than comes.
    expect(
      decide({ anew_since: NOW, remote_tip: 'b', remote_position: 50 }),
    ).toMatchObject({ progress: { done: 1_000, total: 1_000 } });
    expect(decide({})).not.toHaveProperty('progress');
    expect(decide({})).not.toHaveProperty('reason');
    expect(decide({ observed_at: NOW - 61_000 }).reason).toMatch(/too long/);
  });
});
