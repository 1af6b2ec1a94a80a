import type { Company } from '../company/types.ts';
import { DAY, HOUR, activityBetween } from '../lib/calendar.ts';
import { hash, hashNumber } from '../lib/hash.ts';
import { Random } from '../lib/random.ts';
import { cadenceOf, createContext } from './context.ts';
import type { Context } from './context.ts';
import { firstEntries } from '../gatewayEntries/makeEntries.ts';
import { nextArrival } from './advance.ts';
import { plan } from './queue.ts';
import type { ServiceState, SimulationState } from './types.ts';

/**
 * How many releases come of one build, found by counting worlds: fewer where
 * builds follow one another fast, because a promotion takes only the newest.
 */
function releasesPerBuild(perServiceAndDay: number, environments: number) {
  const measured =
    2.22 - 0.12 * Math.log(Math.max(0.01, perServiceAndDay) / 0.2);
  return (Math.min(2.4, measured) * environments) / 2.47;
}

/** In a busy hour of the reference company; a small one has some as well. */
const HAPPENINGS = 0.55;
/** The tail: when the services that stand at the beginning were released. */
const TAIL = 30 * DAY;

function createServiceState(
  company: Company,
  service: Company['services'][number],
): ServiceState {
  const roll = (what: string) => hashNumber(company.seed, service.name, what);
  return {
    count: 20 + Math.floor(roll('count') * 900),
    configuration: 0,
    tests: 20 + Math.floor(roll('tests') * 600),
    vulnerabilities: {
      high: roll('high') < 0.15 ? 1 : 0,
      medium: Math.floor(roll('medium') * 6),
      low: Math.floor(roll('low') * 20),
    },
    builds: [],
    current: {},
    earlier: {},
    bad: [],
    source: { branches: {} },
    policies: {
      service: service.name,
      autoReleases: service.autoReleases.map(environment => ({
        branch: 'master',
        environment,
      })),
      branchRestrictions: service.branchRestrictions.map(entry => ({
        ...entry,
      })),
    },
  };
}

/** The moment of the very first commit. */
export function beginningOf(options: { end: number; days: number }): number {
  return options.end - options.days * DAY - TAIL - HOUR;
}

/**
 * A company at the beginning of its history. Every service's first build lies
 * in the tail before the days of full history, so that each stands in its
 * environments when those begin.
 */
export function createState(
  company: Company,
  options: { end: number; days: number; releases: number },
): Context {
  const { seed, environments } = company;
  const start = options.end - options.days * DAY;
  const beginning = beginningOf(options);
  const repositoryServices = company.services.filter(s => s.inRepository);
  const moving = repositoryServices.filter(s => !s.dormant);
  const inTail = moving.reduce((sum, s) => sum + s.environments.length, 0);
  const wanted = Math.max(0, options.releases - inTail);
  const builds =
    moving.length === 0
      ? 0
      : wanted /
        releasesPerBuild(
          wanted / moving.length / options.days,
          inTail / moving.length,
        );
  const languages = new Set(repositoryServices.map(s => s.language));

  const state: SimulationState = {
    at: beginning,
    random: Random.fromSeed(`world/${seed}/${environments.join()}`).state,
    sequence: 0,
    queue: [],
    nextBuildAt: 0,
    nextHappeningAt: 0,
    buildsPerHour: builds / activityBetween(start, options.end),
    happeningsPerHour:
      HAPPENINGS * Math.max(0.3, company.services.length / 450),
    plans: Object.fromEntries(
      [...languages].map(language => [
        language,
        { sha: hash(seed, 'plan', language), changedAt: beginning },
      ]),
    ),
    services: Object.fromEntries(
      repositoryServices.map(s => [s.name, createServiceState(company, s)]),
    ),
    gateway: firstEntries(company),
  };
  const context = createContext(company, state);
  for (const service of moving) {
    const age = Math.min(
      context.random.exponential(cadenceOf(context, service)) + 2 * DAY,
      TAIL * (0.5 + context.random.next() / 2),
    );
    plan(state, {
      kind: 'first-build',
      at: Math.round(start - age),
      service: service.name,
    });
  }
  state.nextBuildAt = nextArrival(context, start, state.buildsPerHour);
  state.nextHappeningAt = nextArrival(
    context,
    beginning + HOUR,
    state.happeningsPerHour,
  );
  return context;
}
