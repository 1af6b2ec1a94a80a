import { buildActivity, CommitRow, TouchRow } from './buildActivity';

const commit: CommitRow = {
  position: 1,
  revision: 'a'.repeat(40),
  kind: 'release',
  committed_at: 0,
  title: '[qa/ledger-api] release x-1 by Ana',
  by_name: 'Ana',
  by_email: '',
  only_looks_like_release: false,
  unknown_environment: 'qa',
};
const touch = (row: Partial<TouchRow> = {}): TouchRow => ({
  position: 1,
  environment: 'prod',
  namespace: '',
  service: 'ledger-api',
  squad_ref: 'group:default/ledger',
  in_catalog: true,
  squad_in_catalog: 'group:default/ledger',
  ...row,
});
const lacking = (row: Partial<TouchRow>, catalogRead = true) =>
  buildActivity(commit, [touch(row)], { catalogRead }).services[0].notInCatalog;

describe('buildActivity', () => {
  it('says what of a service the catalog lacks', () => {
    expect(lacking({})).toBeUndefined();
    expect(lacking({ in_catalog: 0 })).toBe('service');
    expect(lacking({ squad_in_catalog: null })).toBe('squad');
    expect(lacking({ in_catalog: 0, squad_in_catalog: null })).toBe('service');
    // Without a squad there is none that could lack.
    expect(
      lacking({ squad_ref: null, squad_in_catalog: null }),
    ).toBeUndefined();
    // Of a catalog that was never read nothing is said.
    expect(lacking({ in_catalog: 0 }, false)).toBeUndefined();
  });

  it('tells a release to an environment that is not configured as one', () => {
    const kindOf = (row: Partial<CommitRow>) =>
      buildActivity({ ...commit, ...row }, [], { catalogRead: true }).kind;
    expect(kindOf({ kind: 'other' })).toBe('release');
    expect(kindOf({ kind: 'other', unknown_environment: null })).toBe('other');
    // What else it did is said first, as of any other release.
    expect(kindOf({ kind: 'policy' })).toBe('policy');
  });

  it('names an environment that is not configured where it shows the title', () => {
    const read = (withholdTitle: boolean) =>
      buildActivity(commit, [], { catalogRead: true, withholdTitle });
    expect(read(false)).toHaveProperty('unknownEnvironment', 'qa');
    expect(read(true)).not.toHaveProperty('unknownEnvironment');
  });
});
