import type { Service } from '../company/types.ts';
import type { Context } from './context.ts';
import { makeBuild } from './makeBuild.ts';
import type { BuildKind } from './makeBuild.ts';
import { plan } from './queue.ts';
import type { BuildEvent } from './types.ts';

function pickKind(roll: number): BuildKind {
  if (roll < 0.78) {
    return 'master';
  }
  if (roll < 0.91) {
    return 'branch';
  }
  return roll < 0.96 ? 'plan' : 'broken';
}

/** Plans where a finished build goes next. */
function planReleases(context: Context, event: BuildEvent): void {
  const { random, state } = context;
  const { service, build, at } = event;
  const [first] = service.environments;
  const wish = { service: service.name, buildId: build.id };
  if (build.tests.failed > 0) {
    return;
  }
  if (build.branch !== 'master') {
    if (random.chance(0.25)) {
      const when = at + random.integer(5, 60) * 60;
      plan(state, { kind: 'release', at: when, environment: first, ...wish });
    }
    return;
  }
  const { autoReleases } = state.services[service.name].policies;
  const automatic = autoReleases
    .filter(policy => policy.branch === 'master')
    .map(policy => policy.environment)
    .filter(environment => service.environments.includes(environment));
  for (const environment of automatic) {
    const when = at + random.integer(20, 180);
    plan(state, { kind: 'auto-release', at: when, environment, ...wish });
  }
  if (!automatic.includes(first)) {
    const when = at + random.integer(3, 50) * 60;
    plan(state, { kind: 'release', at: when, environment: first, ...wish });
  }
}

/** A build of a service, and what follows from it. */
export function buildService(
  context: Context,
  service: Service,
  at: number,
  kind: BuildKind,
  branch?: string,
): BuildEvent {
  const event = makeBuild(context, service, at, kind, branch);
  planReleases(context, event);
  return event;
}

/** Somebody in the company merges or pushes something. */
export function buildSomething(context: Context, at: number): BuildEvent {
  const service = context.moving[context.random.pickIndex(context.weights)];
  return buildService(context, service, at, pickKind(context.random.next()));
}
