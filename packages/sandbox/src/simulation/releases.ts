import type { Service } from '../company/types.ts';
import type { Identity, Intent } from '../format/types.ts';
import { DAY, HOUR, nextOfficeTime } from '../lib/calendar.ts';
import { cadenceOf, findBuild, identityOf } from './context.ts';
import type { Context } from './context.ts';
import { plan } from './queue.ts';
import type { Build, Planned, ReleaseEvent } from './types.ts';

const ROLLED_BACK_IN_LAST = 0.052;
const ROLLED_BACK_BEFORE = 0.012;

function clamp(low: number, value: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** Sometimes late work goes on at night; usually it waits for the office. */
function atWork(context: Context, at: number): number {
  if (context.random.chance(0.04)) {
    return at;
  }
  const open = nextOfficeTime(at);
  return open === at ? at : open + context.random.integer(0, 3 * HOUR);
}

function pickReleaser(
  context: Context,
  service: Service,
  build: Build,
): Identity {
  const { random } = context;
  if (random.chance(0.62)) {
    return build.author;
  }
  const people = random.chance(0.4)
    ? service.squad.leads
    : service.squad.members;
  return identityOf(random.pick(people));
}

/** Plans the promotion to the next environment: soon for busy services. */
function planPromotion(
  context: Context,
  service: Service,
  environment: string,
  at: number,
): void {
  const { random, state } = context;
  const index = service.environments.indexOf(environment);
  const next = service.environments[index + 1];
  if (next === undefined) {
    return;
  }
  const isLast = index + 2 === service.environments.length;
  const cadence = cadenceOf(context, service);
  const wait = random.chance(0.06)
    ? random.integer(20, 90) * 60
    : clamp(
        15 * 60,
        cadence * (isLast ? 0.1 : 0.05) * (0.4 + random.next()),
        isLast ? 1.2 * DAY : 6 * HOUR,
      );
  plan(state, {
    kind: 'promote',
    at: atWork(context, Math.round(at + wait)),
    service: service.name,
    environment: next,
  });
}

function planTrouble(
  context: Context,
  service: Service,
  environment: string,
  build: Build,
  at: number,
): boolean {
  const { random, state } = context;
  const isLast =
    environment === service.environments[service.environments.length - 1];
  const own = state.services[service.name];
  if (
    !own.earlier[environment]?.length ||
    !random.chance(isLast ? ROLLED_BACK_IN_LAST : ROLLED_BACK_BEFORE)
  ) {
    return false;
  }
  plan(state, {
    kind: 'rollback',
    at: at + random.integer(8, 90) * 60,
    service: service.name,
    environment,
    buildId: build.id,
  });
  return true;
}

/** Records a release, and plans what follows from it. */
export function release(
  context: Context,
  service: Service,
  environment: string,
  build: Build,
  intent: Intent,
  at: number,
  releaser?: Identity,
): ReleaseEvent {
  const own = context.state.services[service.name];
  const left = own.current[environment];
  if (left !== undefined) {
    own.earlier[environment] = [
      left,
      ...(own.earlier[environment] ?? []),
    ].slice(0, 4);
  }
  own.current[environment] = build.id;
  if (intent.type !== 'Rollback') {
    const trouble = planTrouble(context, service, environment, build, at);
    if (!trouble && build.branch === 'master') {
      planPromotion(context, service, environment, at);
    }
  }
  return {
    type: 'release',
    at,
    service,
    environment,
    build,
    intent,
    releaser: releaser ?? pickReleaser(context, service, build),
  };
}

/** Promotes what the environment before runs, if that makes sense. */
function promote(
  context: Context,
  service: Service,
  environment: string,
  at: number,
): ReleaseEvent | undefined {
  const own = context.state.services[service.name];
  const index = service.environments.indexOf(environment);
  const fromEnvironment = service.environments[index - 1];
  const build = findBuild(own, own.current[fromEnvironment]);
  if (
    !build ||
    build.branch !== 'master' ||
    own.bad.includes(build.id) ||
    own.current[environment] === build.id
  ) {
    return undefined;
  }
  const intent: Intent = context.random.chance(0.88)
    ? { type: 'Promote', fromEnvironment }
    : { type: 'ReleaseArtifact' };
  return release(context, service, environment, build, intent, at);
}

function rollBack(
  context: Context,
  service: Service,
  environment: string,
  buildId: string,
  at: number,
): ReleaseEvent | undefined {
  const { state, random } = context;
  const own = state.services[service.name];
  const build = own.earlier[environment]
    ?.map(id => findBuild(own, id))
    .find(earlier => earlier && !own.bad.includes(earlier.id));
  if (own.current[environment] !== buildId || !build || build.id === buildId) {
    return undefined;
  }
  own.bad = [buildId, ...own.bad].slice(0, 5);
  plan(state, {
    kind: 'fix',
    at: atWork(context, at + random.integer(1, 4) * HOUR),
    service: service.name,
  });
  const releaser = identityOf(random.pick(service.squad.members));
  const intent: Intent = { type: 'Rollback', leftArtifactId: buildId };
  return release(context, service, environment, build, intent, at, releaser);
}

/** Does a planned release; nothing if it has become pointless. */
export function doPlannedRelease(
  context: Context,
  item: Planned,
  at: number,
): ReleaseEvent | undefined {
  const service = context.byName.get(item.service)!;
  const own = context.state.services[service.name];
  switch (item.kind) {
    case 'promote':
      return promote(context, service, item.environment, at);
    case 'rollback':
      return rollBack(context, service, item.environment, item.buildId, at);
    case 'auto-release':
    case 'release': {
      const build = findBuild(own, item.buildId);
      if (!build || own.current[item.environment] === build.id) {
        return undefined;
      }
      if (item.kind === 'auto-release') {
        const intent: Intent = { type: 'AutoRelease' };
        return release(
          context,
          service,
          item.environment,
          build,
          intent,
          at,
          build.author,
        );
      }
      const intent: Intent = context.random.chance(0.6)
        ? { type: 'ReleaseBranch', branch: build.branch }
        : { type: 'ReleaseArtifact' };
      return release(context, service, item.environment, build, intent, at);
    }
    default:
      return undefined;
  }
}
