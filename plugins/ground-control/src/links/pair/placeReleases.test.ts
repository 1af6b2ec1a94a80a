import { placeReleases } from './placeReleases';

const release = (releasedAt: string) => ({
  namespace: 'fx',
  name: 'rates',
  environment: 'prod',
  artifactId: null,
  releasedAt,
});

describe('placeReleases', () => {
  it('places what the axis has, its ends as well, and nothing else', () => {
    const times = ['11:59:59', '12:00:00', '12:15:00', '13:00:00', '13:00:01'];
    const placed = placeReleases(
      times.map(time => release(`2026-03-02T${time}.000Z`)),
      {
        begin: Date.parse('2026-03-02T12:00:00.000Z'),
        end: Date.parse('2026-03-02T13:00:00.000Z'),
      },
      400,
    );
    expect(
      placed.map(({ x, release: { releasedAt } }) => [
        x,
        releasedAt.slice(11, 19),
      ]),
    ).toEqual([
      [0, '12:00:00'],
      [100, '12:15:00'],
      [400, '13:00:00'],
    ]);
  });
});
