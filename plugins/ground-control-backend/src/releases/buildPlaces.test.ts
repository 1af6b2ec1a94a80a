import { buildPlaces } from './buildPlaces';
import { decideHolds } from './decideHolds';

const at = (minute: number) => `2026-03-02T08:0${minute}:00.000Z`;

describe('buildPlaces', () => {
  const build = (artifactId: string, builtAt: number, branch = 'master') => ({
    artifactId,
    commit: artifactId,
    branch,
    builtAt,
  });
  /** One, two and three of the main branch, and a fix that left it behind one. */
  const one = build('one', 1);
  const two = build('two', 2);
  const three = build('three', 3);
  const fix = build('fix', 4, 'fix');
  const knownTo = (history: boolean) =>
    new Map(
      [one, two, three, fix].map(known => [
        known.artifactId,
        history ? { ...known, firstIn: known } : known,
      ]),
    );

  /**
   * Where "two" is, in an environment that had one release after the other,
   * each minute one. A null is one whose artifact can't be read, or a removal.
   */
  function place(timeline: Array<string | null>, history = false) {
    const builds = knownTo(history);
    const last = timeline.at(-1);
    const [found] = buildPlaces(['prod'], 'two', {
      current: new Map(last ? [['prod', last]] : []),
      releases: timeline.map((artifact_id, i) => ({
        environment: 'prod',
        position: 10 + i,
        artifact_id,
        released_at: Date.parse(at(i)),
        replaced_at:
          i + 1 < timeline.length ? String(Date.parse(at(i + 1))) : null,
      })),
      holds: id =>
        decideHolds(
          builds.get(id) ?? { artifactId: id },
          { build: builds.get('two')! },
          'master',
        ),
    });
    const { status, since, until, inferred, currentArtifactId } = found;
    expect(currentArtifactId).toBe(last && last !== 'two' ? last : undefined);
    return [status, since, until, inferred ?? false];
  }

  it.each([
    ['nothing', [], ['never']],
    ['behind', ['one'], ['never']],
    ['itself', ['one', 'two'], ['current', at(1)]],
    ['itself again', ['two', 'one', 'two'], ['current', at(0)]],
    ['went back to itself', ['two', 'three', 'two'], ['current', at(0)]],
    ['ahead, without it', ['one', 'three'], ['contained', at(1), '', true]],
    ['ahead', ['one', 'two', 'three'], ['contained', at(1), '', true]],
    ['ahead twice', ['three', 'three'], ['contained', at(0), '', true]],
    ['rolled back', ['two', 'one'], ['past', at(0), at(1)]],
    [
      'rolled back below',
      ['two', 'three', 'one'],
      ['past', at(0), at(2), true],
    ],
    [
      'rolled back, never itself',
      ['three', 'one'],
      ['past', at(0), at(1), true],
    ],
    [
      'ahead again after a rollback',
      ['two', 'three', 'one', 'three', 'three'],
      ['contained', at(3), '', true],
    ],
    ['another branch', ['one', 'fix'], ['never']],
    ['another branch after it', ['two', 'fix'], ['past', at(0), at(1)]],
    [
      'another branch between',
      ['two', 'fix', 'three'],
      ['contained', at(2), '', true],
    ],
    ['removed', ['two', null], ['past', at(0), at(1)]],
    ['removed while ahead', ['three', null], ['past', at(0), at(1), true]],
    [
      'back after a removal',
      ['two', null, 'three'],
      ['contained', at(2), '', true],
    ],
    ['something unknown', ['two', 'elsewhere'], ['past', at(0), at(1)]],
  ] as Array<[string, Array<string | null>, any[]]>)(
    '%s',
    (_, timeline, [status, since, until, inferred = false]) => {
      const expected = [status, since, until || undefined];
      expect(place(timeline)).toEqual([...expected, inferred]);
      // What a source history knows is the same, and certain.
      expect(place(timeline, true)).toEqual([...expected, false]);
    },
  );

  it('says nothing of since when where the release isn’t read', () => {
    expect(
      buildPlaces(['dev', 'prod'], 'two', {
        current: new Map([
          ['dev', 'three'],
          ['prod', 'two'],
        ]),
        releases: [],
        holds: () => 'certain',
      }),
    ).toEqual([
      { environment: 'dev', status: 'contained', currentArtifactId: 'three' },
      { environment: 'prod', status: 'current' },
    ]);
  });
});
