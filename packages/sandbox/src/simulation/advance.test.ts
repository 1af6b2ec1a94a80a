import { buildCompany } from '../company/buildCompany.ts';
import { DAY, activityAt } from '../lib/calendar.ts';
import { completeOptions } from '../world/options.ts';
import { advance } from './advance.ts';
import { advanceLive, isDue, startLive } from './advanceLive.ts';
import { begin } from './begin.ts';
import { createState } from './createState.ts';
import type { ReleaseEvent, WorldEvent } from './types.ts';

const END = Date.UTC(2026, 5, 1, 12) / 1000;

function start(more: { seed?: number; releases?: number } = {}) {
  const options = completeOptions(
    { squads: 4, services: 40, days: 30, releases: 1200, end: END, ...more },
    END,
  );
  const company = buildCompany(options);
  const context = createState(company, options);
  const beginning = [...begin(context)];
  return { context, beginning, company };
}

function brief(event: WorldEvent): string {
  switch (event.type) {
    case 'build':
      return `${event.at} build ${event.service.name} ${event.build.id}`;
    case 'release':
      return `${event.at} ${event.intent.type} ${event.service.name} ${event.environment} ${event.build.id} ${event.releaser.email}`;
    default:
      return `${event.at} ${event.commit.message}`;
  }
}

const isRelease = (event: WorldEvent): event is ReleaseEvent =>
  event.type === 'release';

describe('advance', () => {
  it('gives the same events however often it is stopped and saved', () => {
    const whole = start();
    const inOne = [...advance(whole.context, END)].map(brief);
    const parts = start();
    const inParts: string[] = [];
    for (let at = END - 60 * DAY; at < END + DAY; at += 1.37 * DAY) {
      for (const event of advance(
        parts.context,
        Math.min(END, Math.round(at)),
      )) {
        inParts.push(brief(event));
      }
      // Only what survives JSON may matter.
      const saved = JSON.parse(JSON.stringify(parts.context.state));
      expect(saved).toEqual(parts.context.state);
    }
    expect(inParts).toEqual(inOne);
    expect(parts.context.state).toEqual(whole.context.state);
  });

  it('gives another history for another seed', () => {
    const one = [...advance(start().context, END)].map(brief);
    const two = [...advance(start({ seed: 2 }).context, END)].map(brief);
    expect(one).not.toEqual(two);
  });

  describe('a month', () => {
    const { context, beginning } = start();
    const events = [...beginning, ...advance(context, END)];
    const releases = events.filter(isRelease);

    it('goes forward in time and ends at its end', () => {
      const times = events.map(event => event.at);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times[times.length - 1]).toBeLessThanOrEqual(END);
      expect(context.state.at).toBe(END);
    });

    it('holds about the wanted releases, a third to the last environment', () => {
      expect(releases.length).toBeGreaterThan(900);
      expect(releases.length).toBeLessThan(1500);
      const share =
        releases.filter(r => r.environment === 'prod').length / releases.length;
      expect(share).toBeGreaterThan(0.3);
      expect(share).toBeLessThan(0.45);
    });

    it('has every intent, a few rollbacks, failed and unreleased builds', () => {
      const count = (type: string) =>
        releases.filter(release => release.intent.type === type).length;
      for (const type of ['Promote', 'AutoRelease', 'ReleaseBranch']) {
        expect(count(type)).toBeGreaterThan(20);
      }
      expect(count('ReleaseArtifact')).toBeGreaterThan(5);
      expect(count('Rollback') / releases.length).toBeGreaterThan(0.008);
      expect(count('Rollback') / releases.length).toBeLessThan(0.05);
      const released = new Set(releases.map(release => release.build.id));
      const builds = events.flatMap(e => (e.type === 'build' ? [e.build] : []));
      expect(builds.filter(b => b.tests.failed > 0).length).toBeGreaterThan(3);
      expect(builds.filter(b => !released.has(b.id)).length).toBeGreaterThan(
        20,
      );
      expect(
        builds.filter(b => b.branch !== 'master' && released.has(b.id)).length,
      ).toBeGreaterThan(3);
      const shas = builds.map(build => build.sha);
      expect(new Set(shas).size).toBeLessThan(shas.length);
      expect(new Set(builds.map(b => b.id)).size).toBe(builds.length);
    });

    it('releases only what makes sense', () => {
      const running = new Map<string, string>();
      const ran = new Map<string, Set<string>>();
      const built = new Set<string>();
      const mistakes: string[] = [];
      const check = (good: boolean, what: string, event: WorldEvent) => {
        if (!good) {
          mistakes.push(`${what}: ${brief(event)}`);
        }
      };
      for (const event of events) {
        if (event.type === 'build') {
          built.add(event.build.id);
        }
        if (!isRelease(event)) {
          continue;
        }
        const { service, environment, build, intent } = event;
        const place = `${service.name} ${environment}`;
        check(built.has(build.id), 'not built yet', event);
        check(service.environments.includes(environment), 'where', event);
        check(running.get(place) !== build.id, 'already there', event);
        check(build.tests.failed === 0, 'tests failed', event);
        if (intent.type === 'Promote') {
          const before = `${service.name} ${intent.fromEnvironment}`;
          check(running.get(before) === build.id, 'not before', event);
          check(build.branch === 'master', 'promoted a branch', event);
        }
        if (intent.type === 'Rollback') {
          check(running.get(place) === intent.leftArtifactId, 'left', event);
          check(!!ran.get(place)?.has(build.id), 'never ran there', event);
        }
        running.set(place, build.id);
        ran.set(place, (ran.get(place) ?? new Set()).add(build.id));
      }
      expect(mistakes).toEqual([]);
    });

    it('works in office hours, with a little at night', () => {
      const byPeople = releases.filter(
        r => r.intent.type !== 'AutoRelease' && r.at > END - 30 * DAY,
      );
      const quiet = byPeople.filter(r => activityAt(r.at) < 0.2);
      expect(quiet.length).toBeGreaterThan(0);
      expect(quiet.length / byPeople.length).toBeLessThan(0.2);
    });

    it('leaves every moving service in all its environments', () => {
      for (const service of context.moving) {
        const { current } = context.state.services[service.name];
        expect(Object.keys(current).sort()).toEqual(
          [...service.environments].sort(),
        );
      }
    });
  });
});

describe('advanceLive', () => {
  it('is as busy at night as in office hours, by its rate', () => {
    const { context } = start();
    // A Sunday night.
    const night = Date.UTC(2026, 5, 7, 1) / 1000;
    expect([...advance(context, night)].length).toBeGreaterThan(1000);
    const count = (rate: number, hours: number) => {
      const clock = startLive(context, night, rate);
      let releases = 0;
      for (let second = 0; second < hours * 3600; second += 5) {
        const now = context.state.at + 5;
        for (const event of advanceLive(context, clock, now)) {
          releases += isRelease(event) ? 1 : 0;
        }
      }
      return releases;
    };
    const slow = count(1, 8);
    expect(slow).toBeGreaterThan(45);
    expect(slow).toBeLessThan(170);
  });

  it('does nothing at rate 0', () => {
    const { context } = start();
    const clock = startLive(context, END, 0);
    expect(isDue(context, clock, END + 100 * DAY)).toBe(false);
    expect([...advanceLive(context, clock, END + 100 * DAY)]).toEqual([]);
  });
});
