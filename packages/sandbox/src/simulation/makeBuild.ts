import type { Service } from '../company/types.ts';
import { artifactId } from '../format/formatArtifact.ts';
import type { Identity } from '../format/types.ts';
import { hash } from '../lib/hash.ts';
import { DAY } from '../lib/calendar.ts';
import { identityOf } from './context.ts';
import type { Context } from './context.ts';
import { branchName, commitMessage, fixMessage } from './messages.ts';
import { pushSource } from './sourceCommits.ts';
import type { Build, BuildEvent, ServiceState } from './types.ts';

const KEPT_BUILDS = 30;
/** Seconds from a push to its CI job. */
const PUSHED_BEFORE = 15;

export type BuildKind = 'master' | 'branch' | 'plan' | 'broken' | 'fix';

/** The plan of a language moves about once a week. */
function currentPlan(context: Context, language: string, at: number): string {
  const plan = context.state.plans[language];
  if (at - plan.changedAt > 7 * DAY && context.random.chance(0.2)) {
    plan.sha = hash(context.company.seed, 'plan', language, at);
    plan.changedAt = at;
  }
  return plan.sha;
}

function pickAuthor(context: Context, service: Service): Identity {
  const { random, company } = context;
  const people = random.chance(0.03)
    ? company.platformEngineers
    : service.squad.members;
  return identityOf(random.pick(people));
}

function forgetOldBuilds(service: ServiceState): void {
  if (service.builds.length <= KEPT_BUILDS * 2) {
    return;
  }
  const used = new Set([
    ...Object.values(service.current),
    ...Object.values(service.earlier).flat(),
  ]);
  const from = service.builds.length - KEPT_BUILDS;
  service.builds = service.builds.filter(
    (build, index) => index >= from || used.has(build.id),
  );
}

function shiftVulnerabilities(context: Context, service: ServiceState): void {
  const { random } = context;
  const v = service.vulnerabilities;
  if (random.chance(0.18)) {
    const shift = (value: number, by: number, most: number) =>
      Math.min(most, Math.max(0, value + random.integer(-by, by)));
    v.high = random.chance(0.4) ? 0 : shift(v.high, 1, 3);
    v.medium = shift(v.medium, 2, 12);
    v.low = shift(v.low, 3, 40);
  }
}

/** Lets CI build a service, and remembers the artifact. */
export function makeBuild(
  context: Context,
  service: Service,
  at: number,
  kind: BuildKind,
  branch?: string,
): BuildEvent {
  const { state, random } = context;
  const own = state.services[service.name];
  const last = own.builds[own.builds.length - 1];
  own.count += 1;
  const plan = currentPlan(context, service.language, at);
  // A new plan rebuilds the commit that was built last.
  const sameCommit =
    kind === 'plan' && last?.branch === 'master' && last.planSha !== plan
      ? last
      : undefined;
  const author = sameCommit?.author ?? pickAuthor(context, service);
  const name = kind === 'branch' ? branch ?? branchName(random) : 'master';
  const failed = kind === 'broken' ? random.integer(1, 12) : 0;
  if (kind !== 'branch' && !sameCommit && random.chance(0.15)) {
    own.configuration += 1;
  }
  own.tests += random.integer(-1, 5);
  shiftVulnerabilities(context, own);
  const { high, medium, low } = own.vulnerabilities;
  const committer = random.chance(0.7)
    ? { name: 'GitHub', email: 'noreply@github.com' }
    : author;
  const message =
    sameCommit?.message ??
    (kind === 'fix'
      ? fixMessage(random)
      : commitMessage(random, service.name.split('-')[0]));
  const startedAt = at - random.integer(90, 480);
  const push = sameCommit
    ? undefined
    : pushSource(context, service, own.count, {
        branch: name,
        at: startedAt - PUSHED_BEFORE,
        author,
        committer,
        message,
      });
  const sha = push?.sha ?? last.sha;
  const build: Build = {
    id: artifactId(name, sha, plan),
    branch: name,
    sha,
    planSha: plan,
    author,
    committer,
    message,
    number: own.count,
    startedAt,
    endedAt: at,
    tests: {
      passed: Math.max(3, own.tests) - failed,
      failed,
      skipped: random.chance(0.2) ? random.integer(1, 4) : 0,
    },
    codeVulnerabilities: { high, medium, low },
    imageVulnerabilities: {
      high: high > 1 ? 1 : 0,
      medium: Math.floor(medium / 2),
      low: low * 2,
    },
    configuration: own.configuration,
  };
  own.builds.push(build);
  forgetOldBuilds(own);
  return { type: 'build', at, service, build, ...(push && { push }) };
}
