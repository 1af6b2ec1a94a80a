import { buildPlaces } from './buildPlaces';

const at = (minute: number) => `2026-03-02T08:0${minute}:00.000Z`;
const row = (environment: string, from: number, until?: number) => ({
  environment,
  released_at: Date.parse(at(from)),
  replaced_at: until === undefined ? null : String(Date.parse(at(until))),
});

describe('buildPlaces', () => {
  const places = (current: Record<string, string>, ...rows: any[]) =>
    buildPlaces(['dev', 'prod'], 'a', new Map(Object.entries(current)), rows);

  it('never was anywhere', () => {
    expect(places({ dev: 'b' })).toEqual([
      { environment: 'dev', status: 'never', currentArtifactId: 'b' },
      { environment: 'prod', status: 'never' },
    ]);
  });

  it('is here since it first came, and was there until it last left', () => {
    expect(
      places(
        { dev: 'a', prod: 'b' },
        row('dev', 1, 2),
        row('dev', 3),
        row('prod', 4, 5),
        row('prod', 6, 7),
      ),
    ).toEqual([
      { environment: 'dev', status: 'current', since: at(1) },
      {
        environment: 'prod',
        status: 'past',
        since: at(4),
        until: at(7),
        currentArtifactId: 'b',
      },
    ]);
  });

  it('is past where the service was removed', () => {
    expect(places({}, row('dev', 1, 2))[0]).toEqual({
      environment: 'dev',
      status: 'past',
      since: at(1),
      until: at(2),
    });
  });
});
